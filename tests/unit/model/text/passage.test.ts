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
