import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AreaBox } from '#model';
import { boxBetween, boxOnto, moveBox, type PageSize, sizeBox } from '../../../../renderer/reader/pages/area-steps';

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
        expectWithin(sizeBox(box, right, down, PAGE), PAGE);
        const small = { width: 100, height: 90 };
        expectWithin(boxOnto(box, PAGE, small), small);
      }),
    );
  });

  it('keeps its size when it is moved, and its corner when it is sized', () => {
    const box = { x: 10, y: 20, width: 30, height: 40 };
    expect(moveBox(box, 12, -12, PAGE)).toEqual({ x: 22, y: 8, width: 30, height: 40 });
    expect(sizeBox(box, 12, -12, PAGE)).toEqual({ x: 10, y: 20, width: 42, height: 28 });
  });
});
