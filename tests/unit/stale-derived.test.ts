import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createStaleDerived } from '../../electron/stale-derived';
import { makeFolder } from './host-fixtures';

/** A LOCAL with an index, a model and a first page, and notebooks of which some are of forgotten documents. */
async function makeLocal() {
  const localFolder = await makeFolder();
  const indexFile = path.join(localFolder, 'index.sqlite');
  const model = path.join(localFolder, 'models', 'one');
  const notebooks: { id: string; forgottenAt?: string }[] = [{ id: 'document-1' }];
  const stale = createStaleDerived({ localFolder, indexFile, outlines: () => notebooks });
  const firstPage = path.join(localFolder, 'first-pages', 'one');
  for (const file of [model, firstPage]) await mkdir(path.dirname(file));
  const fill = async () => {
    await Promise.all([indexFile, model, firstPage].map((file) => writeFile(file, 'words')));
    return stale;
  };
  return { fill, notebooks, isThere: () => [indexFile, model, firstPage].map((file) => existsSync(file)) };
}

test('the index, the models and the first pages stay over many starts and ends while nothing is forgotten', async () => {
  const { fill, isThere } = await makeLocal();
  const stale = await fill();
  expect(await stale.begin()).toEqual([]);
  await stale.end();
  expect(await stale.begin()).toEqual([]);
  expect(isThere()).toEqual([true, true, true]);
});

test('they go at the end of the run in which a document was forgotten, and then stay', async () => {
  const { fill, notebooks, isThere } = await makeLocal();
  const stale = await fill();
  await stale.begin();
  notebooks.push({ id: 'document-2', forgottenAt: '2026-11-22T12:00:00.000Z' });
  await stale.mark();
  expect(isThere()).toEqual([true, false, false]);
  await stale.end();
  expect(isThere()).toEqual([false, false, false]);
  await fill();
  expect(await stale.begin()).toEqual([]);
  await stale.end();
  expect(isThere()).toEqual([true, true, true]);
});

test('of what was forgotten elsewhere they go at the start and once more at the end, and a second kill costs no index', async () => {
  const { fill, notebooks, isThere } = await makeLocal();
  notebooks.push({ id: 'document-2', forgottenAt: '2026-11-22T12:00:00.000Z' });
  const stale = await fill();
  expect(await stale.begin()).toEqual(['document-2']);
  expect(isThere()).toEqual([false, false, false]);
  await fill();
  expect(await stale.begin()).toEqual([]);
  expect(isThere()).toEqual([false, false, false]);
  await fill();
  expect(await stale.begin()).toEqual([]);
  expect(isThere()).toEqual([true, true, true]);
  notebooks[1] = { id: 'document-2', forgottenAt: '2026-11-23T12:00:00.000Z' };
  expect(await stale.begin()).toEqual(['document-2']);
  await fill();
  await stale.end();
  expect(isThere()).toEqual([false, false, false]);
});
