import { randomBytes } from 'node:crypto';
import { mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { SearchResult } from '#api';
import { openSearch } from '../../../electron/search';
import type { SearchDocument } from '../../../electron/search/protocol';
import { makeDataFolder } from '../notebook/fixtures';
import { startSearchHere } from '../search-here';
import { mountDisk } from '../storage/disk';
import { Documents, NOTE } from './fixtures';

const words = (count: number): string =>
  randomBytes(count * 3)
    .toString('hex')
    .replaceAll(/(.{6})/g, '$1 ');

/** `retryAfter`: ms until it is tried again to write the index. */
function open(documents: Documents, file: string, retryAfter = 20) {
  const warnings: string[] = [];
  const search = openSearch({
    file,
    start: () => startSearchHere(retryAfter),
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

const ids = ({ groups }: SearchResult): string[] => groups.map(({ documentId }) => documentId).sort();

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
  expect(ids(await find('apples'))).toEqual(['early']);
  expect(warnings[0]).toContain('cannot be written for now');
  await rm(filling);
  await expect.poll(() => count('apples')).toBe(2);
  await expect.poll(async () => (await find('apples')).notice).toBeUndefined();
});

it('does not find on a full disk what went from the library, and finds what came back to it', async ({ skip }) => {
  const disk = (await mountDisk(2 * 1024)) ?? skip('only root may mount a small disk');
  const documents = new Documents();
  documents.set('kept', 'apples');
  documents.set('gone', 'apples');
  const { search, find, count } = open(documents, path.join(disk, 'index.sqlite'), 3_600_000);
  await expect.poll(() => count('apples')).toBe(2);
  const { bavail, bsize } = await statfs(disk);
  await writeFile(path.join(disk, 'filling'), Buffer.alloc(bavail * bsize - 200_000));
  documents.set('late', `pears ${words(15_000)}`);
  search.touch(['late']);
  await expect.poll(async () => (await find('apples')).notice).toContain('may be full');
  const change = async (id: string, document: SearchDocument | undefined) => {
    if (document) documents.all.set(id, document);
    else documents.all.delete(id);
    search.touch([id]);
    await expect.poll(async () => ids(await find('apples'))).toEqual(document ? ['gone', 'kept'] : ['kept']);
    expect(await count('apples')).toBe(document ? 2 : 1);
  };
  const gone = documents.all.get('gone');
  await change('gone', undefined);
  await change('gone', gone);
  await change('gone', undefined);
});

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
