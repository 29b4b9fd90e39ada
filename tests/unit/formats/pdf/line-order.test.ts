import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inReadingOrder } from '../../../../electron/formats/pdf/line-order';
import { readLines } from '../../../../electron/formats/pdf/lines';

/** Runs that stand beside each other in this order from the left. */
const drawn = (...texts: string[]) => texts.map((text, index) => ({ text, left: 10 * index }));

const readPage = (lines: readonly (readonly string[])[]): string[] =>
  inReadingOrder(lines.map((texts) => drawn(...texts))).map((runs) => runs.map(({ text }) => text).join(''));

const read = (...texts: string[]): string | undefined => readPage([texts])[0];

test('a line that is read from right to left is turned round, but for numbers and words of other scripts in it', () => {
  expect(read('שלום')).toBe('שלום');
  expect(read('1948', ' ', 'בשנת', ' ', ',', 'עולם', ' ', 'שלום')).toBe('שלום עולם, בשנת 1948');
  expect(read('בבוקר', ' ', 'Hello', ' ', 'World', ' ', 'אמר לכולם')).toBe('אמר לכולם Hello World בבוקר');
  expect(read('סוף', ' ', '10', '/', '2024', ' ', 'תאריך')).toBe('תאריך 10/2024 סוף');
  expect(read('ג', ' ', '7', ' ', '5', ' ', 'ב')).toBe('ב 5 7 ג');
  expect(read('Hello', ' ', 'שלום', ' ', 'and welcome')).toBe('Hello שלום and welcome');
});

test('letters of a word that stand apart are read like its words', () => {
  expect(read('م', 'ﻼ', 'ﺳ')).toBe('ﺳﻼم');
});

test('brackets are turned where they are pairs then only', () => {
  expect(read('(', 'הראשון', ')', ' ', 'הספר')).toBe('הספר (הראשון)');
  expect(read(')', 'הראשון', '(', ' ', 'הספר')).toBe('הספר (הראשון)');
  expect(read('«', 'س', 'ﺄ', 'ﺑ', '»')).toBe('«ﺑﺄس»');
  expect(read('(', 'הראשון', ' ', 'הספר')).toBe('הספר הראשון(');
  expect(read('(f(x))', ' ', 'הספר', ' ', 'הראשון')).toBe('הראשון הספר (f(x))');
});

test('of brackets of which a line has one alone, the other lines of the page tell whether they are turned', () => {
  // Begun on one line and ended on the next.
  expect(
    readPage([
      [')', 'הראשון', ' ', 'הספר'],
      ['עוד', ' ', '(', 'והטוב'],
    ]),
  ).toEqual(['הספר הראשון(', 'והטוב) עוד']);
  expect(
    readPage([
      ['(', 'הראשון', ' ', 'הספר'],
      ['עוד', ' ', ')', 'והטוב'],
    ]),
  ).toEqual(['הספר הראשון(', 'והטוב) עוד']);
  // A point of a list.
  expect(
    readPage([
      ['סוף', ' ', '(', 'א'],
      ['(', 'הראשון', ')', ' ', 'הספר'],
    ]),
  ).toEqual(['א) סוף', 'הספר (הראשון)']);
  expect(
    readPage([
      ['סוף', ' ', ')', 'א'],
      [')', 'הראשון', '(', ' ', 'הספר'],
    ]),
  ).toEqual(['א) סוף', 'הספר (הראשון)']);
});

test('nothing is lost or added, whatever stands in a line', () => {
  const run = fc.constantFrom('א', 'שלום', 'ab', '12', '/', ' ', '(', ')', ',', '«');
  fc.assert(
    fc.property(fc.array(run, { maxLength: 12 }), (texts) => {
      const bracketless = (some: readonly string[]) => some.map((text) => text.replace(/[()«»]/g, '|')).sort();
      expect(bracketless([...(read(...texts) ?? '')])).toEqual(bracketless([...texts.join('')]));
    }),
  );
});

test('vowels that are drawn by themselves stand behind their letters, without gaps', () => {
  const item = (str: string, x: number, width: number, y = 700) => ({
    str,
    dir: 'ltr',
    transform: [13.5, 0, 0, 13.5, x, y],
    width,
    height: 0,
    fontName: 'f',
    hasEOL: false,
  });
  // “ثم مَدُ” as Chromium prints it: each sign before its letter, put in its place by what looks like spaces without width.
  const items = [
    item('ُ', 554, 0, 697.7),
    item('ﺪ', 554.2, 7),
    item('َ', 561.3, 0, 697.7),
    item(' ', 561.2, 1e-7),
    item('ﻣ', 561.2, 7),
    item(' ', 568.4, 4.5),
    item('ﻢ', 572, 9),
    item('ﺛ', 581, 4),
  ];
  const { lines } = readLines({ items, styles: {}, lang: null }, { page: 0, transform: [1, 0, 0, -1, 0, 800], scale: 1 });
  expect(lines.map(({ text, left, right }) => [text, left, right])).toEqual([['ثم مَدُ', 554, 585]]);
});
