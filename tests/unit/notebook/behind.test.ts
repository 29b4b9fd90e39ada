import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fail } from '#api';
import { NOTEBOOK_VERSION, type Notebook } from '#model';
import { openNotebooks } from '../../../electron/notebook';
import { openVersionArchive } from '../../../electron/notebook/version-archive';
import { openBackups } from '../../../electron/storage/backups/backups';
import { createProblems } from '../../../electron/storage/problems';
import { createQuarantine } from '../../../electron/storage/quarantine';
import { always, create, ID, keepLog, makeDataFolder, makeNote, namesIn, notebookPath, open, putNote, readJson } from './fixtures';

const bodiesOnDisk = async (dataFolder: string, id = ID) =>
  ((await readJson(notebookPath(dataFolder, id))) as Notebook).notes.map(({ body }) => body).toSorted();

/** A store in which writing can be forbidden. */
async function openRefusing(dataFolder: string) {
  const refusing = { is: false };
  const claim = async () => (refusing.is ? fail('data-in-use', 'Not now.').failure : undefined);
  const store = await openNotebooks({ dataFolder, log: keepLog(), backupDelay: null, claim });
  onTestFinished(() => store.close());
  return { store, refusing };
}

describe('what was merged or had gone, and could not be written', () => {
  it.each([
    ['was replaced', (file: string) => writeFile(file, JSON.stringify({ ...create()(), notes: [makeNote('theirs')] })), ['ours', 'theirs']],
    ['was removed', (file: string) => rm(file), ['ours']],
  ])('is told and written later where the file %s', async (_, change, expected) => {
    const dataFolder = await makeDataFolder();
    const { store, refusing } = await openRefusing(dataFolder);
    await store.apply(ID, [putNote(makeNote('ours'))], create());
    refusing.is = true;
    await change(notebookPath(dataFolder));
    await expect.poll(() => store.problems().map(({ id }) => id)).toEqual([`${ID}:behind`]);
    refusing.is = false;
    await store.close();
    expect(await bodiesOnDisk(dataFolder)).toEqual(expected);
    expect(store.problems()).toEqual([]);
  });
});

describe('a data folder that is made anew', () => {
  const gone = async (dataFolder: string) => {
    await rename(dataFolder, `${dataFolder} of before`);
    onTestFinished(() => rm(`${dataFolder} of before`, { recursive: true, force: true }));
  };

  it('has also what may only be read here, as it was', async () => {
    const dataFolder = await makeDataFolder();
    const first = await open(dataFolder);
    await first.apply(ID, [putNote(makeNote('ours'))], create());
    await first.close();
    const newer = JSON.stringify({ ...create('document-2')(), version: NOTEBOOK_VERSION + 1, pages: {} });
    await writeFile(notebookPath(dataFolder, 'document-2'), newer);
    const store = await open(dataFolder);
    await gone(dataFolder);
    await store.apply(ID, [putNote(makeNote('more'))], create());
    await expect.poll(() => namesIn(path.join(dataFolder, 'notebooks'))).toContain('document-2.json');
    expect(await readFile(notebookPath(dataFolder, 'document-2'), 'utf8')).toBe(newer);
  });

  it('has also what was missing and offered from the backups, which are gone with it', async () => {
    const dataFolder = await makeDataFolder();
    const first = await open(dataFolder);
    await first.apply(ID, [putNote(makeNote('ours'))], create());
    await first.apply('document-2', [putNote(makeNote('missing'))], create('document-2'));
    await first.close();
    await openBackups({ dataFolder, log: keepLog(), problems: createProblems() }).run();
    await rm(notebookPath(dataFolder, 'document-2'));
    const store = await open(dataFolder);
    await gone(dataFolder);
    await store.apply(ID, [putNote(makeNote('more'))], create());
    await expect.poll(() => namesIn(path.join(dataFolder, 'notebooks'))).toContain('document-2.json');
    expect(await bodiesOnDisk(dataFolder, 'document-2')).toEqual(['missing']);
  });
});

it('opens a missing notebook again that comes back by itself', async () => {
  const dataFolder = await makeDataFolder();
  const first = await open(dataFolder);
  await first.apply(ID, [putNote(makeNote('ours'))], create());
  await first.close();
  await openBackups({ dataFolder, log: keepLog(), problems: createProblems() }).run();
  await rename(notebookPath(dataFolder), path.join(dataFolder, 'not synced yet'));
  const store = await open(dataFolder);
  expect(store.lockedBecause(ID)).toMatchObject({ code: 'notebook-quarantined' });
  await rename(path.join(dataFolder, 'not synced yet'), notebookPath(dataFolder));
  await expect.poll(() => store.problems()).toEqual([]);
  expect(store.lockedBecause(ID)).toBeUndefined();
  expect(store.get(ID)?.notes).toHaveLength(1);
});

it('says nothing of a conflict copy that was merged while it runs', async () => {
  const dataFolder = await makeDataFolder();
  const store = await open(dataFolder);
  await store.apply(ID, [putNote(makeNote('ours'))], create());
  const copy = path.join(dataFolder, 'notebooks', `${ID}.sync-conflict-20260102-030405-ABCDEFG.json`);
  await writeFile(copy, JSON.stringify({ ...create()(), notes: [makeNote('theirs')] }));
  await expect.poll(() => namesIn(path.join(dataFolder, 'notebooks'))).toEqual([`${ID}.json`]);
  // A later change shows that what the putting away told the watcher has been looked at.
  await writeFile(notebookPath(dataFolder, 'document-2'), JSON.stringify({ ...create('document-2')(), notes: [makeNote('new')] }));
  await expect.poll(() => store.get('document-2')?.notes.length).toBe(1);
  expect(await bodiesOnDisk(dataFolder)).toEqual(['ours', 'theirs']);
  expect(store.problems()).toEqual([]);
});

describe('the archive of versions', () => {
  const noteId = '01890000-0000-7000-8000-000000000001';
  const line = (body: string) => ({ noteId, version: { at: '2026-01-01T00:00:00.000Z', colour: 'yellow' as const, body, tags: [] } });
  const openArchive = (dataFolder: string) =>
    openVersionArchive({ dataFolder, documents: [ID], quarantine: createQuarantine(dataFolder, always), log: keepLog() });
  const bodiesIn = async (dataFolder: string) =>
    (await (await openArchive(dataFolder)).read(ID, noteId)).map(({ body }) => body).toSorted();

  it('keeps all that is added at the same time', async () => {
    const dataFolder = await makeDataFolder();
    const archive = await openArchive(dataFolder);
    const bodies = Array.from({ length: 20 }, (_, index) => `version ${String(index).padStart(2, '0')}`);
    await Promise.all(bodies.map((body) => archive.add(ID, [line(body)])));
    expect(await bodiesIn(dataFolder)).toEqual(bodies);
  });

  it('goes on where it is damaged, and takes in what a sync tool left beside it', async () => {
    const dataFolder = await makeDataFolder();
    await (await openArchive(dataFolder)).add(ID, [line('before')]);
    const file = path.join(dataFolder, 'history', `${ID}.jsonl.gz`);
    await writeFile(path.join(dataFolder, 'history', `${ID}.jsonl.sync-conflict-20260102-030405-ABCDEFG.gz`), await readFile(file));
    await writeFile(file, (await readFile(file)).subarray(0, -6));
    await (await openArchive(dataFolder)).add(ID, [line('after')]);
    expect(await bodiesIn(dataFolder)).toEqual(['after', 'before']);
    expect(await namesIn(path.join(dataFolder, 'quarantine'))).toHaveLength(2);
  });
});
