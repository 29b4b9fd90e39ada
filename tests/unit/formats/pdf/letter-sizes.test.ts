import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLetterSizes } from '../../../../electron/formats/pdf/letter-sizes';
import { readLines } from '../../../../electron/formats/pdf/lines';
import { readParagraphs } from '../../../../electron/formats/pdf/paragraphs';

/** As pdf.js tells letters: `across` is the size that it takes their font to have, `along` what it calls one along the line. */
const item = (str: string, x: number, y: number, width: number, [along, across]: readonly [number, number] = [10, 10]) => ({
  str,
  dir: 'ltr',
  transform: [along, 0, 0, across, x, y],
  width,
  height: Math.abs(across),
  fontName: 'f',
  hasEOL: false,
});

const page = { page: 0, transform: [1, 0, 0, -1, 0, 800], scale: 1 };
const readAll = (items: readonly ReturnType<typeof item>[]) => readLines({ items: [...items], styles: {}, lang: null }, page).lines;

// Of a font whose box has nothing to do with its letters, as dvips wrote it: ten points high, and letters half as wide.
const BOXED = [0.12, 120] as const;
const LINES = ['Letters of a bitmap font are told to be', 'a hundred and twenty points high, and', 'stand in lines that are twelve apart.'];

test('lines of a font that states any size are a paragraph, and of the size that they have', () => {
  const lines = readAll(LINES.map((line, index) => item(line, 50, 700 - 12 * index, 4.7 * line.length, BOXED)));
  expect(lines.map(({ size }) => Math.round(size))).toEqual([10, 10, 10]);
  expect(lines[0]?.runs.map(({ size }) => Math.round(size))).toEqual([10]);
  expect(readParagraphs(lines).map(({ text }) => text)).toEqual([LINES.join(' ')]);
});

test('what brings letters of such a font apart is no space, and what parts its words is one', () => {
  const runs = [
    ['has', 15],
    [' ', 4],
    ['b', 5],
    [' ', 0.4],
    ['een written', 52],
  ] as const;
  let x = 50;
  const [line] = readAll(
    runs.map(([text, width]) => {
      x += width;
      return item(text, x - width, 700, width, BOXED);
    }),
  );
  expect(line?.text).toBe('has been written');
});

test('a space of other letters may be as narrow as it likes', () => {
  const [line] = readAll([item('FREE', 50, 700, 24), item(' ', 74, 700, 0.4), item('CULTURE', 74.4, 700, 42)]);
  expect(line?.text).toBe('FREE CULTURE');
});

test('the size of other letters is what the file says, however narrow or wide they are set', () => {
  fc.assert(
    fc.property(fc.double({ min: 2, max: 80, noNaN: true }), fc.double({ min: 0.15, max: 1.4, noNaN: true }), (size, width) => {
      const items = LINES.map((line, index) => item(line, 50, 700 - 12 * index, width * size * line.length, [size, size]));
      const { sizeOf } = readLetterSizes(items, () => false);
      for (const each of items) expect(sizeOf(each)).toBe(size);
    }),
  );
});
