import { hash } from 'node:crypto';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { allRows } from './all-rows';
import { type OwnFolder, openOwnFolder } from './changed-documents';
import { arrive, EDITED, notebookOf, openMarked, value } from './harbour-documents';
import { exportText, forgetDocument, openCore } from './host-fixtures';
import { packFiles } from './import-files';
import { waitFor } from './wait-for';

/** A document with three notes on `harbour.txt`, of which the reader said that `second.txt`, which is shown now, is a new edition. */
async function openJoined() {
  const opened = await openMarked();
  await opened.write('second.txt', EDITED);
  const fromId = await arrive(opened, 'second.txt');
  value(await opened.call('join.apply', { fromId, intoId: opened.id }));
  return { opened, fromId, id: opened.id, call: opened.call };
}

const rowsIn = (opened: Pick<OwnFolder, 'core'>): string[] =>
  allRows(opened.core.library)
    .filter(({ folderId }) => folderId !== 'seeds')
    .map(({ relativePath }) => relativePath)
    .sort();

/** The names of a document's editions, that which is shown first. */
const editionsOf = async ({ call }: Pick<OwnFolder, 'call'>, documentId: string): Promise<string[]> =>
  (await call('join.editions', { documentId })).map(({ paths }) => path.basename(paths[0] ?? ''));

const hashOf = async ({ call }: Pick<OwnFolder, 'call'>, documentId: string, name: string): Promise<string> =>
  (await call('join.editions', { documentId })).find(({ paths }) => paths[0]?.endsWith(name))?.rawHash ?? '';

test('two editions of a document are one row with the notes, also after a restart', async () => {
  const { opened, id } = await openJoined();
  expect(rowsIn(opened)).toEqual(['other.txt', 'second.txt']);
  expect(opened.row('second.txt')).toMatchObject({ id, noteCount: 3, otherEditions: 1 });
  expect(await editionsOf(opened, id)).toEqual(['second.txt', 'harbour.txt']);
  expect(await editionsOf(opened, opened.idOf('other.txt') ?? '')).toEqual(['other.txt']);
  const besideId = opened.idOf('other.txt') ?? '';
  for (const file of ['harbour.txt', 'second.txt'])
    expect(await opened.call('library.find', { path: file, besideId })).toEqual({ documentId: id });
  expect(await opened.call('library.find', { path: 'nothing.txt', besideId })).toEqual({});
  await opened.core.close();
  const again = await openOwnFolder(opened);
  expect(rowsIn(again)).toEqual(['other.txt', 'second.txt']);
  expect(again.row('second.txt')).toMatchObject({ id, noteCount: 3, otherEditions: 1 });
});

test('another edition is shown with the notes where the reader wants that, also after a restart, and the one that was shown is kept, edited as it is', async () => {
  const { opened, id, call } = await openJoined();
  const { words = 0 } = opened.row('second.txt') ?? {};
  await opened.write('second.txt', `${EDITED}\nA line more.\n`);
  await waitFor(() => expect(opened.row('second.txt')?.words).toBe(words + 3));
  value(await call('join.show', { documentId: id, rawHash: await hashOf(opened, id, 'harbour.txt') }));
  expect(rowsIn(opened)).toEqual(['harbour.txt', 'other.txt']);
  expect(opened.row('harbour.txt')).toMatchObject({ id, noteCount: 3, otherEditions: 1 });
  expect(await call('join.show', { documentId: id, rawHash: await hashOf(opened, id, 'harbour.txt') })).toMatchObject({ ok: false });
  await opened.core.close();
  const again = await openOwnFolder(opened);
  expect(rowsIn(again)).toEqual(['harbour.txt', 'other.txt']);
  expect(await editionsOf(again, id)).toEqual(['harbour.txt', 'second.txt']);
});

