import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTexts, paragraphsOf } from '#model';

const told = (before: string, now: string) =>
  compareTexts(before, now).map((row) => [
    row.before && before.slice(...row.before).trim(),
    row.now && now.slice(...row.now).trim(),
    row.isSame,
  ]);

test('paragraphs are told side by side: the same though they are wrapped otherwise, changed, gone, new', () => {
  const before = 'One\nline.\n\nTwo.\n\nThree.\n\nFour.\n';
  expect(told(before, 'One line.\n\nTwo and more.\n\nFour.\n\nFive.')).toEqual([
    ['One\nline.', 'One line.', true],
    ['Two.', 'Two and more.', false],
    ['Three.', undefined, false],
    ['Four.', 'Four.', true],
    [undefined, 'Five.', false],
  ]);
  expect(told(before, 'One line.\nTwo.\nThree.\nFour.')).toEqual([
    ['One\nline.', 'One line.', true],
    ['Two.', 'Two.', true],
    ['Three.', 'Three.', true],
    ['Four.', 'Four.', true],
  ]);
  expect(told('', 'New.')).toEqual([[undefined, 'New.', false]]);
  expect(paragraphsOf(' \n\n ')).toEqual([]);
  // A text of lines has blank ones here and there.
  const lines = Array.from({ length: 200 }, (_, index) => `Line ${index} stands for itself here.`);
  expect(paragraphsOf(`A title\n\n${lines.join('\n')}`)).toHaveLength(201);
});

test('every paragraph of both texts is told once, in its order', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd e', 'f  g', '🙂', '北京'), { maxLength: 40 })
    .map((paragraphs) => paragraphs.join('\n\n'));
  fc.assert(
    fc.property(text, text, (before, now) => {
      const rows = compareTexts(before, now);
      expect(rows.flatMap((row) => (row.before ? [row.before] : []))).toEqual(paragraphsOf(before));
      expect(rows.flatMap((row) => (row.now ? [row.now] : []))).toEqual(paragraphsOf(now));
      const plain = (of: string, range?: readonly [number, number]) => range && of.slice(...range).replace(/\s+/g, ' ');
      for (const row of rows) expect(row.isSame).toBe(row.before !== undefined && plain(before, row.before) === plain(now, row.now));
    }),
  );
});
