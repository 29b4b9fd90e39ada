import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, PrintedRun } from '#model';
import { boxOf, createPrintedIndex, distanceTo, POINT, partWithin, scaleOf } from '../../../../renderer/reader/pages/printed-index';

const run = { start: 10, end: 20, page: 0, left: 100, baseline: 200, width: 50, size: 10, angle: 0 };

describe('where text is printed', () => {
  it('is asked for by offset, by page and by passage, without the running heads of a page', () => {
    const index = createPrintedIndex();
    const printed: PrintedRun[] = [
      [0, 4, 0, 0, 10, 20, 8],
      [5, 9, 0, 0, 40, 20, 10],
      [10, 14, 1, 0, 40, 20, 10],
    ];
    const blocks: Block[] = [
      [0, 4, 'header'],
      [5, 14, 'paragraph'],
    ];
    index.add({ printed, blocks });
    expect([0, 5, 9, 12, 99].map((offset) => index.runAt(offset)?.start)).toEqual([0, 5, 5, 10, 10]);
    expect([0, 1, 2].map((page) => index.runsOf(page).map(({ start }) => start))).toEqual([[5], [10], []]);
    expect(index.runsWithin(8, 11).map(({ start }) => start)).toEqual([5, 10]);
    expect(index.runsWithin(9, 10)).toEqual([]);
  });

  it('is found below a place on a page, in the column that is meant', () => {
    const index = createPrintedIndex();
    const printed: PrintedRun[] = [
      [0, 9, 0, 50, 100, 150, 10],
      [10, 19, 0, 50, 200, 150, 10],
      [20, 29, 0, 300, 90, 150, 10],
      [30, 39, 0, 300, 195, 150, 10],
    ];
    index.add({ printed, blocks: [[0, 39, 'paragraph']] });
    const below = (top: number, left?: number) => index.runBelow(0, { top, left })?.start;
    expect([below(0, 50), below(105, 50), below(186, 45), below(105, 300), below(0, 298)]).toEqual([0, 10, 10, 30, 20]);
    expect([below(0), below(120), below(300), index.runBelow(1, { top: 0 })]).toEqual([20, 30, undefined, undefined]);
  });

  it('stands in columns, of which each is as wide as what is in it below a place', () => {
    const index = createPrintedIndex();
    const printed: PrintedRun[] = [
      [0, 5, 0, 40, 40, 460, 20],
      [6, 9, 0, 50, 100, 30, 10],
      [10, 19, 0, 50, 112, 150, 10],
      [20, 29, 0, 50, 124, 170, 10],
      [30, 39, 0, 300, 100, 150, 10],
      [40, 49, 0, 50, 300, 190, 10],
    ];
    index.add({ printed, blocks: [[0, 49, 'paragraph']] });
    expect(index.columnBelow(0, { top: 90, left: 45 }, 100)).toEqual({ left: 50, right: 220, top: 90, bottom: 190 });
    expect(index.columnBelow(0, { top: 90, left: 310 }, 100)).toEqual({ left: 300, right: 450, top: 90, bottom: 190 });
    expect(index.columnBelow(0, { top: 400 }, 100)).toBeUndefined();
  });

  it('gives for each passage the runs that share a letter with it', () => {
    const lengths = fc.array(fc.record({ gap: fc.nat(3), length: fc.integer({ min: 1, max: 9 }) }), { minLength: 1 });
    fc.assert(
      fc.property(lengths, fc.nat(120), fc.integer({ min: 1, max: 60 }), (lines, start, length) => {
        let at = 0;
        const printed = lines.map(({ gap, length: units }): PrintedRun => {
          at += gap + units;
          return [at - units, at, 0, 0, 0, 10, 10];
        });
        const index = createPrintedIndex();
        index.add({ printed, blocks: [[0, at, 'paragraph']] });
        const expected = printed.filter(([from, to]) => from < start + length && to > start).map(([from]) => from);
        expect(index.runsWithin(start, start + length).map((each) => each.start)).toEqual(expected);
      }),
    );
  });

  it('is a box, also of a line that is turned, and of a part of it', () => {
    expect(boxOf(run)).toMatchObject({ left: 100, right: 150, top: 192 });
    expect(boxOf(run, ...partWithin(run, { start: 15, end: 99 }))).toMatchObject({ left: 125, right: 150 });
    const turned = boxOf({ ...run, angle: 90 });
    expect([turned.top, turned.bottom].map(Math.round)).toEqual([200, 250]);
    expect(turned.left).toBeLessThan(100);
    expect(turned.right).toBeCloseTo(108);
  });

  it('is nearer in the same line than in the next one', () => {
    const line = boxOf(run);
    const next = boxOf({ ...run, baseline: 214 });
    expect(distanceTo(line, 170, 196)).toBeLessThan(distanceTo(next, 170, 196));
    expect(distanceTo(line, 120, 196)).toBe(0);
  });
});

describe('the size of pages', () => {
  const sheets = [...Array.from({ length: 5 }, () => [600, 800] as const), [2400, 800] as const];

  it('fits the usual page into the room that there is, in width or whole', () => {
    expect(scaleOf('width', sheets, { width: 900, height: 400 })).toBe(1.5);
    expect(scaleOf('page', sheets, { width: 900, height: 400 })).toBe(0.5);
    expect(scaleOf(150, sheets, { width: 900, height: 400 })).toBe(1.5 * POINT);
  });
});