test('an edition that is not shown stays one when its file is edited, also while the application is closed', async () => {
  const { opened, id } = await openJoined();
  const saveOther = async (at: OwnFolder, text: string) => {
    await at.write('harbour.txt', text);
    await waitFor(async () => expect(await hashOf(at, id, 'harbour.txt')).toBe(hash('sha256', text)));
  };
  await saveOther(opened, 'Another text altogether.\n');
  await saveOther(opened, 'Yet another one, saved once more.\n');
  expect(rowsIn(opened)).toEqual(['other.txt', 'second.txt']);
  expect(opened.row('second.txt')).toMatchObject({ id, noteCount: 3, otherEditions: 1 });
  await opened.core.close();
  await opened.write('harbour.txt', 'Written while nobody looked.\n');
  const again = await openOwnFolder(opened);
  expect(rowsIn(again)).toEqual(['other.txt', 'second.txt']);
  expect(await editionsOf(again, id)).toEqual(['second.txt', 'harbour.txt']);
  await again.core.close();
  const third = await openOwnFolder(again);
  expect(await editionsOf(third, id)).toEqual(['second.txt', 'harbour.txt']);
  const { documentId } = value(await third.call('join.part', { documentId: id, rawHash: await hashOf(third, id, 'harbour.txt') }));
  await third.write('harbour.txt', 'A document of its own, edited.\n');
  await waitFor(() => expect(third.row('harbour.txt')).toMatchObject({ words: 6, noteCount: 0 }));
  expect(third.row('second.txt')).not.toHaveProperty('otherEditions');
  expect(documentId).not.toBe(id);
});

test('a document whose shown file is deleted goes on with its other edition, and has both when it is back', async () => {
  const { opened, id } = await openJoined();
  const { folder } = opened;
  await rename(path.join(folder, 'second.txt'), path.join(folder, 'gone'));
  await waitFor(() => expect(opened.row('harbour.txt')).toMatchObject({ id, noteCount: 3, missing: false }));
  expect(opened.row('harbour.txt')).not.toHaveProperty('otherEditions');
  await rename(path.join(folder, 'gone'), path.join(folder, 'second.txt'));
  await waitFor(async () => expect(await editionsOf(opened, id)).toHaveLength(2));
  await rm(path.join(folder, 'harbour.txt'));
  await waitFor(async () => expect(await editionsOf(opened, id)).toEqual(['second.txt']));
});

test('an edition that is parted is a document of its own, and the notes stay', async () => {
  const { opened, id, call } = await openJoined();
  const rawHash = await hashOf(opened, id, 'harbour.txt');
  const { documentId } = value(await call('join.part', { documentId: id, rawHash }));
  expect(opened.row('harbour.txt')).toMatchObject({ id: documentId, noteCount: 0 });
  expect(opened.row('second.txt')).toMatchObject({ id, noteCount: 3 });
  expect(opened.row('second.txt')).not.toHaveProperty('otherEditions');
  const { rows } = await call('notebook.activities', { from: 0, count: 1 });
  expect(rows[0]?.activity).toMatchObject({ type: 'document-parted', documentId: id, fromId: documentId });
  for (const each of [id, documentId]) expect(await call('join.likely', { documentId: each })).toEqual([]);
  await opened.core.close();
  const again = await openOwnFolder(opened);
  expect(rowsIn(again)).toEqual(['harbour.txt', 'other.txt', 'second.txt']);
  expect(again.row('second.txt')).toMatchObject({ id, noteCount: 3 });
});

test('a parting is taken back: the document with the notes is shown as it was, what was written on the parted one is with them, and the joining can be taken back, too', async () => {
  const { opened, fromId, id, call } = await openJoined();
  value(await call('join.show', { documentId: id, rawHash: await hashOf(opened, id, 'harbour.txt') }));
  const rawHash = await hashOf(opened, id, 'second.txt');
  expect(value(await call('join.part', { documentId: id, rawHash })).documentId).toBe(fromId);
  const [written] = await opened.mark('second.txt', EDITED, ['The children would count']);
  expect(value(await call('join.again', { fromId, intoId: id })).noteIds).toEqual([written?.id]);
  expect(rowsIn(opened)).toEqual(['harbour.txt', 'other.txt']);
  expect(await editionsOf(opened, id)).toEqual(['harbour.txt', 'second.txt']);
  expect(opened.row('harbour.txt')).toMatchObject({ id, noteCount: 4, otherEditions: 1 });
  expect(await call('join.again', { fromId, intoId: id })).toMatchObject({ ok: false, failure: { code: 'problem-solved' } });
  await opened.core.close();
  const again = await openOwnFolder(opened);
  expect(await editionsOf(again, id)).toEqual(['harbour.txt', 'second.txt']);
  // What was written on its text goes with it.
  expect(value(await again.call('join.undo', { fromId, intoId: id })).noteIds).toEqual([written?.id]);
  expect(again.row('second.txt')).toMatchObject({ id: fromId, noteCount: 1 });
  expect(again.row('harbour.txt')).toMatchObject({ id, noteCount: 3 });
});

