import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Notebook, NotebookChange } from '#model';
import { makeNote, type OpenedCore, openCore } from './host-fixtures';

const idOf = (index: number) => `01890000-0000-7000-8000-00000000000${index}`;
const documents = { 'one.txt': 'The first text.', 'two.txt': 'The second text.', 'three.txt': 'The third text.' };

const idsOf = async ({ core, call }: OpenedCore) => {
  await core.library.ready;
  const query = { sort: 'title', ascending: true } as const;
  const ids = await call('library.document-ids', { query });
  const rows = await call('library.documents', { query, from: 0, count: 10, locate: ids });
  const idBy = (name: string) => rows.rows.find(({ fileName }) => fileName === name)?.id ?? '';
  return { one: idBy('one.txt'), two: idBy('two.txt'), three: idBy('three.txt') };
};
const notebookOf = async ({ call }: OpenedCore, documentId: string): Promise<Notebook> => {
  const read = await call('library.notebook', { documentId });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value.notebook;
};
const tagsIn = ({ tags, notes, deletedNotes }: Notebook) => ({
  document: tags,
  notes: [...notes, ...deletedNotes.map(({ note }) => note)].sort((a, b) => (a.id < b.id ? -1 : 1)).map((note) => note.tags),
});
const apply = async ({ call }: OpenedCore, documentId: string, ...changes: NotebookChange[]) => {
  const applied = await call('notebook.apply', { documentId, changes });
  if (!applied.ok) throw new Error(applied.failure.message);
};
const move = (from: string, to?: string, isAlias?: boolean) => ({ type: 'move-tags' as const, moves: [{ from, to, isAlias }] });
const doneBy = async ({ call }: OpenedCore, edit: unknown) => {
  const done = await call('bulk.apply', edit);
  if (!done.ok) throw new Error(done.failure.message);
  return done.value;
};

/** Tags on three documents, on notes of two, one of them of another person, one in the trash. */
async function makeTagged() {
  const opened = await openCore({ documents });
  const ids = await idsOf(opened);
  const notes = [
    makeNote({ id: idOf(1), body: 'mine', tags: ['coast', 'coast/wind'] }),
    makeNote({ id: idOf(2), body: 'theirs', tags: ['coast'], creator: { name: 'Ada' } }),
    makeNote({ id: idOf(3), body: 'gone', tags: ['Coast'] }),
  ];
  await apply(
    opened,
    ids.one,
    { type: 'set-tags', tags: ['coast', 'shore'] },
    ...notes.map((note) => ({ type: 'put-note' as const, note })),
  );
  await apply(opened, ids.one, { type: 'delete-note', noteId: notes[2]?.id ?? '', at: '2026-01-03T00:00:00.000Z' });
  await apply(opened, ids.two, { type: 'set-tags', tags: ['Shore'] });
  await apply(opened, ids.three, { type: 'put-note', note: makeNote({ tags: ['coast/wind'] }) });
  await opened.call('tags.apply', { changes: [{ type: 'set-tag-colour', name: 'coast', colour: 'pink' }] });
  const before = {
    one: await notebookOf(opened, ids.one),
    two: await notebookOf(opened, ids.two),
    three: await notebookOf(opened, ids.three),
  };
  return { ...opened, ids, notes, before };
}

test('what moving a tag would change is listed with counts, and nothing is done by that', async () => {
  const opened = await makeTagged();
  const plan = await opened.call('bulk.plan-move', { from: 'COAST', to: 'shore' });
  expect(plan).toMatchObject({
    ok: true,
    value: {
      documents: 1,
      notes: 2,
      othersNotes: 1,
      locked: 0,
      tags: [
        { from: 'coast', to: 'shore', isThere: true, documents: 1, notes: 1 },
        { from: 'coast/wind', to: 'shore/wind', isThere: false, documents: 0, notes: 2 },
      ],
    },
  });
  expect(await notebookOf(opened, opened.ids.one)).toEqual(opened.before.one);
  expect(await opened.call('bulk.plan-move', { from: 'coast', to: 'coast/wind' })).toMatchObject({ failure: { code: 'tag-not-movable' } });
});

