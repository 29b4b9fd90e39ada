import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openingEnd, passageOf } from '#model';

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

test('a place is known by the words that its line begins with, cut between words where there are any', () => {
  const opening = (text: string, start = 0) => text.slice(start, openingEnd(text, start));
  expect(opening('One line\nand another', 9)).toBe('and another');
  expect(opening(`${'word '.repeat(60)}`)).toBe(`${'word '.repeat(23)}word`);
  expect(opening(`short ${'x'.repeat(200)}`)).toBe(`short ${'x'.repeat(114)}`);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (text) => {
      const end = openingEnd(text, 0);
      expect(end).toBeLessThanOrEqual(Math.min(text.length, 120));
      expect(text.slice(0, end).isWellFormed()).toBe(true);
      expect(end > 0 || text.startsWith('\n')).toBe(true);
    }),
  );
});
