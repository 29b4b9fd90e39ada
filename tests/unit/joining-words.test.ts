import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Note, Notebook } from '#model';
import { openBackups } from '../../electron/storage/backups/backups';
import { createProblems } from '../../electron/storage/problems';
import { allRows } from './all-rows';
import { type OwnFolder, openOwnFolder } from './changed-documents';
import { arrive, EDITED, notebookOf, openMarked, value } from './harbour-documents';
import { forgetDocument, keepLog, makeNote, openCore } from './host-fixtures';
import { waitFor } from './wait-for';

const now = () => new Date().toISOString();
const COUNT = 'The children would count';
const LOST = 'lost count before';

/** A document with three notes, and a new edition of it with notes of its own. */
async function openTwo(quotes: readonly string[] = [COUNT]) {
  const opened = await openMarked();
  await opened.write('second.txt', EDITED);
  const fromId = await arrive(opened, 'second.txt');
  const own = await opened.mark('second.txt', EDITED, quotes);
  const [note = makeNote({})] = own;
  const change = async (documentId: string, ...changes: object[]) => value(await opened.call('notebook.apply', { documentId, changes }));
  const written = (body: string): Note => ({ ...note, body, modifiedAt: now() });
  return { opened, fromId, own, note, written, change, id: opened.id, call: opened.call };
}

const idsOf = async (opened: Pick<OwnFolder, 'call'>, id: string) => (await notebookOf(opened, id)).notes.map((each) => each.id);
const bodiesOf = async (opened: Pick<OwnFolder, 'call'>, id: string) => (await notebookOf(opened, id)).notes.map(({ body }) => body);
const filed = async ({ dataFolder }: Pick<OwnFolder, 'dataFolder'>, id: string): Promise<Notebook> =>
  JSON.parse(await readFile(path.join(dataFolder, 'notebooks', `${id}.json`), 'utf8'));

async function backUp({ core, dataFolder }: OwnFolder): Promise<void> {
  await core.flush();
  await openBackups({ dataFolder, log: keepLog(), problems: createProblems() }).run(new Date('2026-11-20T12:00:00Z'));
}

test('what another machine writes later on a document that was joined comes along, and takes nothing away', async () => {
  const { opened, fromId, own, id, call } = await openTwo([COUNT, LOST]);
  const elsewhere = await notebookOf(opened, fromId);
  value(await call('join.apply', { fromId, intoId: id }));
  const file = path.join(opened.dataFolder, 'notebooks', `${fromId}.sync-conflict-2.json`);
  await writeFile(file, JSON.stringify({ ...elsewhere, notes: [...elsewhere.notes, makeNote({ body: 'late' })] }));
  await waitFor(async () => expect(await bodiesOf(opened, id)).toContain('late'));
  expect(await idsOf(opened, id)).toEqual(expect.arrayContaining(own.map((each) => each.id)));
  await waitFor(async () => expect(await idsOf(opened, fromId)).toEqual([]));
});

test('what a window writes later on a document that was joined goes to the one with the notes at once', async () => {
  const { opened, fromId, note, id, call, change } = await openTwo();
  await backUp(opened);
  value(await call('join.apply', { fromId, intoId: id }));
  await change(fromId, { type: 'put-note', note: makeNote({ body: 'late' }) });
  await waitFor(async () => expect(await bodiesOf(opened, id)).toContain('late'));
  expect(await idsOf(opened, id)).toContain(note.id);
  await waitFor(async () => expect(await idsOf(opened, fromId)).toEqual([]));
  await opened.core.flush();
  const again = await openCore({ dataFolder: opened.dataFolder, machine: 'another' });
  expect(await idsOf(again, id)).toHaveLength(5);
  // A document whose words are another's did not lose them, also where the newest backup has it with them.
  expect((await again.call('app.info', {})).problems).toEqual([]);
});

test('a document that was forgotten, and is joined then, takes nothing away from the other one', async () => {
  const { opened, fromId, id, call, change } = await openTwo();
  await change(id, { type: 'set-title', title: 'Mine' }, { type: 'set-tags', tags: ['Sea'] });
  value(await forgetDocument(call, fromId));
  expect(await call('join.likely', { documentId: fromId })).toMatchObject([{ fromId, intoId: id }]);
  value(await call('join.apply', { fromId, intoId: id }));
  const joined = await notebookOf(opened, id);
  expect(joined).toMatchObject({ title: 'Mine', tags: ['Sea'] });
  expect(joined.notes).toHaveLength(3);
  expect(joined).not.toHaveProperty('forgottenAt');
});