test('a tag is merged into another everywhere, and that is taken back as one, whatever came between', async () => {
  const opened = await makeTagged();
  const { call, ids, before, notes } = opened;
  const done = await doneBy(opened, move('coast', 'shore'));
  expect(done.message).toBe('Merged the tag “coast” into “shore” in 1 document and 2 notes.');
  expect(tagsIn(await notebookOf(opened, ids.one))).toEqual({
    document: ['shore'],
    notes: [['shore', 'shore/wind'], ['coast'], ['shore']],
  });
  expect(tagsIn(await notebookOf(opened, ids.three))).toEqual({ document: [], notes: [['shore/wind']] });
  expect(await call('tags.list', {})).toContainEqual(expect.objectContaining({ name: 'shore', colour: 'pink' }));

  const now = await notebookOf(opened, ids.one);
  const [first] = now.notes;
  if (!first) throw new Error('The note is gone.');
  const note = { ...first, body: 'written since', modifiedAt: new Date().toISOString() };
  await apply(opened, ids.one, { type: 'put-note', note, basedOn: first.modifiedAt });
  await apply(opened, ids.two, { type: 'set-tags', tags: ['Shore', 'new'] });
  expect(await call('bulk.undo', { editId: done.editId })).toMatchObject({ ok: true });
  const back = await notebookOf(opened, ids.one);
  expect(tagsIn(back)).toEqual(tagsIn(before.one));
  expect(back.notes.find(({ id }) => id === notes[0]?.id)?.body).toBe('written since');
  expect((await notebookOf(opened, ids.two)).tags).toEqual(['Shore', 'new']);
  const tags = await call('tags.list', {});
  expect(tags).toContainEqual(expect.objectContaining({ name: 'coast', colour: 'pink' }));
  expect(tags.filter(({ movedTo }) => typeof movedTo === 'string')).toEqual([]);
  expect(await call('bulk.undo', { editId: done.editId })).toMatchObject({ failure: { code: 'problem-solved' } });
  expect(await call('bulk.redo', { editId: done.editId })).toMatchObject({ ok: true });
  expect(tagsIn(await notebookOf(opened, ids.one)).document).toEqual(['shore']);
  await call('bulk.undo', { editId: done.editId });
  expect(tagsIn(await notebookOf(opened, ids.one))).toEqual(tagsIn(before.one));
});

test('what was changed is one entry of “What changed”, taken back after a restart too', async () => {
  const opened = await makeTagged();
  const done = await doneBy(opened, move('coast'));
  expect(done.message).toBe('Deleted the tag “coast” in 1 document and 2 notes.');
  await opened.core.close();
  const again = await openCore({ dataFolder: opened.dataFolder, seedsFolder: opened.seedsFolder });
  const list = async () => (await again.call('notebook.activities', { from: 0, count: 1 })).rows[0];
  expect(await list()).toMatchObject({ activity: { type: 'changed-together', message: done.message, editId: done.editId } });
  expect(await list()).not.toHaveProperty('obstacle');
  expect(await again.call('bulk.undo', { editId: done.editId })).toMatchObject({ ok: true });
  expect(tagsIn(await notebookOf(again, opened.ids.one))).toEqual(tagsIn(opened.before.one));
  expect(await list()).toMatchObject({ activity: { isUndo: true }, obstacle: 'This took something back.' });
});

test('what the end of Lectern cut off is taken back at the next start, and that is said', async () => {
  const opened = await makeTagged();
  const { editId = '' } = await doneBy(opened, move('coast', 'shore'));
  const half = await notebookOf(opened, opened.ids.three);
  expect(tagsIn(half).notes).toEqual([['shore/wind']]);
  await opened.core.close();
  const folder = path.join(opened.localFolder, 'bulk-edits');
  // As it is until all is done; its last line was cut off.
  const file = path.join(folder, `${editId}.begun.jsonl`);
  await rename(path.join(folder, `${editId}.done.jsonl`), file);
  await writeFile(file, (await readFile(file, 'utf8')).slice(0, -5));
  const again = await openCore({ dataFolder: opened.dataFolder, seedsFolder: opened.seedsFolder });
  for (const [id, before] of [
    [opened.ids.one, opened.before.one],
    [opened.ids.three, opened.before.three],
  ] as const)
    expect(tagsIn(await notebookOf(again, id))).toEqual(tagsIn(before));
  const { problems } = await again.call('app.info', {});
  expect(problems.map(({ message }) => message).join()).toContain('What had been changed was taken back');
});

