import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { create, ID, keepLog, makeDataFolder, makeNote, notebookPath, open, putNote } from './fixtures';

const OTHER = 'document-2';

/** A data folder with a note in each of two notebooks, which was closed, and LOCAL. */
async function closedStore() {
  const [dataFolder, localFolder] = [await makeDataFolder(), await makeDataFolder()];
  const store = await open(dataFolder, localFolder);
  await store.apply(ID, [putNote(makeNote('first'))], create());
  await store.apply(OTHER, [putNote(makeNote('second'))], create(OTHER));
  await store.close();
  const log = keepLog();
  return { dataFolder, localFolder, log, reopen: () => open(dataFolder, localFolder, log) };
}

/** Writes other words of the same length into a notebook's file, as of the same moment: only who reads it sees that. */
async function exchangeWord(dataFolder: string, word: string, other: string, id = ID): Promise<void> {
  const file = notebookPath(dataFolder, id);
  const { atime, mtime } = await stat(file);
  await utimes(file, atime, new Date(1_700_000_000_000));
  await writeFile(file, (await readFile(file, 'utf8')).replace(word, other));
  await utimes(file, atime, mtime);
}

const wordsOf = (store: Awaited<ReturnType<typeof open>>, id: string) => store.get(id)?.notes.map(({ body }) => body);

it('lets a start read those notebooks only whose files were changed', async () => {
  const { dataFolder, localFolder, reopen } = await closedStore();
  // So that its moment can be given back exactly.
  await utimes(notebookPath(dataFolder), 1_700_000_000, 1_700_000_000);
  await (await reopen()).close();
  await exchangeWord(dataFolder, 'first', 'FIRST');
  await writeFile(
    notebookPath(dataFolder, OTHER),
    (await readFile(notebookPath(dataFolder, OTHER), 'utf8')).replace('second', 'other words'),
  );
  const store = await reopen();
  expect(wordsOf(store, ID)).toEqual(['first']);
  expect(wordsOf(store, OTHER)).toEqual(['other words']);
  expect(store.outline(ID)).toMatchObject({ noteCount: 1, itemCount: 1, identity: { rawHash: 'a'.repeat(64) } });
  await store.close();
  await rm(path.join(localFolder, 'notebooks.sqlite'));
  expect(wordsOf(await reopen(), ID)).toEqual(['FIRST']);
});

it('knows nothing of a file in the place of another, nor of one that is gone', async () => {
  const { dataFolder, reopen } = await closedStore();
  await rename(notebookPath(dataFolder, OTHER), notebookPath(dataFolder));
  const store = await reopen();
  // It names the document of which it is.
  expect([wordsOf(store, ID), wordsOf(store, OTHER)]).toEqual([undefined, ['second']]);
});

it('is merged with what another program writes while it is open, and is written again when that takes it away', async () => {
  const { dataFolder, reopen } = await closedStore();
  const store = await reopen();
  const file = notebookPath(dataFolder);
  const notebook = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...notebook, notes: [...notebook.notes, makeNote('outside')] }));
  await store.apply(ID, [{ type: 'set-tags', tags: ['Mine'] }], create());
  expect(wordsOf(store, ID)?.toSorted()).toEqual(['first', 'outside']);
  await rm(notebookPath(dataFolder, OTHER));
  await store.close();
  expect(JSON.parse(await readFile(notebookPath(dataFolder, OTHER), 'utf8')).notes).toMatchObject([{ body: 'second' }]);
});

it('tells at each start what in a notebook could not be understood', async () => {
  const { dataFolder, reopen } = await closedStore();
  await exchangeWord(dataFolder, '"colour": "yellow"', '"colour": "y"');
  for (const _start of ['first', 'second']) {
    const store = await reopen();
    expect(store.problems()).toMatchObject([{ id: `${ID}:partly-unreadable` }]);
    await store.close();
  }
});

it('is made anew when it is damaged, and a row of it that is damaged is not believed', async () => {
  const { localFolder, log, reopen } = await closedStore();
  const file = path.join(localFolder, 'notebooks.sqlite');
  const database = new DatabaseSync(file);
  database.exec(`UPDATE notebooks_8 SET outline = replace(outline, 'noteCount":1', 'noteCount":7') WHERE id = '${ID}'`);
  database.close();
  const store = await reopen();
  expect(store.outline(ID)?.noteCount).toBe(1);
  await store.close();
  expect(log.lines).toEqual([]);
  await writeFile(file, 'This is no database at all. '.repeat(1000));
  const later = await reopen();
  expect([wordsOf(later, ID), wordsOf(later, OTHER)]).toEqual([['first'], ['second']]);
  await later.close();
  expect(log.lines).toHaveLength(1);
});

it('is gone without where it cannot be kept', async () => {
  const { localFolder, log, reopen } = await closedStore();
  await rm(path.join(localFolder, 'notebooks.sqlite'));
  await mkdir(path.join(localFolder, 'notebooks.sqlite'));
  const store = await reopen();
  expect(await store.apply(ID, [putNote(makeNote('third'))], create())).toMatchObject({ ok: true });
  await store.close();
  expect(log.lines.length).toBeGreaterThan(0);
});
