import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

/** ms */
const PATIENCE = 240_000;

/** Keeps much of what it allocates for a moment, and prints how many MB V8 then has for what was just allocated. */
const script = (limit: string) => `
  import { getHeapSpaceStatistics } from 'node:v8';
  ${limit}
  let kept = [];
  for (let turn = 0; turn < 60; turn += 1) {
    for (let each = 0; each < 30_000; each += 1) kept.push({ each, text: String(each) });
    if (kept.length > 200_000) kept = kept.slice(100_000);
    await new Promise(setImmediate);
  }
  console.log(getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 1_048_576);`;

const evaluate = (source: string, ...flags: string[]): number =>
  Number(execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', source], { timeout: PATIENCE }));

const limited = `(await import(${JSON.stringify(path.resolve('electron/heap-limits.ts'))})).limitHeap();`;

it('keeps the space for what was just allocated small', () => {
  expect(evaluate(script(''))).toBeGreaterThanOrEqual(64);
  expect(evaluate(script(limited))).toBeLessThanOrEqual(32);
});

/** Lets go of what it has kept, rests until the heap is less than half as large, and prints how many times as large it was. */
const resting = `
  import { getHeapStatistics } from 'node:v8';
  ${limited}
  let kept = Array.from({ length: 300_000 }, (_, each) => ({ each, text: String(each) }));
  gc();
  kept = undefined;
  const before = getHeapStatistics().used_heap_size;
  while (getHeapStatistics().used_heap_size > before / 2) await new Promise((resolve) => setTimeout(resolve, 500));
  console.log(before / getHeapStatistics().used_heap_size);`;

it('gives back what is free while the host rests', () => {
  // V8 asks itself after so many ms whether to search, in place of 8,000.
  expect(evaluate(resting, '--expose-gc', '--gc-memory-reducer-start-delay-ms=3500')).toBeGreaterThan(2);
});
