import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextIndex } from '../../../../renderer/ui/kit/list-keys';

describe('nextIndex', () => {
  it.each([
    ['ArrowDown', 4, 5],
    ['ArrowUp', 4, 3],
    ['Home', 4, 0],
    ['End', 4, 9],
    ['PageDown', 4, 7],
    ['PageUp', 4, 1],
    ['PageDown', 8, 9],
    ['PageUp', 1, 0],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 0, 0],
  ])('%s from %i goes to %i', (key, active, expected) => {
    expect(nextIndex(key, { active, count: 10, page: 3 })).toBe(expected);
  });

  it.each([
    ['ArrowRight', 4, 5],
    ['ArrowLeft', 4, 3],
    ['ArrowLeft', 0, 0],
    ['ArrowRight', 10, 10],
    ['ArrowDown', 4, 8],
    ['ArrowDown', 6, 10],
    ['ArrowDown', 7, 10],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 9, 5],
    ['ArrowUp', 2, 2],
    ['j', 4, 5],
    ['K', 4, 3],
    ['PageDown', 1, 9],
    ['Home', 6, 0],
    ['End', 6, 10],
  ])('four side by side, %s from %i goes to %i', (key, active, expected) => {
    expect(nextIndex(key, { active, count: 11, page: 8, columns: 4 })).toBe(expected);
  });

  it('goes nowhere by other keys, nor in an empty list', () => {
    expect(nextIndex('a', { active: 0, count: 10, page: 3 })).toBeUndefined();
    expect(nextIndex('ArrowRight', { active: 0, count: 10, page: 3 })).toBeUndefined();
    expect(nextIndex('ArrowDown', { active: 0, count: 0, page: 3 })).toBeUndefined();
  });

  it('moves a page by at least one option', () => {
    expect(nextIndex('PageDown', { active: 0, count: 10, page: 0 })).toBe(1);
  });

  it('stays inside the list', () => {
    const keys = fc.constantFrom('ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'j', 'k', 'Home', 'End', 'PageDown', 'PageUp');
    fc.assert(
      fc.property(
        keys,
        fc.integer({ min: 1, max: 10_000 }),
        fc.nat(),
        fc.nat(50),
        fc.integer({ min: 1, max: 9 }),
        (key, count, at, page, columns) => {
          const next = nextIndex(key, { active: at % count, count, page, columns });
          if (columns === 1 && (key === 'ArrowLeft' || key === 'ArrowRight')) expect(next).toBeUndefined();
          else {
            expect(next).toBeGreaterThanOrEqual(0);
            expect(next).toBeLessThan(count);
          }
        },
      ),
    );
  });
});
