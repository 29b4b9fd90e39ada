import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRest } from '../../../electron/notebook/rest';
import { keepLog } from './fixtures';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

function resting(deal?: (ids: readonly string[]) => Promise<void>) {
  const [dealt, log]: [string[][], ReturnType<typeof keepLog>] = [[], keepLog()];
  const rest = createRest({
    delay: 100,
    log,
    async deal(ids) {
      dealt.push([...ids]);
      await deal?.(ids);
    },
  });
  return { rest, dealt, log };
}

it('deals with each once nothing happens to it any more, though it does to others', async () => {
  const { rest, dealt } = resting();
  rest.touch('first');
  for (let time = 0; time < 300; time += 60) {
    rest.touch('busy');
    await vi.advanceTimersByTimeAsync(60);
  }
  expect(dealt).toEqual([['first']]);
  await vi.advanceTimersByTimeAsync(100);
  expect(dealt).toEqual([['first'], ['busy']]);
});

it('deals with what is touched while others are dealt with, in its time', async () => {
  const { rest, dealt } = resting(async ([id]) => {
    if (id === 'first') rest.touch('second');
  });
  rest.touch('first');
  await vi.advanceTimersByTimeAsync(150);
  expect(dealt).toEqual([['first']]);
  await vi.advanceTimersByTimeAsync(100);
  expect(dealt).toEqual([['first'], ['second']]);
});

it('deals with the rest when it is closed, in parts, and goes on where one fails', async () => {
  const { rest, dealt, log } = resting(async ([id]) => {
    if (id === '0') throw new Error('not this time');
  });
  for (let id = 0; id < 60; id += 1) rest.touch(String(id));
  await rest.close();
  expect(dealt.map(({ length }) => length)).toEqual([50, 10]);
  expect(log.lines).toHaveLength(1);
});