test('what was written on a file that was parted and joined anew goes with it, though the document was shown by it before', async () => {
  const { opened, fromId, id, call } = await openJoined();
  value(await call('join.show', { documentId: id, rawHash: await hashOf(opened, id, 'harbour.txt') }));
  value(await call('join.part', { documentId: id, rawHash: await hashOf(opened, id, 'second.txt') }));
  value(await call('join.apply', { fromId, intoId: id }));
  expect((await notebookOf(opened, id)).identity.rawHash).toBe(hash('sha256', EDITED));
  const [written] = await opened.mark('second.txt', EDITED, ['The children would count']);
  expect(value(await call('join.undo', { fromId, intoId: id })).noteIds).toEqual([written?.id]);
  expect(opened.row('second.txt')).toMatchObject({ id: fromId, noteCount: 1 });
  expect(opened.row('harbour.txt')).toMatchObject({ id, noteCount: 3 });
});

test('nobody is told that a program changed a file when documents are joined, shown by another edition, or parted again, but when one did', async () => {
  const { opened, fromId, id, call } = await openJoined();
  const told: string[] = [];
  opened.core.subscribe('a window', (event, payload) => {
    if (event === 'library.source-changed') told.push((payload as { by: string }).by);
  });
  value(await call('join.show', { documentId: id, rawHash: await hashOf(opened, id, 'harbour.txt') }));
  expect(told.splice(0)).toEqual(['edition']);
  value(await call('join.show', { documentId: id, rawHash: await hashOf(opened, id, 'second.txt') }));
  value(await call('join.undo', { fromId, intoId: id }));
  expect(told.splice(0)).toEqual(['edition', 'joining']);
  value(await call('join.apply', { fromId, intoId: id }));
  expect(told.splice(0)).toEqual(['edition']);
  await opened.write('second.txt', `${EDITED}\nMore.\n`);
  await waitFor(() => expect(told).toContain('program'));
});

test('what the reader said of a document before it was joined is in no second row, also after a restart, and is there when they are parted', async () => {
  const opened = await openMarked();
  await opened.write('second.txt', EDITED);
  const fromId = await arrive(opened, 'second.txt');
  const pair = { fromId, intoId: opened.id };
  const changes = [
    { type: 'set-favourite', favourite: true },
    { type: 'set-later', later: 'm' },
    { type: 'set-title', title: 'Port' },
  ];
  value(await opened.call('notebook.apply', { documentId: fromId, changes }));
  value(await opened.call('join.apply', pair));
  expect(opened.core.library.summary(fromId)).toBeUndefined();
  expect((await opened.core.library.counted()).counts).toMatchObject({ favourites: 1, later: 1 });
  await opened.core.close();
  const again = await openOwnFolder(opened);
  expect(rowsIn(again)).toEqual(['other.txt', 'second.txt']);
  expect(again.row('second.txt')).toMatchObject({ id: opened.id, title: 'Port', favourite: true });

  value(await again.call('join.undo', pair));
  expect(rowsIn(again)).toEqual(['harbour.txt', 'other.txt', 'second.txt']);
  expect(again.row('second.txt')).toMatchObject({ id: fromId, title: 'Port', favourite: true });
  expect(again.row('harbour.txt')?.favourite).toBeUndefined();

  value(await again.call('join.apply', pair));
  value(await again.call('join.show', { documentId: opened.id, rawHash: await hashOf(again, opened.id, 'harbour.txt') }));
  value(await again.call('join.part', { documentId: opened.id, rawHash: await hashOf(again, opened.id, 'second.txt') }));
  expect(again.row('second.txt')).toMatchObject({ id: fromId, title: 'Port', favourite: true });
});

