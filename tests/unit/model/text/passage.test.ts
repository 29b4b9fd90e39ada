import { expect, test } from 'vitest';
import { passageOf } from '#model';

test('a passage is given with the whole words around it', () => {
  expect(passageOf('One two three', 4, 7)).toEqual({ before: 'One ', exact: 'two', after: ' three' });
  const text = `${'word '.repeat(200)}HERE${' other'.repeat(200)}`;
  const { before, exact, after } = passageOf(text, 1_000, 1_004);
  expect(exact).toBe('HERE');
  expect(before).toMatch(/^… word (word )+$/);
  expect(after).toMatch(/^( other)+ …$/);
  expect(passageOf('x'.repeat(50_000), 0, 50_000).exact).toHaveLength(20_001);
});

test('where words are not spaced the passage stands among whole characters', () => {
  const text = `${'一二三四五六七八九十'.repeat(80)}中${'甲乙丙丁戊己庚辛壬癸'.repeat(80)}`;
  const { before, after } = passageOf(text, 800, 801);
  expect(before).toBe(`…${'一二三四五六七八九十'.repeat(40)}`);
  expect(after).toBe(`${'甲乙丙丁戊己庚辛壬癸'.repeat(40)}…`);
  const faces = passageOf('😀'.repeat(1_000), 1_001, 1_003);
  expect([faces.before, faces.after].every((part) => part.isWellFormed())).toBe(true);
});