test('what comes with a tag that was renamed gets the new one; one that is written again is in use again', async () => {
  const opened = await makeTagged();
  const { ids, notes } = opened;
  await doneBy(opened, move('coast', 'shore'));
  // It was in the trash of another window, or machine.
  await apply(opened, ids.one, { type: 'restore-note', noteId: notes[2]?.id ?? '' });
  expect(tagsIn(await notebookOf(opened, ids.one)).notes).toContainEqual(['shore']);
  await apply(opened, ids.two, { type: 'set-tags', tags: ['Shore', 'coast'] });
  await apply(opened, ids.two, { type: 'set-status', status: 'reading' });
  await opened.core.flush();
  expect((await notebookOf(opened, ids.two)).tags).toEqual(['Shore', 'coast']);
});

test('another machine’s words with the old tag get the new one', async () => {
  const opened = await makeTagged();
  const { ids } = opened;
  await opened.core.flush();
  const file = path.join(opened.dataFolder, 'notebooks', `${ids.three}.json`);
  const theirs = JSON.parse(await readFile(file, 'utf8')) as Notebook;
  await doneBy(opened, move('coast', 'shore'));
  await opened.core.flush();
  await opened.core.close();
  const note = makeNote({ body: 'from elsewhere', tags: ['coast/wind'], modifiedAt: new Date().toISOString() });
  const mine = JSON.parse(await readFile(file, 'utf8')) as Notebook;
  await writeFile(file, JSON.stringify({ ...mine, notes: [...theirs.notes, note] }));
  const again = await openCore({ dataFolder: opened.dataFolder, seedsFolder: opened.seedsFolder });
  await again.core.library.ready;
  await expect.poll(async () => tagsIn(await notebookOf(again, ids.three)).notes).toEqual([['shore/wind'], ['shore/wind']]);
});

test('many documents and notes are tagged, marked and deleted as one, and each is taken back as one', async () => {
  const opened = await makeTagged();
  const { ids, before, call } = opened;
  const documentIds = [ids.one, ids.two, ids.three];
  const notes = [
    { documentId: ids.one, noteIds: before.one.notes.map(({ id }) => id) },
    { documentId: ids.three, noteIds: before.three.notes.map(({ id }) => id) },
  ];
  const edits = [
    [
      { type: 'tag-documents', documentIds, add: ['Many'], remove: ['shore'] },
      'Tagged 3 documents with “Many”. Took “shore” off 3 documents.',
    ],
    [{ type: 'set-status', documentIds, status: 'finished' }, 'Marked 3 documents as finished.'],
    [{ type: 'tag-notes', notes, add: ['many'], remove: [] }, 'Tagged 2 notes with “many”. 1 note by others keeps its tags.'],
    [{ type: 'delete-notes', notes }, 'Moved 3 notes to the trash.'],
  ] as const;
  const editIds: string[] = [];
  for (const [edit, message] of edits) {
    const done = await doneBy(opened, edit);
    expect(done.message).toBe(message);
    editIds.push(done.editId ?? '');
    const again = await doneBy(opened, edit);
    expect(again).not.toHaveProperty('editId');
    if (edit.type === 'delete-notes') expect(again.message).toBe('All of them are in the trash already.');
  }
  expect(await notebookOf(opened, ids.two)).toMatchObject({ tags: ['Many'], status: 'finished' });
  expect((await notebookOf(opened, ids.one)).notes).toEqual([]);
  for (const editId of editIds.toReversed()) expect(await call('bulk.undo', { editId })).toMatchObject({ ok: true });
  for (const name of ['one', 'two', 'three'] as const) {
    const back = await notebookOf(opened, ids[name]);
    expect([tagsIn(back), back.status]).toEqual([tagsIn(before[name]), before[name].status]);
  }
});

