import { expect, test } from 'vitest';
import { makeNote, openCore } from './host-fixtures';

const text = 'A walk\n\nThe quay is long, and the lamp at its end is old.';
const textHash = 'a'.repeat(64);
const anchor = (exact: string) => ({
  start: text.indexOf(exact),
  end: text.indexOf(exact) + exact.length,
  exact,
  prefix: '',
  suffix: '',
  textHash,
});
const head = makeNote({ id: '01890000-0000-7000-8000-000000000001', anchor: anchor('the lamp'), body: 'Both are seen.', colour: 'green' });
const part = makeNote({
  id: '01890000-0000-7000-8000-000000000002',
  anchor: anchor('The quay'),
  body: '',
  partOf: head.id,
  colour: 'pink',
});

test('a note on two passages is one in the library, in lists, in the search and in the trash', async () => {
  const { core, call } = await openCore({ documents: { 'quay.txt': text } });
  await core.library.ready;
  const query = { sort: 'title', ascending: true, text: 'walk' } as const;
  const [documentId = ''] = await call('library.document-ids', { query });
  const put = (note: typeof head) => ({ type: 'put-note', note });
  expect(await call('notebook.apply', { documentId, changes: [put(part), put(head)] })).toMatchObject({ ok: true });
  const state = async () => {
    const { rows } = await call('library.documents', { query, from: 0, count: 1, locate: [] });
    const { counts } = await call('library.overview', {});
    return { row: rows[0]?.noteCount, notes: counts.notes, deleted: counts.deletedNotes };
  };
  expect(await state()).toEqual({ row: 1, notes: 1, deleted: 0 });
  const listed = (order: string) => call('notebook.notes', { query: { text: 'quay lamp', order }, from: 0, count: 10 });
  for (const order of ['newest', 'colour', 'document'])
    expect(await listed(order)).toMatchObject({
      ok: true,
      value: { total: 1, found: 1, rows: [{ inDocument: 1, note: { id: head.id, parts: [{ id: part.id }] } }] },
    });
  expect(await call('notebook.note-ids', { query: { text: '', order: 'newest' } })).toEqual([{ documentId, noteIds: [head.id] }]);

  const find = async () => {
    const found = await call('search.run', { query: 'quay lamp seen colour:green', limit: 5 });
    return found.ok ? found.value.groups.flatMap(({ hits }) => hits.flatMap(({ kind, noteId }) => (kind === 'quote' ? [noteId] : []))) : [];
  };
  // Words of both passages are found in one note.
  await expect.poll(find).toEqual([head.id]);

  const deleted = await call('bulk.apply', { type: 'delete-notes', notes: [{ documentId, noteIds: [head.id] }] });
  expect(deleted).toMatchObject({ ok: true, value: { message: 'Moved 1 note to the trash.' } });
  expect(await state()).toEqual({ row: 0, notes: 0, deleted: 1 });
  expect(await call('notebook.deleted-notes', { from: 0, count: 10 })).toMatchObject({
    total: 1,
    rows: [{ note: { id: head.id, parts: [{}] } }],
  });
  const told = await call('notebook.activities', { documentId, from: 0, count: 20 });
  const toldOf = (type: string) => told.rows.filter(({ activity }) => activity.type === type).length;
  expect([toldOf('note-deleted'), toldOf('note-made')]).toEqual([1, 2]);
  const editId = deleted.ok ? deleted.value.editId : undefined;
  expect(await call('bulk.undo', { editId })).toMatchObject({ ok: true });
  expect(await state()).toEqual({ row: 1, notes: 1, deleted: 0 });
  await call('notebook.apply', {
    documentId,
    changes: [head.id, part.id].map((noteId) => ({ type: 'delete-note', noteId, at: head.modifiedAt })),
  });
  await call('notebook.apply', { documentId, changes: [part.id, head.id].map((noteId) => ({ type: 'restore-note', noteId })) });
  const { rows } = await call('notebook.activities', { documentId, from: 0, count: 20 });
  expect(rows.filter(({ activity }) => activity.type === 'note-restored')).toMatchObject([{ activity: { noteId: head.id } }]);
});
