import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildOutline, currentHeading, type OutlineEntry } from '#model';
import { minutesForWords, minutesLeft } from '../../../renderer/state/reading-time';

const heading = (level: number, start: number) => ({ level, start, end: start + 5, title: `H${level} at ${start}` });

describe('buildOutline', () => {
  test('nests by level and leaves no gaps in depth', () => {
    const shape = (entries: readonly OutlineEntry[]): unknown =>
      entries.map(({ depth, start, children }) => [depth, start, shape(children)]);
    expect(shape(buildOutline([heading(2, 0), heading(4, 10), heading(3, 20), heading(1, 30), heading(2, 40)]))).toEqual([
      [
        0,
        0,
        [
          [1, 10, []],
          [1, 20, []],
        ],
      ],
      [0, 30, [[1, 40, []]]],
    ]);
  });

  test('keeps every heading in order', () => {
    const flat = (entries: readonly OutlineEntry[]): number[] => entries.flatMap(({ start, children }) => [start, ...flat(children)]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 })), (levels) => {
        const headings = levels.map((level, index) => heading(level, index * 10));
        expect(flat(buildOutline(headings))).toEqual(headings.map(({ start }) => start));
      }),
    );
  });
});

test('currentHeading is the last one that began', () => {
  const headings = [heading(1, 10), heading(2, 50)];
  expect([0, 10, 49, 50, 900].map((offset) => currentHeading(headings, offset)?.start)).toEqual([undefined, 10, 10, 50, 50]);
});

describe('reading time', () => {
  test('is a minute at least, and none for nothing', () => {
    expect([minutesForWords(0), minutesForWords(3), minutesForWords(2300)]).toEqual([0, 1, 10]);
    expect([minutesLeft(10, 0), minutesLeft(10, 0.62), minutesLeft(10, 1), minutesLeft(10, 7)]).toEqual([10, 4, 0, 0]);
  });
});
