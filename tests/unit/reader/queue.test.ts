import { expect, test } from 'vitest';
import { createQueue } from '../../../renderer/reader/queue';

test('what is put in is taken out in order, before and after it is asked for, until the end', async () => {
  const queue = createQueue<number>();
  queue.put(1);
  const taken = Array.fromAsync(queue);
  queue.put(2);
  await Promise.resolve();
  queue.put(3);
  queue.end();
  expect(await taken).toEqual([1, 2, 3]);
});