test('unused tags are those that nothing carries, whatever is seen of the library, and deleting them takes no tag off', async () => {
  const opened = await openCore({ documents });
  const ids = await idsOf(opened);
  const [mine, gone] = [makeNote({ id: idOf(1), tags: ['above/noted'] }), makeNote({ id: idOf(2), tags: ['only-in-trash'] })];
  await apply(opened, ids.one, { type: 'put-note', note: mine }, { type: 'put-note', note: gone });
  await apply(
    opened,
    ids.one,
    { type: 'delete-note', noteId: gone.id, at: '2026-01-03T00:00:00.000Z' },
    { type: 'set-tags', tags: ['worn'] },
  );
  await apply(opened, ids.two, { type: 'set-tags', tags: ['left'] });
  await apply(opened, ids.two, { type: 'set-tags', tags: [] });
  await opened.call('tags.apply', { changes: [{ type: 'set-tag-colour', name: 'above', colour: 'pink' }] });
  const before = await notebookOf(opened, ids.one);
  await opened.core.close();
  // Before the folders are looked through.
  const again = await openCore({ dataFolder: opened.dataFolder, seedsFolder: opened.seedsFolder });
  expect(await again.call('bulk.unused-tags', {})).toEqual({ ok: true, value: ['left'] });
  const names = ['left', 'worn', 'above', 'only-in-trash'];
  const done = await doneBy(again, { type: 'delete-unused-tags', names });
  expect(done.message).toBe('Deleted the unused tag “left”.');
  const { editId = '' } = done;
  expect(await again.call('bulk.undo', { editId })).toMatchObject({ ok: true });
  await apply(again, ids.two, { type: 'set-tags', tags: ['left'] });
  expect(await again.call('bulk.redo', { editId })).toMatchObject({ ok: true });
  expect((await notebookOf(again, ids.two)).tags).toEqual(['left']);
  expect((await again.call('tags.list', {})).find(({ name }) => name === 'left')?.movedTo).toBeUndefined();
  await again.core.library.ready;
  expect(tagsIn(await notebookOf(again, ids.one))).toEqual(tagsIn(before));
  expect((await doneBy(again, { type: 'delete-unused-tags', names })).editId).toBeUndefined();
});

test('words typed in another window before it knew of a rename do not bring the old tag back', async () => {
  const opened = await openCore({ documents });
  const ids = await idsOf(opened);
  const note = makeNote({ id: idOf(1), body: 'a', tags: ['coast'] });
  await apply(opened, ids.one, { type: 'put-note', note });
  await doneBy(opened, move('coast', 'shore'));
  const typed = { ...note, body: 'ab', modifiedAt: new Date().toISOString() };
  await apply(opened, ids.one, { type: 'put-note', note: typed, basedOn: note.modifiedAt, from: note });
  expect((await notebookOf(opened, ids.one)).notes[0]).toMatchObject({ body: 'ab', tags: ['shore'] });
  expect((await opened.call('tags.list', {})).find(({ name }) => name === 'coast')?.movedTo).toBe('shore');
});

test('a tag that had gone is in use again once many are tagged with it, or once that comes back by undo, also after the next start', async () => {
  const opened = await openCore({ documents });
  const ids = await idsOf(opened);
  await apply(opened, ids.one, { type: 'set-tags', tags: ['coast', 'pier'] });
  const { editId } = await doneBy(opened, { type: 'tag-documents', documentIds: [ids.one], add: [], remove: ['pier'] });
  await doneBy(opened, move('coast', 'shore'));
  await doneBy(opened, move('pier', 'mole'));
  await doneBy(opened, { type: 'tag-documents', documentIds: [ids.two], add: ['coast'], remove: [] });
  await opened.call('bulk.undo', { editId });
  const movedTo = (await opened.call('tags.list', {})).filter((tag) => tag.movedTo !== undefined);
  expect(movedTo).toEqual([]);
  await opened.core.close();
  const again = await openCore({ dataFolder: opened.dataFolder, seedsFolder: opened.seedsFolder });
  await again.core.library.ready;
  expect((await notebookOf(again, ids.two)).tags).toEqual(['coast']);
  expect((await notebookOf(again, ids.one)).tags).toEqual(['shore', 'pier']);
});

test('another name of a tag leads to the tag that it became, and goes with it', async () => {
  const opened = await openCore({ documents });
  const ids = await idsOf(opened);
  const list = () => opened.call('tags.list', {});
  await apply(opened, ids.one, { type: 'set-tags', tags: ['coast/sand'] });
  await doneBy(opened, move('pebble', 'coast/sand', true));
  const { editId } = await doneBy(opened, move('coast', 'shore'));
  expect((await list()).find(({ name }) => name === 'pebble')).toMatchObject({ movedTo: 'shore/sand', isAlias: true });
  await opened.call('bulk.undo', { editId });
  expect((await list()).find(({ name }) => name === 'pebble')).toMatchObject({ movedTo: 'coast/sand', isAlias: true });
  await doneBy(opened, move('coast'));
  const pebble = (await list()).find(({ name }) => name === 'pebble');
  expect([pebble?.movedTo, pebble?.isAlias]).toEqual([null, undefined]);
});

