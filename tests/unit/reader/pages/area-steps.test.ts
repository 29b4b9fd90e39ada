import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AreaBox } from '#model';
import {
  boxBetween,
  boxBetweenEdges,
  boxOnto,
  LOWER_RIGHT,
  moveBox,
  type PageSize,
  pullBox,
  UPPER_LEFT,
} from '../../../../renderer/reader/pages/area-steps';

const PAGE: PageSize = { width: 400, height: 600 };
const point = fc.record({ x: fc.double({ min: 0, max: 400, noNaN: true }), y: fc.double({ min: 0, max: 600, noNaN: true }) });
const step = fc.double({ min: -900, max: 900, noNaN: true });

const expectWithin = ({ x, y, width, height }: AreaBox, page: PageSize): void => {
  expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
  expect(Math.min(width, height)).toBeGreaterThan(0);
  expect(x + width).toBeLessThanOrEqual(page.width + 1e-6);
  expect(y + height).toBeLessThanOrEqual(page.height + 1e-6);
};

describe('a box that is marked', () => {
  it('lies between two points, wherever the second is', () => {
    const box = { x: 10, y: 20, width: 30, height: 40 };
    expect(boxBetween({ x: 10, y: 20 }, { x: 40, y: 60 })).toEqual(box);
    expect(boxBetween({ x: 40, y: 60 }, { x: 10, y: 20 })).toEqual(box);
    expect(boxBetween({ x: 40, y: 60 }, { x: 42, y: 200 })).toBeUndefined();
  });

  it('stays on its page however it is moved, sized and taken to another one', () => {
    fc.assert(
      fc.property(point, point, step, step, (one, other, right, down) => {
        const box = boxBetween(one, other);
        if (!box) return;
        expectWithin(moveBox(box, right, down, PAGE), PAGE);
        for (const across of [-1, 0, 1] as const)
          for (const along of [-1, 0, 1] as const) expectWithin(pullBox(box, { across, down: along }, right, down, PAGE), PAGE);
        const small = { width: 100, height: 90 };
        expectWithin(boxOnto(box, PAGE, small), small);
      }),
    );
  });

  it('keeps its size when it is moved, and its corner when it is sized', () => {
    const box = { x: 10, y: 20, width: 30, height: 40 };
    expect(moveBox(box, 12, -12, PAGE)).toEqual({ x: 22, y: 8, width: 30, height: 40 });
    expect(pullBox(box, LOWER_RIGHT, 12, -12, PAGE)).toEqual({ x: 10, y: 20, width: 42, height: 28 });
    expect(pullBox(box, UPPER_LEFT, 12, -12, PAGE)).toEqual({ x: 22, y: 8, width: 18, height: 52 });
    expect(pullBox(box, { across: 0, down: 1 }, 12, -12, PAGE)).toEqual({ x: 10, y: 20, width: 30, height: 28 });
  });

  it('comes between the edges of what is seen, narrower only where it must be', () => {
    const box = { x: 10, y: 20, width: 30, height: 40 };
    expect(boxBetweenEdges(box, { left: 0, right: 50 })).toEqual(box);
    expect(boxBetweenEdges(box, { left: 50, right: 100 })).toEqual({ ...box, x: 50 });
    expect(boxBetweenEdges(box, { left: 0, right: 20 })).toEqual({ ...box, x: 0, width: 20 });
    expect(boxBetweenEdges(box, { left: 90, right: 90 })).toEqual(box);
  });

  it('has a least size, whichever edge is drawn over the other', () => {
    const box = { x: 10, y: 20, width: 30, height: 40 };
    expect(pullBox(box, UPPER_LEFT, 400, 400, PAGE)).toEqual({ x: 34, y: 54, width: 6, height: 6 });
    expect(pullBox(box, LOWER_RIGHT, -400, -400, PAGE)).toEqual({ x: 10, y: 20, width: 6, height: 6 });
  });
});
