import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutMargin, type MarginCard } from '../../../../renderer/ui/notes/margin-layout';

const GAP = 10;

/** Cards as the margin has them: in the order of the text, some at the same height. */
const cards = fc
  .array(fc.record({ wanted: fc.integer({ min: 0, max: 3_000 }), height: fc.integer({ min: 1, max: 400 }) }), { maxLength: 60 })
  .map((all): MarginCard[] => all.toSorted((a, b) => a.wanted - b.wanted));

const cardsWithFocus = cards
  .filter(({ length }) => length > 0)
  .chain((all) => fc.record({ all: fc.constant(all), focused: fc.integer({ min: 0, max: all.length - 1 }) }));

function expectNoOverlap(all: readonly MarginCard[], tops: readonly number[]): void {
  expect(tops).toHaveLength(all.length);
  for (let index = 1; index < all.length; index += 1) {
    const bottom = (tops[index - 1] ?? Number.NaN) + (all[index - 1]?.height ?? Number.NaN);
    expect(tops[index]).toBeGreaterThanOrEqual(bottom + GAP);
  }
}

describe('layoutMargin', () => {
  it('keeps cards apart and in order, and none above the top', () => {
    fc.assert(
      fc.property(cards, fc.integer({ min: 0, max: 200 }), (all, top) => {
        const tops = layoutMargin(all, { gap: GAP, top });
        expectNoOverlap(all, tops);
        tops.forEach((each, index) => {
          expect(each).toBeGreaterThanOrEqual(Math.max(top, all[index]?.wanted ?? 0));
        });
      }),
    );
  });

  it('gives the focused card exactly its place and keeps the others apart', () => {
    fc.assert(
      fc.property(cardsWithFocus, ({ all, focused }) => {
        const tops = layoutMargin(all, { gap: GAP, focused });
        expect(tops[focused]).toBe(all[focused]?.wanted);
        expectNoOverlap(all, tops);
      }),
    );
  });

  it('moves nothing that has room', () => {
    fc.assert(
      fc.property(cardsWithFocus, ({ all, focused }) => {
        const apart = all.map(({ height }, index) => ({ height, wanted: index * (400 + GAP) }));
        expect(layoutMargin(apart, { gap: GAP, focused })).toEqual(apart.map(({ wanted }) => wanted));
      }),
    );
  });

  it('pushes earlier cards up and later ones down from the focused one', () => {
    const three = [100, 110, 120].map((wanted) => ({ wanted, height: 50 }));
    expect(layoutMargin(three, { gap: GAP })).toEqual([100, 160, 220]);
    expect(layoutMargin(three, { gap: GAP, focused: 1 })).toEqual([50, 110, 170]);
    expect(layoutMargin(three, { gap: GAP, focused: 2 })).toEqual([0, 60, 120]);
  });
});
