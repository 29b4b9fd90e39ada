import fc from 'fast-check';
import { expect, it } from 'vitest';
import { markAt, markRows } from '../../../renderer/reader/scroll-marks';

it('marks stand in proportion, wholly in their column, and not where nothing is drawn yet', () => {
  expect(markRows([0, 500, 1_000, 2_000, Number.NaN], 2_000, 400)).toEqual([0, 100, 200, 397, Number.NaN]);
  expect(markRows([10], 0, 0)).toEqual([0]);
});

it('a press means the nearest mark, and none where none is near', () => {
  expect(markAt([0, 100, 200], 103)).toBe(1);
  expect(markAt([0, 100, 200], 150)).toBeUndefined();
  expect(markAt([Number.NaN], 0)).toBeUndefined();
  expect(markAt([100, 100], 101)).toBe(1);
  fc.assert(
    fc.property(fc.array(fc.nat(500)), fc.nat(500), (rows, y) => {
      const index = markAt(rows, y);
      const distance = (at: number) => Math.abs((rows[at] ?? Number.POSITIVE_INFINITY) + 1.5 - y);
      if (index === undefined) expect(rows.every((_, at) => distance(at) > 6)).toBe(true);
      else expect(rows.every((_, at) => distance(at) >= distance(index))).toBe(true);
    }),
  );
});