test('what is saved in the midst of joining stays', async () => {
  const { opened, fromId, note, written, id, call, change } = await openTwo();
  const joining = call('join.apply', { fromId, intoId: id });
  await change(fromId, { type: 'put-note', note: written('a thought'), basedOn: note.modifiedAt });
  value(await joining);
  await waitFor(async () => expect(await bodiesOf(opened, id)).toContain('a thought'));
});

test('what was written and then deleted since is in the trash when joining is taken back, and so is what was there before', async () => {
  const { opened, fromId, own, note, written, id, call, change } = await openTwo([COUNT, LOST]);
  const [, before] = own;
  await change(fromId, { type: 'delete-note', noteId: before?.id, at: now() });
  value(await call('join.apply', { fromId, intoId: id }));
  await change(id, { type: 'put-note', note: written('written since') }, { type: 'delete-note', noteId: note.id, at: now() });
  value(await call('join.undo', { fromId, intoId: id }));
  const { notes, deletedNotes } = await notebookOf(opened, fromId);
  expect(notes).toEqual([]);
  expect(deletedNotes.map((each) => each.note.body).sort()).toEqual([before?.body, 'written since'].sort());
});

test('joining again after it was taken back brings the notes as they are by then', async () => {
  const { opened, fromId, written, id, call, change } = await openTwo();
  await change(fromId, { type: 'set-tags', tags: ['Sea'] });
  value(await call('join.apply', { fromId, intoId: id }));
  await change(id, { type: 'put-note', note: written('written since') });
  value(await call('join.undo', { fromId, intoId: id }));
  expect(await bodiesOf(opened, id)).not.toContain('written since');
  expect(await bodiesOf(opened, fromId)).toEqual(['written since']);
  value(await call('join.apply', { fromId, intoId: id }));
  expect(await bodiesOf(opened, id)).toContain('written since');
  expect(await notebookOf(opened, id)).toMatchObject({ tags: ['Sea'] });
});

test('a note that was made since stays with the document on whose text it stands when the joining is taken back', async () => {
  const { opened, fromId, note, id, call } = await openTwo();
  value(await call('join.apply', { fromId, intoId: id }));
  // The text that is shown is that of the file which came.
  const made = await opened.mark('second.txt', EDITED, [LOST]);
  const later = `${EDITED}\nA line more.\n`;
  await opened.write('second.txt', later);
  await waitFor(() => expect(opened.row('second.txt')?.words).toBe(later.trim().split(/\s+/).length));
  const [last] = await opened.mark('second.txt', later, ['A line more']);
  const going = [note, ...made, last].map((each) => each?.id).sort();
  expect(value(await call('join.undo', { fromId, intoId: id })).noteIds.sort()).toEqual(going);
  expect((await idsOf(opened, fromId)).sort()).toEqual(going);
  expect(await idsOf(opened, id)).toHaveLength(3);
  expect([opened.row('second.txt')?.id, opened.row('harbour.txt')?.id]).toEqual([fromId, id]);
});

test('two joinings with one document are taken back one after the other, the last first, and no other', async () => {
  const { opened, fromId, own, id, call } = await openTwo();
  const third = opened.idOf('other.txt') ?? '';
  value(await call('join.apply', { fromId, intoId: id }));
  value(await call('join.apply', { fromId: third, intoId: id }));
  expect(await call('join.undo', { fromId, intoId: id })).toMatchObject({ ok: false, failure: { code: 'problem-solved' } });
  value(await call('join.undo', { fromId: third, intoId: id }));
  expect(opened.row('other.txt')).toMatchObject({ id: third, noteCount: 0 });
  value(await call('join.undo', { fromId, intoId: id }));
  expect(await idsOf(opened, fromId)).toEqual(own.map((each) => each.id));
  expect(opened.row('harbour.txt')).toMatchObject({ id, noteCount: 3 });
});

test('two documents that two machines joined both ways are one of them in the end, with all notes of both', async () => {
  const { opened, fromId, id } = await openTwo([COUNT, LOST]);
  await opened.core.close();
  for (const [one, other] of [
    [id, fromId],
    [fromId, id],
  ] as const) {
    const kept = await filed(opened, one);
    const joined = { ...kept, sameAs: other, fieldTimes: { ...kept.fieldTimes, sameAs: now() } };
    await writeFile(path.join(opened.dataFolder, 'notebooks', `${one}.json`), JSON.stringify(joined));
  }
  const again = await openOwnFolder(opened);
  const heir = [id, fromId].toSorted()[0] ?? '';
  const emptied = heir === id ? fromId : id;
  await waitFor(async () => expect(new Set(await idsOf(again, heir)).size).toBe(5));
  await waitFor(async () => expect(await idsOf(again, emptied)).toEqual([]));
  expect(await notebookOf(again, heir)).not.toHaveProperty('sameAs');
  await again.core.close();
  const third = await openOwnFolder(again);
  expect(await idsOf(third, heir)).toHaveLength(5);
});

