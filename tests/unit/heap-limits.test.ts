import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

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

const run = (limit: string): number => Number(execFileSync(process.execPath, ['--input-type=module', '--eval', script(limit)]));

it('keeps the space for what was just allocated small', () => {
  const file = JSON.stringify(path.resolve('electron/heap-limits.ts'));
  expect(run('')).toBeGreaterThanOrEqual(64);
  expect(run(`(await import(${file})).limitHeap();`)).toBeLessThanOrEqual(32);
});
