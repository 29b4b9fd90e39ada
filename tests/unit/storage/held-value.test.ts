import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Pause } from '../../../electron/pacing';
import { HeldValue } from '../../../electron/storage/held-value';

const held = () => new HeldValue<{ content: unknown }, number>({ summarise: (value) => JSON.stringify(value).length });
const never: Pause = () => undefined;

/** Work that stops at each pause until it is told to go on; `stops`: how often it did. */
function stepped() {
  let resume = () => {};
  let stops = 0;
  const pause: Pause = () => {
    stops += 1;
    return new Promise((resolve) => {
      resume = resolve;
    });
  };
  return { pause, goOn: () => resume(), stops: () => stops };
}

/** A list of more members than are packed at once. */
const long = (member: unknown) => ({ content: Array.from({ length: 1200 }, (_, index) => [index, member]) });

it('gives the same JSON packed as unpacked, with the same summary', async () => {
  const longList = fc.jsonValue().chain((member) => fc.constant(long(member).content));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.jsonValue(), longList), async (given) => {
      // JSON has no -0.
      const content = JSON.parse(JSON.stringify(given));
      const [one, other, third] = [held(), held(), held()];
      one.set({ content });
      const { summary } = one;
      await one.pack(never);
      const packed = one.packed ?? expect.fail();
      for (const each of [other, third]) each.setPacked(packed, summary ?? 0);
      expect([one.value, other.value, await third.read(never)]).toEqual([{ content }, { content }, { content }]);
      expect(Object.keys(other.value ?? {})).toEqual(['content']);
      expect([one.summary, other.summary]).toEqual([summary, summary]);
    }),
    { numRuns: 40 },
  );
});

it('gives all who use it the same object and summary, and others once it was changed', async () => {
  const one = new HeldValue<{ content: string }, object>({ summarise: ({ content }) => ({ length: content.length }) });
  expect([one.value, one.summary, one.packed]).toEqual([undefined, undefined, undefined]);
  const first = { content: 'x'.repeat(1_000_000) };
  one.set(first);
  const { summary } = one;
  await one.pack(never);
  expect(one.value).toBe(first);
  expect(one.summary).toBe(summary);
  expect(one.packed?.length).toBeLessThan(1_000);
  one.set({ content: 'y' });
  expect([one.value, one.packed]).toEqual([{ content: 'y' }, undefined]);
  one.set(undefined);
  expect([one.value, one.summary, one.packed]).toEqual([undefined, undefined, undefined]);
});

it('keeps what took the place of a value while that was packed', async () => {
  const one = held();
  one.set(long('before'));
  const { pause, goOn } = stepped();
  const packing = one.pack(pause);
  one.set({ content: 'after' });
  for (let step = 0; step < 9; step += 1) {
    goOn();
    await Promise.resolve();
  }
  await packing;
  expect([one.value, one.packed]).toEqual([{ content: 'after' }, undefined]);
});

it('reads a large value piece by piece, and the newest where it is changed meanwhile', async () => {
  const one = held();
  one.set(long('before'));
  await one.pack(never);
  const packed = one.packed ?? expect.fail();
  const other = held();
  other.setPacked(packed, 0);
  const { pause, goOn, stops } = stepped();
  const reading = other.read(pause);
  expect(reading).toBeInstanceOf(Promise);
  other.set({ content: 'after' });
  for (let step = 0; step < 9; step += 1) {
    goOn();
    await Promise.resolve();
  }
  expect(await reading).toEqual({ content: 'after' });
  expect(stops()).toBe(3);
});

it('tells of what is packed, and of what it is when it is unpacked', async () => {
  const told: [string, unknown][] = [];
  const summarise = () => 0;
  const one = new HeldValue<{ content: unknown }, number>({
    summarise,
    onPacked: (value) => void told.push(['packed', value]),
    onUnpacked: (value) => void told.push(['unpacked', value]),
  });
  const first = { content: 1 };
  one.set(first);
  await one.pack(never);
  expect(one.value).toBe(first);
  one.setPacked(one.packed ?? expect.fail(), 0);
  const again = one.value;
  expect(one.value).toBe(again);
  expect(told.map(([what]) => what)).toEqual(['packed', 'unpacked']);
  expect(told[0]?.[1]).toBe(first);
  expect(told[1]?.[1]).toBe(again);
});
