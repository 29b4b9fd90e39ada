import { expect, test } from 'vitest';
import { lastAnswer } from '../../../renderer/state/last-answer';

test('one question has one answer until the key is another, and one that failed is asked again', async () => {
  let asked = 0;
  const ids = lastAnswer<number>();
  const ask = async () => {
    asked += 1;
    return asked;
  };
  expect(await Promise.all([ids('a', ask), ids('a', ask)])).toEqual([1, 1]);
  expect(await ids('a', ask)).toBe(1);
  expect(await ids('b', ask)).toBe(2);
  expect(await ids('a', ask)).toBe(3);
  await expect(ids('c', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await ids('c', ask)).toBe(4);
});