test('the tag that is moved is the first row of the plan, whichever was written first', async () => {
  const opened = await openCore({ documents });
  const ids = await idsOf(opened);
  await apply(opened, ids.one, { type: 'set-tags', tags: ['Coast/wind', 'Coast', 'shore'] });
  const plan = await opened.call('bulk.plan-move', { from: 'coast', to: 'shore' });
  expect(plan).toMatchObject({ value: { tags: [{ from: 'Coast', isThere: true }, { from: 'Coast/wind' }] } });
});

test('what is asked for twice, without a name, of others or of what is gone is not done or told as if it were', async () => {
  const opened = await openCore({ documents });
  const { one } = await idsOf(opened);
  const [mine, theirs] = [makeNote({ id: idOf(1) }), makeNote({ id: idOf(2), creator: { name: 'Ada' } })];
  await apply(opened, one, { type: 'put-note', note: mine }, { type: 'put-note', note: theirs });
  const documentsTagged = (documentIds: string[], add: string[]) => doneBy(opened, { type: 'tag-documents', documentIds, add, remove: [] });
  expect((await documentsTagged([one, one], ['a', 'A', '#b ', ' / '])).message).toBe('Tagged 1 document with “a”, “b”.');
  expect((await notebookOf(opened, one)).tags).toEqual(['a', 'b']);
  expect(await documentsTagged([one], ['b'])).toEqual({ message: 'They are so already, so nothing was changed.' });
  expect(await documentsTagged(['f'.repeat(32)], ['b'])).toEqual({ message: 'Nothing was changed. 1 document is not there any more.' });
  const notesTagged = (...noteIds: string[]) =>
    doneBy(opened, { type: 'tag-notes', notes: [{ documentId: one, noteIds }], add: ['x'], remove: [] });
  expect(await notesTagged(theirs.id)).toEqual({ message: 'Nothing was changed. 1 note by others keeps its tags.' });
  expect((await notesTagged(mine.id, theirs.id)).message).toBe('Tagged 1 note with “x”. 1 note by others keeps its tags.');
  await expect(opened.call('bulk.apply', { type: 'delete-notes', notes: [] })).rejects.toThrow();
});

/** Documents that were tagged together, and the file that takes that back. */
async function makeTaggedTogether() {
  const opened = await openCore({ documents: { 'one.txt': 'x', 'two.txt': 'y' } });
  await opened.core.library.ready;
  const ids = await opened.call('library.document-ids', { query: { sort: 'title', ascending: true } });
  const { editId = '' } = await doneBy(opened, { type: 'tag-documents', documentIds: ids, add: ['many'], remove: [] });
  const record = (state: string) => path.join(opened.localFolder, 'bulk-edits', `${editId}.${state}.jsonl`);
  const tagsNow = (of: OpenedCore) => Promise.all(ids.map(async (id) => (await notebookOf(of, id)).tags));
  return { ...opened, ids, editId, record, tagsNow };
}

test('where what was noted of one document cannot be understood, the others are taken back and that is said', async () => {
  const opened = await makeTaggedTogether();
  const { record, tagsNow, call, editId } = opened;
  const file = record('done');
  await writeFile(file, (await readFile(file, 'utf8')).replace('set-tags', 'set-tagz'));
  expect(await call('bulk.undo', { editId })).toMatchObject({ ok: false, failure: { message: expect.stringContaining('Not everything') } });
  expect((await tagsNow(opened)).flat()).toEqual(['many']);
});

test('a notebook that cannot be changed at the next start is taken back at one where it can', async () => {
  const opened = await makeTaggedTogether();
  const { ids, record, tagsNow, dataFolder, seedsFolder } = opened;
  await opened.core.close();
  await rename(record('done'), record('begun'));
  const file = path.join(dataFolder, 'notebooks', `${ids[1]}.json`);
  const good = await readFile(file, 'utf8');
  await writeFile(file, good.slice(0, 40));
  const again = await openCore({ dataFolder, seedsFolder });
  const { problems } = await again.call('app.info', {});
  expect(problems.map(({ message }) => message).join()).toContain('not all of it could be taken back');
  await again.core.close();
  await writeFile(file, good);
  const third = await openCore({ dataFolder, seedsFolder });
  expect((await tagsNow(third)).flat()).toEqual([]);
});

