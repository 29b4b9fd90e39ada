import { expect, it } from 'vitest';
import { createLimiter } from '../../../electron/storage/limiter';

it('runs no more tasks at once than it may, in the order of asking, also past one that fails', async () => {
  const limit = createLimiter(3);
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const work = async (item: number): Promise<number> => {
    begun.push(item);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    if (item === 2) throw new Error('out of order');
    return item * 2;
  };
  const done = await Promise.allSettled([1, 2, 3, 4, 5, 6, 7].map((item) => limit(() => work(item))));
  expect(done.map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual([2, 'failed', 6, 8, 10, 12, 14]);
  expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});
