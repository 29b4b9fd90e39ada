import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPause, mergeInSlices, sortInSlices } from '../../electron/pacing';

it('createPause lets other work in when a slice is over, and only then', async () => {
  expect(createPause(60_000)()).toBeUndefined();
  const pause = createPause(0);
  const order: string[] = [];
  setImmediate(() => order.push('other'));
  await pause();
  order.push('work');
  expect(order).toEqual(['other', 'work']);
});

it('createPause resumes one work in each turn', async () => {
  let turn = 0;
  const count = () => {
    turn++;
    if (turn < 10) setImmediate(count);
  };
  setImmediate(count);
  const pause = createPause(0);
  const turns: number[] = [];
  const work = async () => {
    await pause();
    turns.push(turn);
  };
  await Promise.all([work(), work(), work()]);
  expect(new Set(turns).size).toBe(3);
});

const byKey = (a: { key: number }, b: { key: number }): number => a.key - b.key;

describe('sortInSlices', () => {
  it('sorts as toSorted does, members of one rank in their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 3_000, size: 'max' }), async (keys) => {
        const items = keys.map((key, index) => ({ key, index }));
        expect(await sortInSlices(items, byKey, () => undefined)).toEqual(items.toSorted(byKey));
      }),
      { numRuns: 30 },
    );
  });

  it('lets others in at least once for every 500 members of each round', async () => {
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
    };
    await sortInSlices(
      Array.from({ length: 4_000 }, (_, index) => ({ key: -index })),
      byKey,
      pause,
    );
    expect(pauses).toBe(4 * 8);
  });
});

describe('mergeInSlices', () => {
  it('puts few or many among many as sorting all would, those of the first list before equals', async () => {
    const keys = (maxLength: number) => fc.array(fc.nat(50), { maxLength, size: 'max' });
    await fc.assert(
      fc.asyncProperty(keys(300), fc.oneof(keys(5), keys(300)), async (one, other) => {
        const [left, right] = [one, other].map((list, of) => list.map((key) => ({ key, of })).toSorted(byKey));
        const merged = await mergeInSlices(left ?? [], right ?? [], byKey, () => undefined);
        expect(merged).toEqual([...(left ?? []), ...(right ?? [])].toSorted(byKey));
      }),
    );
  });
});