test('what is written on a document that was joined with one that was joined, too, goes to the one with the notes', async () => {
  const { opened, fromId, own, id, call, change } = await openTwo();
  const third = opened.idOf('other.txt') ?? '';
  await change(third, { type: 'set-tags', tags: ['Sea'] });
  value(await call('join.apply', { fromId, intoId: id }));
  value(await call('join.apply', { fromId: id, intoId: third }));
  await change(fromId, { type: 'put-note', note: makeNote({ body: 'late' }) });
  await waitFor(async () => expect(await bodiesOf(opened, third)).toContain('late'));
  expect(await idsOf(opened, third)).toEqual(expect.arrayContaining(own.map((each) => each.id)));
  for (const each of [fromId, id]) await waitFor(async () => expect(await idsOf(opened, each)).toEqual([]));
  // A circle is never made by joining.
  expect(await call('join.apply', { fromId: third, intoId: fromId })).toMatchObject({ ok: false });
  expect(await idsOf(opened, third)).toHaveLength(5);
});

test('a document that is joined with one that was joined, too, becomes the one with the notes, as the answer says', async () => {
  const { opened, fromId, id, call, change } = await openTwo();
  const third = opened.idOf('other.txt') ?? '';
  await change(third, { type: 'set-tags', tags: ['Sea'] });
  value(await call('join.apply', { fromId: id, intoId: third }));
  expect(value(await call('join.apply', { fromId, intoId: id }))).toMatchObject({ intoId: third });
  expect(value(await call('join.undo', { fromId, intoId: third })).noteIds).not.toEqual([]);
});

test('a document that is said to be itself keeps its notes', async () => {
  const { opened, id } = await openTwo();
  await opened.core.close();
  const kept = await filed(opened, id);
  const file = path.join(opened.dataFolder, 'notebooks', `${id}.json`);
  await writeFile(file, JSON.stringify({ ...kept, sameAs: id, fieldTimes: { ...kept.fieldTimes, sameAs: now() } }));
  const again = await openOwnFolder(opened);
  await waitFor(async () => expect(await notebookOf(again, id)).not.toHaveProperty('sameAs'));
  expect(await idsOf(again, id)).toHaveLength(3);
});

test('two machines that have both documents open come to rest, with the notes in one of them', async () => {
  const { opened, fromId, own, id } = await openTwo([COUNT, LOST]);
  const { dataFolder, folder } = opened;
  const other = await openCore({ dataFolder, machine: 'another' });
  await other.core.library.addFolder(folder);
  await waitFor(() => expect(allRows(other.core.library).some((row) => row.id === fromId)).toBe(true));
  value(await opened.call('join.apply', { fromId, intoId: id }));
  for (const each of [opened, other]) {
    await waitFor(async () => expect(await idsOf(each, id)).toEqual(expect.arrayContaining(own.map((note) => note.id))));
    await waitFor(async () => expect(await idsOf(each, fromId)).toEqual([]));
  }
  await opened.core.close();
  await other.core.close();
  expect((await filed(opened, fromId)).notes).toEqual([]);
  expect((await filed(opened, id)).notes).toHaveLength(5);
});

test('forgetting a document takes those that were joined with it out of backups, too', async () => {
  const { opened, fromId, written, id, call, change } = await openTwo();
  await change(fromId, { type: 'put-note', note: written('unspeakable') });
  await backUp(opened);
  value(await call('join.apply', { fromId, intoId: id }));
  expect(await call('forget.plan', { documentId: id })).toMatchObject({ ok: true, value: { backups: 1 } });
  value(await forgetDocument(call, id));
  const folder = path.join(opened.dataFolder, 'backups');
  const zips = (await readdir(folder)).filter((each) => each.endsWith('.zip'));
  expect(zips).not.toEqual([]);
  for (const name of zips)
    for (const [file, bytes] of Object.entries(unzipSync(await readFile(path.join(folder, name)))))
      expect(Buffer.from(bytes).includes('unspeakable'), file).toBe(false);
  expect(await filed(opened, fromId)).toMatchObject({ notes: [], sameAs: id });
});