test('a taking back that the end of Lectern cut off is gone on with at the next start, and that is said', async () => {
  const opened = await makeTaggedTogether();
  const { record, tagsNow, dataFolder, seedsFolder } = opened;
  await opened.core.close();
  await rename(record('done'), record('begun'));
  const again = await openCore({ dataFolder, seedsFolder });
  expect((await tagsNow(again)).flat()).toEqual([]);
  const { problems } = await again.call('app.info', {});
  expect(problems.map(({ message }) => message)).toContain(
    'Lectern was ended while a change of many documents was taken back or made again. All of it is taken back now.',
  );
});

test('a rename that is made again renames the tag of what came since too, and all of it is taken back', async () => {
  const opened = await makeTagged();
  const { ids, before, call } = opened;
  const { editId } = await doneBy(opened, move('coast', 'shore'));
  await call('bulk.undo', { editId });
  await apply(opened, ids.two, { type: 'set-tags', tags: ['coast'] });
  expect(await call('bulk.redo', { editId })).toMatchObject({ ok: true });
  expect([(await notebookOf(opened, ids.one)).tags, (await notebookOf(opened, ids.two)).tags]).toEqual([['shore'], ['shore']]);
  await call('bulk.undo', { editId });
  expect(tagsIn(await notebookOf(opened, ids.one))).toEqual(tagsIn(before.one));
  expect((await notebookOf(opened, ids.two)).tags).toEqual(['coast']);
});

test('saved searches that name a tag go along with it, for every window, and back with it', async () => {
  const opened = await makeTagged();
  const { call, core } = opened;
  const search = (query: string, name?: string) => ({ query, ...(name && { name }), changedAt: '2026-01-02T00:00:00.000Z' });
  const saved = {
    named: search('tag:coast dune', 'By the sea'),
    under: search('-tag:"Coast/Wind" OR tag:shore'),
    deeper: search('tag:coast/wind/north'),
    other: search('coast tag:coastal title:coast'),
    gone: { ...search('tag:coast'), isRemoved: true },
  };
  await call('settings.update', { patch: { savedSearches: saved } });
  const told: string[] = [];
  core.subscribe('another', (event, payload) => {
    if (event === 'settings.changed' && 'settings' in payload) told.push(payload.settings.savedSearches['named']?.query ?? '');
  });
  const queries = async () => {
    const { savedSearches } = await call('settings.read', {});
    return Object.fromEntries(Object.entries(savedSearches).map(([id, { query }]) => [id, query]));
  };
  const before = await queries();
  const { editId } = await doneBy(opened, move('coast', 'sea side'));
  const after = {
    ...before,
    named: 'tag:"sea side" dune',
    under: '-tag:"sea side/Wind" OR tag:shore',
    deeper: 'tag:"sea side/wind/north"',
  };
  expect(await queries()).toEqual(after);
  expect((await call('settings.read', {})).savedSearches['named']?.name).toBe('By the sea');
  await call('bulk.undo', { editId });
  expect(await queries()).toEqual(before);
  await call('bulk.redo', { editId });
  expect(await queries()).toEqual(after);
  expect(told).toEqual([after.named, before.named, after.named]);
  // One that the reader changed since stays.
  const { savedSearches } = await call('settings.read', {});
  const changed = { query: 'tag:"sea side" cliff', changedAt: new Date(Date.now() + 1000).toISOString() };
  await call('settings.update', { patch: { savedSearches: { ...savedSearches, named: changed } } });
  await call('bulk.undo', { editId });
  expect(await queries()).toEqual({ ...before, named: changed.query });
});

test('a new name that a tag was given is not left behind once that is taken back, but where it is in use by then', async () => {
  const opened = await makeTagged();
  const { call, ids } = opened;
  const unused = () => call('bulk.unused-tags', {});
  const { editId } = await doneBy(opened, move('coast', 'sea/side'));
  await call('bulk.undo', { editId });
  expect(await unused()).toEqual({ ok: true, value: [] });
  await call('bulk.redo', { editId });
  expect(tagsIn(await notebookOf(opened, ids.one)).document).toEqual(['sea/side', 'shore']);
  await apply(opened, ids.two, { type: 'set-tags', tags: ['sea/side'] });
  await call('bulk.undo', { editId });
  expect((await notebookOf(opened, ids.two)).tags).toEqual(['sea/side']);
  await apply(opened, ids.two, { type: 'set-tags', tags: [] });
  expect(await unused()).toEqual({ ok: true, value: ['sea/side'] });
});

