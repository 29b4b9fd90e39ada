import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLevels } from '../../../renderer/reader/heading-levels';

const told = (levels: readonly number[]): number[] => levels.map(createLevels());

it('tells levels as they are where none is skipped', () => {
  expect(told([1, 2, 3, 2, 3, 3, 1, 2])).toEqual([1, 2, 3, 2, 3, 3, 1, 2]);
  expect(told([2, 3, 4, 2])).toEqual([2, 3, 4, 2]);
});

it('closes the gaps where some are, each below the one that it stands under', () => {
  expect(told([1, 3, 3, 5, 3, 2])).toEqual([1, 2, 2, 3, 2, 2]);
  expect(told([4, 6, 1, 4])).toEqual([2, 3, 1, 2]);
});

it('skips no level, and makes none deeper', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 })), (levels) => {
      let before = 1;
      for (const [index, level] of told(levels).entries()) {
        expect(level).toBeLessThanOrEqual(Math.min(before + 1, levels[index] ?? 0));
        expect(level).toBeGreaterThanOrEqual(1);
        before = level;
      }
    }),
  );
});
