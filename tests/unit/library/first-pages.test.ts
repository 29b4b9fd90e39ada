import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { FirstPage } from '#api';
import { openFirstPages } from '../../../electron/library/first-pages';
import { openDerivedFiles } from '../../../electron/storage/derived-files';
import { temporaryFolder } from './support';

const page: FirstPage = { url: 'data:image/webp;base64,AAAA', ratio: 0.7, isPaper: true };
const [one, other] = ['1'.repeat(64), '2'.repeat(64)];

async function open(folder?: string) {
  const kept = folder ?? path.join(await temporaryFolder(), 'first-pages');
  const warned: string[] = [];
  return { kept, warned, pages: openFirstPages({ folder: kept, warn: (message) => warned.push(message) }) };
}

test('a first page is there at the next start, for its own file', async () => {
  const { kept, pages } = await open();
  expect(await pages.of(one)).toBeUndefined();
  await pages.keep(one, page);
  const again = await open(kept);
  expect(await again.pages.of(one)).toEqual(page);
  expect(await again.pages.of(other)).toBeUndefined();
  const [name = ''] = await readdir(kept);
  expect(name).not.toContain(one);
  expect((await stat(path.join(kept, name))).mode & 0o77).toBe(0);
});

test('one that is damaged is not there, and is drawn and kept anew', async () => {
  const { kept, pages } = await open();
  await pages.keep(one, page);
  const [name = ''] = await readdir(kept);
  const file = path.join(kept, name);
  const whole = await readFile(file);
  for (const damaged of [whole.subarray(0, 40), Buffer.alloc(0), Buffer.from(whole).fill('x', 50, 51)]) {
    await writeFile(file, damaged);
    expect(await pages.of(one)).toBeUndefined();
    await pages.keep(one, page);
    expect(await pages.of(one)).toEqual(page);
  }
});

test('where there is no place they are done without, which is said once', async () => {
  const { kept, pages, warned } = await open();
  await writeFile(kept, 'a file in the place of the folder');
  for (const rawHash of [one, other]) await pages.keep(rawHash, page);
  expect(await pages.of(one)).toBeUndefined();
  expect(warned).toEqual([expect.stringMatching(/^Pictures of first pages are not kept \(E[A-Z]+\)$/)]);
});

test('many small files take no more place than they may, whatever was there before', async () => {
  const folder = path.join(await temporaryFolder(), 'derived');
  const options = { folder, most: 10_000, warn: () => undefined };
  const sizeOfAll = async () => {
    const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(path.join(folder, name))).size));
    return sizes.reduce((sum, size) => sum + size, 0);
  };
  for (const run of ['a', 'b', 'c']) {
    const files = openDerivedFiles(options);
    for (let i = 0; i < 40; i++) await files.of(`${run}${i}`).keep([Buffer.alloc(368, i)]);
    expect(await sizeOfAll()).toBeLessThanOrEqual(10_000 * (1 + 1 / 16));
    expect(await files.of(`${run}39`).read()).toEqual(Buffer.alloc(368, 39));
  }
  await openDerivedFiles(options)
    .of('large')
    .keep([Buffer.alloc(6_000)]);
  expect(await openDerivedFiles(options).of('large').read()).toBeUndefined();
});
