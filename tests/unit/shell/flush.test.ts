import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fail } from '#api';
import { createFlush } from '../../../electron/shell/flush';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function create(listening = true) {
  const asked: string[] = [];
  const flush = createFlush({ isListening: () => listening, send: (event) => asked.push(event) }, 10_000);
  return { asked, flush };
}

describe('createFlush', () => {
  test('asks the page and waits for its answer', async () => {
    const { asked, flush } = create();
    const answer = flush.request();
    expect(asked).toEqual(['app.flush']);
    flush.answer(undefined);
    expect(await answer).toBeUndefined();
  });

  test('gives what the page could not save', async () => {
    const { flush } = create();
    const answer = flush.request();
    const { failure } = fail('disk-full', 'The disk is full.');
    flush.answer(failure);
    expect(await answer).toEqual(failure);
  });

  test('a second request joins the first; a later one asks again', async () => {
    const { asked, flush } = create();
    const both = Promise.all([flush.request(), flush.request()]);
    flush.answer(undefined);
    await both;
    expect(asked).toHaveLength(1);
    const later = flush.request();
    expect(asked).toHaveLength(2);
    flush.answer(undefined);
    await later;
  });

  test('a page that says nothing is not waited for for ever', async () => {
    const { flush } = create();
    const answer = flush.request();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await answer).toMatchObject({ code: 'write-failed', message: expect.stringContaining('10 seconds') });
  });

  test('an answer too late changes nothing', async () => {
    const { flush } = create();
    const answer = flush.request();
    await vi.advanceTimersByTimeAsync(10_000);
    flush.answer(undefined);
    expect(await answer).toBeDefined();
  });

  test('a page that crashed is not waited for', async () => {
    const { flush } = create();
    const answer = flush.request();
    flush.lost();
    expect(await answer).toMatchObject({ code: 'write-failed' });
  });

  test('a page that does not listen has nothing to save', async () => {
    const { asked, flush } = create(false);
    expect(await flush.request()).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
