import { expect, it } from 'vitest';
import { createPause } from '../../electron/pacing';

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