test('a document that is another one has a row of its own while that has none', async () => {
  const { opened, fromId, id, call } = await openJoined();
  value(await call('notebook.apply', { documentId: fromId, changes: [{ type: 'set-favourite', favourite: true }] }));
  expect(opened.core.library.summary(fromId)).toBeUndefined();
  for (const name of ['harbour.txt', 'second.txt']) await rm(path.join(opened.folder, name));
  const { notes } = await notebookOf(opened, id);
  const changes = notes.map(({ id: noteId }) => ({ type: 'delete-note', noteId, at: new Date().toISOString() }));
  value(await call('notebook.apply', { documentId: id, changes }));
  await waitFor(() => expect(allRows(opened.core.library).map((row) => row.id)).toContain(fromId));
  expect(opened.core.library.summary(id)).toBeUndefined();
  await rename(path.join(opened.folder, 'other.txt'), path.join(opened.folder, 'kept.txt'));
  await opened.write('harbour.txt', EDITED);
  await waitFor(() => expect(opened.row('harbour.txt')?.id).toBe(id));
  expect(allRows(opened.core.library).map((row) => row.id)).not.toContain(fromId);
});

test('an edition that is parted twice at once is parted once', async () => {
  const { opened, id, call } = await openJoined();
  const rawHash = await hashOf(opened, id, 'harbour.txt');
  const both = await Promise.all([1, 2].map(() => call('join.part', { documentId: id, rawHash })));
  expect(both.map(({ ok }) => ok)).toEqual([true, false]);
  const { rows } = await call('notebook.activities', { from: 0, count: 10 });
  expect(rows.filter(({ activity }) => activity.type === 'document-parted')).toHaveLength(1);
});

test('an edition stays one while the notebook that it had before cannot be written', async () => {
  const { opened, fromId, id, call } = await openJoined();
  value(await call('join.show', { documentId: id, rawHash: await hashOf(opened, id, 'harbour.txt') }));
  const rawHash = await hashOf(opened, id, 'second.txt');
  // Written by a newer version of the application.
  const file = path.join(opened.dataFolder, 'notebooks', `${fromId}.json`);
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), version: 1_000 }));
  expect(await call('join.part', { documentId: id, rawHash })).toMatchObject({ ok: false });
  expect(await editionsOf(opened, id)).toEqual(['harbour.txt', 'second.txt']);
  expect((await notebookOf(opened, id)).editions).toMatchObject({ [rawHash]: 1 });
});

test('the file that was joined is parted, too, while the other one is shown, and is the document that it was', async () => {
  const { opened, fromId, id, call } = await openJoined();
  value(await call('join.show', { documentId: id, rawHash: await hashOf(opened, id, 'harbour.txt') }));
  const { documentId } = value(await call('join.part', { documentId: id, rawHash: await hashOf(opened, id, 'second.txt') }));
  expect(documentId).toBe(fromId);
  expect(opened.row('second.txt')).toMatchObject({ id: fromId, noteCount: 0 });
  await opened.core.close();
  const again = await openOwnFolder(opened);
  expect(again.row('second.txt')).toMatchObject({ id: fromId, noteCount: 0 });
  expect(again.row('harbour.txt')).toMatchObject({ id, noteCount: 3 });
});

test('the joining is taken back whichever edition is shown', async () => {
  for (const isOther of [false, true]) {
    const { opened, fromId, id, call } = await openJoined();
    if (isOther) value(await call('join.show', { documentId: id, rawHash: await hashOf(opened, id, 'harbour.txt') }));
    value(await call('join.undo', { fromId, intoId: id }));
    expect(opened.row('harbour.txt')).toMatchObject({ id, noteCount: 3 });
    expect(opened.row('second.txt')).toMatchObject({ id: fromId, noteCount: 0 });
    expect(await editionsOf(opened, id)).toEqual(['harbour.txt']);
    await opened.core.close();
    const again = await openOwnFolder(opened);
    expect(rowsIn(again)).toEqual(['harbour.txt', 'other.txt', 'second.txt']);
    expect(again.row('harbour.txt')).toMatchObject({ id, noteCount: 3 });
  }
});

