import { expect, it } from 'vitest';
import { mapAtOnce } from '../../../electron/library/map-at-once';

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
