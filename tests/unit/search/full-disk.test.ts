import { randomBytes } from 'node:crypto';
import { mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { SearchResult } from '#api';
import { openSearch } from '../../../electron/search';
import { makeDataFolder } from '../notebook/fixtures';
import { startSearchHere } from '../search-here';
import { mountDisk } from '../storage/disk';
import { Documents, NOTE } from './fixtures';

const words = (count: number): string =>
  randomBytes(count * 3)
    .toString('hex')
    .replaceAll(/(.{6})/g, '$1 ');

function open(documents: Documents, file: string) {
  const warnings: string[] = [];
  const search = openSearch({
    file,
    start: () => startSearchHere(20),
    log: { error: () => {}, warn: (message) => warnings.push(message) },
  });
  onTestFinished(() => search.close());
  search.follow(documents);
  search.complete();
  const find = async (query: string): Promise<SearchResult> => {
    const result = await search.run('window', query, 50);
    if (!result.ok) throw new Error(result.failure.message);
    return result.value;
  };
  const count = async (query: string) => (await find(query)).documentCount;
  return { search, find, count, warnings };
}

it('finds on a full disk what was indexed before, says that not all is found, and takes in the rest when there is room', async ({
  skip,
}) => {
  const disk = (await mountDisk(2 * 1024)) ?? skip('only root may mount a small disk');
  const documents = new Documents();
  documents.set('early', 'apples of old');
  const { search, find, count, warnings } = open(documents, path.join(disk, 'index.sqlite'));
  await expect.poll(() => count('apples')).toBe(1);
  const filling = path.join(disk, 'filling');
  const { bavail, bsize } = await statfs(disk);
  await writeFile(filling, Buffer.alloc(bavail * bsize - 200_000));
  documents.set('late', `apples anew ${words(15_000)}`);
  search.touch(['late']);
  await expect.poll(async () => (await find('apples')).notice).toContain('may be full');
  expect((await find('apples')).groups.map(({ documentId }) => documentId)).toEqual(['early']);
  expect(warnings[0]).toContain('cannot be written for now');
  await rm(filling);
  await expect.poll(() => count('apples'), { timeout: 20_000 }).toBe(2);
  await expect.poll(async () => (await find('apples')).notice).toBeUndefined();
}, 30_000);

it('searches texts, too, once there is a place for the index where there was none', async () => {
  const folder = await makeDataFolder();
  const documents = new Documents();
  documents.set('one', 'apples', { notes: [{ id: NOTE, colour: 'green', quote: '', body: 'pears', tags: [] }] });
  const place = path.join(folder, 'local');
  await writeFile(place, 'No folder');
  const { find, count } = open(documents, path.join(place, 'index.sqlite'));
  await expect.poll(() => count('pears')).toBe(1);
  expect(await find('apples')).toMatchObject({ documentCount: 0, notice: expect.stringContaining('not the texts') });
  await rm(place);
  await mkdir(place);
  await expect.poll(() => count('apples')).toBe(1);
  expect((await find('pears')).notice).toBeUndefined();
});

it('gives back to the disk what many texts took that are gone', async () => {
  const folder = await makeDataFolder();
  const documents = new Documents();
  documents.set('kept', 'apples');
  for (let index = 0; index < 20; index++) documents.set(`document-${index}`, `pears ${index} ${words(5_000)}`);
  const file = path.join(folder, 'index.sqlite');
  const first = open(documents, file);
  await expect.poll(() => first.count('pears')).toBe(20);
  await first.search.close();
  const before = (await stat(file)).size;
  for (const id of [...documents.all.keys()]) if (id !== 'kept') documents.all.delete(id);
  const { count } = open(documents, file);
  await expect.poll(async () => (await stat(file)).size).toBeLessThan(before / 3);
  expect(await count('apples')).toBe(1);
});