test('the joining is taken back, too, once the file with the notes was edited while the other one was shown', async () => {
  const { opened, fromId, id, call } = await openJoined();
  await opened.write('harbour.txt', 'Another text altogether.\n');
  await waitFor(async () => expect(await hashOf(opened, id, 'harbour.txt')).toBe(hash('sha256', 'Another text altogether.\n')));
  value(await call('join.undo', { fromId, intoId: id }));
  expect(opened.row('harbour.txt')).toMatchObject({ id, noteCount: 3 });
  expect(opened.row('second.txt')).toMatchObject({ id: fromId, noteCount: 0 });
  expect(await editionsOf(opened, id)).toEqual(['harbour.txt']);
});

test('another machine shows the edition that was chosen, and has one document too', async () => {
  const { opened, id, call } = await openJoined();
  const { dataFolder, folder } = opened;
  const other = await openCore({ dataFolder, machine: 'another' });
  await other.core.library.addFolder(folder);
  await waitFor(() => expect(other.core.library.summary(id)).toMatchObject({ relativePath: 'second.txt', otherEditions: 1 }));
  value(await call('join.show', { documentId: id, rawHash: await hashOf(opened, id, 'harbour.txt') }));
  await waitFor(() => expect(other.core.library.summary(id)).toMatchObject({ relativePath: 'harbour.txt', otherEditions: 1 }));
  value(await call('join.part', { documentId: id, rawHash: await hashOf(opened, id, 'second.txt') }));
  await waitFor(() => expect(rowsIn(other)).toEqual(['harbour.txt', 'other.txt', 'second.txt']));
});

test('a copy of an edition is the document, and not added once more', async () => {
  const { opened, id } = await openJoined();
  await opened.write('copy.txt', EDITED);
  await copyFile(path.join(opened.folder, 'harbour.txt'), path.join(opened.folder, 'older.txt'));
  await waitFor(async () =>
    expect((await opened.call('join.editions', { documentId: id })).map(({ paths }) => paths.length)).toEqual([2, 2]),
  );
  expect(rowsIn(opened)).toEqual(['other.txt', 'second.txt']);
});

test('the files of a document that is forgotten are documents without notes', async () => {
  const { opened, id, call } = await openJoined();
  const plan = value(await call('forget.plan', { documentId: id }));
  expect(plan.filesStaying.map((each) => path.basename(each))).toEqual(['second.txt', 'harbour.txt']);
  value(await forgetDocument(call, id));
  await waitFor(() => expect(rowsIn(opened)).toEqual(['harbour.txt', 'other.txt', 'second.txt']));
  expect(allRows(opened.core.library).every(({ noteCount }) => noteCount === 0)).toBe(true);
  expect((await notebookOf(opened, id)).editions).toBeUndefined();
});

test('an export brings a document with its editions into an empty library that has both files', async () => {
  const { opened, id } = await openJoined();
  const exported = await exportText(opened, 'json-ld');
  const into = await openOwnFolder();
  for (const name of ['second.txt', 'harbour.txt']) await copyFile(path.join(opened.folder, name), path.join(into.folder, name));
  for (const name of ['second.txt', 'harbour.txt']) await arrive(into, name);
  const plan = value(await into.core.uploads['import.plan'](packFiles({ 'notes.json': exported })));
  value(await into.call('import.apply', { planId: plan.id, undelete: false }));
  expect(rowsIn(into)).toEqual(['second.txt']);
  expect(into.row('second.txt')).toMatchObject({ noteCount: 3, otherEditions: 1 });
  expect(await editionsOf(opened, id)).toEqual(await editionsOf(into, into.idOf('second.txt') ?? ''));
});
