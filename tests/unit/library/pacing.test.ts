import { expect, it } from 'vitest';
import { createPause, mapAtOnce } from '../../../electron/library/pacing';

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

it('mapAtOnce keeps the order and runs no more at once than it may', async () => {
  let running = 0;
  let most = 0;
  const doubled = await mapAtOnce([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return item * 2;
  });
  expect(doubled).toEqual([2, 4, 6, 8, 10, 12, 14]);
  expect(most).toBe(3);
});
