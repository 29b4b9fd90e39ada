import { hash } from 'node:crypto';
import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCache } from '../../../electron/library/cache';
import type { FileFacts } from '../../../electron/library/facts';
import { allRows } from '../all-rows';
import { localOf, openTestLibrary, rowsOf, temporaryFolder } from './support';

const facts = (file: string, more: Partial<FileFacts> = {}): FileFacts => ({
  path: file,
  folderId: 'f',
  size: 1,
  changedAt: 1.5,
  addedAt: 2,
  format: 'text',
  rawHash: 'a'.repeat(64),
  title: 'T',
  words: 3,
  ...more,
});

async function cacheIn(folder: string) {
  const warnings: string[] = [];
  const note = (message: string) => void warnings.push(message);
  const cache = openCache(path.join(folder, 'files.sqlite'), { error: note, warn: note, info: () => undefined });
  onTestFinished(() => cache.close());
  return { cache, warnings };
}

describe('the cache', () => {
  it('remembers over a restart, by path and by folder', async () => {
    const folder = await temporaryFolder();
    const first = await cacheIn(folder);
    const bad = facts('/b', { folderId: 'g', rawHash: undefined, problem: { code: 'document-empty', message: 'Empty.' } });
    first.cache.put([facts('/a', { date: '2021-12-03', author: 'Ann', chosen: 'utf-8' }), bad]);
    first.cache.close();
    const { cache, warnings } = await cacheIn(folder);
    expect(cache.get('/a')).toEqual(facts('/a', { date: '2021-12-03', author: 'Ann', chosen: 'utf-8' }));
    expect(cache.under('g')).toEqual([{ ...bad, rawHash: undefined }]);
    cache.put([facts('/a', { title: 'New' })]);
    expect(cache.get('/a')?.title).toBe('New');
    cache.prune((file) => file === '/b');
    expect(cache.get('/a')).toBeUndefined();
    expect(cache.get('/b')).toBeDefined();
    expect(warnings).toEqual([]);
  });

  it('is made anew when it is damaged', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'files.sqlite'), 'This is no database at all. '.repeat(1000));
    const { cache, warnings } = await cacheIn(folder);
    cache.put([facts('/a')]);
    expect(cache.get('/a')).toEqual(facts('/a'));
    expect(warnings).toHaveLength(1);
  });

  it('is gone without while another process holds it, and left as it is', async () => {
    const folder = await temporaryFolder();
    (await cacheIn(folder)).cache.close();
    const other = new DatabaseSync(path.join(folder, 'files.sqlite'));
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE mine (x);');
    const { cache, warnings } = await cacheIn(folder);
    cache.put([facts('/a')]);
    expect(cache.get('/a')).toBeUndefined();
    expect(warnings).toHaveLength(1);
    other.exec('COMMIT');
    expect(other.prepare('SELECT count(*) AS count FROM mine').get()).toEqual({ count: 0 });
    other.close();
  });

  it('is given up at an error, with a word in the log', async () => {
    const folder = await temporaryFolder();
    const { cache, warnings } = await cacheIn(folder);
    const other = new DatabaseSync(path.join(folder, 'files.sqlite'));
    other.exec('DROP TABLE library_files_9');
    other.close();
    cache.put([facts('/a')]);
    expect(cache.get('/a')).toBeUndefined();
    expect(cache.under('f')).toEqual([]);
    expect(warnings).toHaveLength(1);
  });
});

describe('a warm start', () => {
  it('reads no file that is as it was, and every file that is not', async () => {
    const data = await temporaryFolder();
    const folder = await temporaryFolder();
    const [same, other] = [path.join(folder, 'same.txt'), path.join(folder, 'other.txt')];
    const writeSame = async (text: string) => {
      await writeFile(same, text);
      await utimes(same, 1_600_000_000, 1_600_000_000);
    };
    await writeSame('The first.');
    await writeFile(other, 'The other.');
    await (await openTestLibrary({ data, folders: [folder] })).library.close();
    // The same size and time with another content: only a file that is read shows it.
    await writeSame('Unexpected');
    await writeFile(other, 'Edited now.');
    const { library } = await openTestLibrary({ data, folders: [folder] });
    expect(rowsOf(library)['same.txt']?.title).toBe('The first.');
    expect(rowsOf(library)['other.txt']?.title).toBe('Edited now.');
  });

  it('works when the index was deleted or damaged', async () => {
    const data = await temporaryFolder();
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'a.txt'), 'A text.');
    const first = await openTestLibrary({ data, folders: [folder] });
    const { id } = rowsOf(first.library)['a.txt'] ?? expect.fail();
    await first.library.close();
    const index = path.join(localOf(data), 'files.sqlite');
    const bytes = await readFile(index);
    await writeFile(index, bytes.fill(0x55, 50, 3000));
    const { library, warnings } = await openTestLibrary({ data, folders: [folder] });
    expect(rowsOf(library)['a.txt']).toMatchObject({ id, title: 'A text.' });
    expect(warnings).toHaveLength(1);
  });

  it('lists at once what was there, and puts right what was changed since', async () => {
    const data = await temporaryFolder();
    const folder = await temporaryFolder();
    const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
    await Promise.all([write('same.txt', 'The same.'), write('edited.txt', 'The old one.'), write('gone.txt', 'Soon gone.')]);
    const first = await openTestLibrary({ data, folders: [folder] });
    const before = rowsOf(first.library);
    await first.library.close();
    await rm(path.join(folder, 'gone.txt'));
    await write('edited.txt', 'Edited now.');
    await write('new.txt', 'Not there before.');
    const { library, listener, index } = await openTestLibrary({ data, folders: [folder] }, false);
    expect(rowsOf(library)).toEqual(before);
    const id = before['same.txt']?.id ?? expect.fail();
    expect(library.file(id)).toEqual({
      path: path.join(folder, 'same.txt'),
      content: expect.stringContaining('text'),
      textHash: hash('sha256', 'The same.'),
    });
    expect(await library.open(id)).toMatchObject({ ok: true, value: { document: before['same.txt'] } });
    await library.ready;
    const { 'same.txt': same, 'edited.txt': edited, 'new.txt': added, ...others } = rowsOf(library);
    expect([same, edited?.title, added?.title, others]).toEqual([before['same.txt'], 'Edited now.', 'Not there before.', {}]);
    const counted = () => listener.told.flatMap(({ event, payload }) => (event === 'library.changed' ? [payload.counts.documents] : []));
    await listener.until(() => counted().at(-1) === allRows(library).length, 'the count without what is gone');
    expect(index.touched).toContain(before['gone.txt']?.id);
  });
});
