import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLastEmbedded } from '../../../electron/library/last-embedded';

const REST = 1_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is read, and what it was read for. */
function reading() {
  const read: string[] = [];
  const last = createLastEmbedded(REST);
  const get = (key: string) =>
    last(key, async () => {
      read.push(key);
      return key === 'none' ? undefined : { mediaType: 'audio/wav', bytes: new Uint8Array(new TextEncoder().encode(key)) };
    });
  return { read, get };
}

it('reads a sound once, in however many stretches it is asked for', async () => {
  const { read, get } = reading();
  const [one, other] = await Promise.all([get('bell'), get('bell')]);
  expect(other).toBe(one);
  vi.advanceTimersByTime(REST - 1);
  expect(await get('bell')).toBe(one);
  vi.advanceTimersByTime(REST - 1);
  expect(await get('bell')).toBe(one);
  expect(read).toEqual(['bell']);
});

it('keeps the last one alone, and lets go of it when nobody asks for it any more', async () => {
  const { read, get } = reading();
  await get('bell');
  await get('horn');
  await get('bell');
  expect(read).toEqual(['bell', 'horn', 'bell']);
  vi.advanceTimersByTime(REST);
  await get('bell');
  expect(read).toEqual(['bell', 'horn', 'bell', 'bell']);
});

it('asks again for what was not there, or could not be read', async () => {
  const { read, get } = reading();
  expect(await get('none')).toBeUndefined();
  expect(await get('none')).toBeUndefined();
  expect(read).toEqual(['none', 'none']);
  const last = createLastEmbedded(REST);
  let tries = 0;
  const fail = async () => {
    tries += 1;
    throw new Error('It is damaged.');
  };
  await expect(last('bell', fail)).rejects.toThrow('damaged');
  await expect(last('bell', fail)).rejects.toThrow('damaged');
  expect(tries).toBe(2);
});