test('a taking back that is stopped leaves all as it is, and one that is made again leaves all taken back', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `${String(index).padStart(2, '0')}.txt`);
  const opened = await openCore({ documents: Object.fromEntries(names.map((name) => [name, name])) });
  const { call, core } = opened;
  await core.library.ready;
  const documentIds = await call('library.document-ids', { query: { sort: 'title', ascending: true } });
  const tagged = async () => {
    const tags = await Promise.all(documentIds.map(async (id) => (await notebookOf(opened, id)).tags.length));
    return tags.filter((count) => count > 0).length;
  };
  const { editId } = await doneBy(opened, { type: 'tag-documents', documentIds, add: ['many'], remove: [] });
  const totals: number[] = [];
  const stopped = async (method: 'bulk.undo' | 'bulk.redo') => {
    const unsubscribe = core.subscribe('window', (event, payload) => {
      if (event === 'bulk.progress' && 'total' in payload) totals.push(payload.total);
      if (event === 'notebook.changed') void call('bulk.stop', {});
    });
    const done = await call(method, { editId });
    unsubscribe();
    return done;
  };
  expect(await stopped('bulk.undo')).toMatchObject({ failure: { code: 'cancelled', message: 'It was stopped. Nothing was changed.' } });
  expect(await tagged()).toBe(documentIds.length);
  expect(await call('bulk.undo', { editId })).toMatchObject({ ok: true });
  expect(await tagged()).toBe(0);
  expect(await stopped('bulk.redo')).toMatchObject({ failure: { code: 'cancelled' } });
  expect(await tagged()).toBe(0);
  expect(totals).toContain(documentIds.length);
  expect(await call('bulk.redo', { editId })).toMatchObject({ ok: true });
  expect(await tagged()).toBe(documentIds.length);
});

test('records of documents whose files are gone go to the trash with their notes, and come back as one', async () => {
  const opened = await makeTagged();
  const { ids, before, call, core, seedsFolder } = opened;
  await apply(opened, ids.one, { type: 'set-title', title: 'As I call it' });
  await apply(opened, ids.one, { type: 'set-author', author: 'Jane Doe' });
  for (const name of ['one.txt', 'two.txt']) await rm(path.join(seedsFolder, name));
  await expect.poll(() => [ids.one, ids.two].map((id) => core.library.summary(id)?.missing)).toEqual([true, true]);
  const all = { type: 'remove-records', documentIds: [ids.one, ids.two, ids.three] };
  const done = await doneBy(opened, all);
  expect(done.message).toBe('Removed the records of 2 documents, and moved 2 notes to the trash. 1 document has its file, and stays.');
  expect([ids.one, ids.two, ids.three].map((id) => core.library.summary(id)?.id)).toEqual([undefined, undefined, ids.three]);
  expect((await notebookOf(opened, ids.three)).notes).toEqual(before.three.notes);
  const { rows } = await call('notebook.deleted-notes', { from: 0, count: 9 });
  expect(rows.map(({ note }) => note.body).sort()).toEqual(['gone', 'mine', 'theirs']);
  expect(await doneBy(opened, { ...all, documentIds: [ids.one] })).toEqual({
    message: 'They are not listed any more, so nothing was changed.',
  });
  expect(await doneBy(opened, { ...all, documentIds: [ids.three] })).toEqual({
    message: 'Nothing was changed. 1 document has its file, and stays.',
  });
  expect(await call('bulk.undo', { editId: done.editId })).toMatchObject({ ok: true });
  expect(tagsIn(await notebookOf(opened, ids.one))).toEqual(tagsIn(before.one));
  expect(core.library.summary(ids.one)).toMatchObject({ title: 'As I call it', author: 'Jane Doe', noteCount: 2, missing: true });
  expect(core.library.summary(ids.two)).toMatchObject({ tags: ['Shore'], missing: true });
  // A title that was given since stays.
  await call('bulk.redo', { editId: done.editId });
  await apply(opened, ids.one, { type: 'set-title', title: 'Another' });
  await call('bulk.undo', { editId: done.editId });
  expect(core.library.summary(ids.one)).toMatchObject({ title: 'Another', noteCount: 2 });
});
