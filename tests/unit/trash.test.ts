import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { NotebookChange } from '#model';
import { listAllDeleted } from '../all-pages';
import { makeNote, openCore } from './host-fixtures';

const at = (day: number) => `2026-02-0${day}T12:00:00.000Z`;
const anchor = { start: 0, end: 3, exact: 'The', prefix: '', suffix: '', textHash: 'a'.repeat(64) };

/** A note that was made and deleted on a day of February. */
const deleted = (day: number, part: Parameters<typeof makeNote>[0] = {}): NotebookChange[] => {
  const note = makeNote(part);
  return [
    { type: 'put-note', note },
    { type: 'delete-note', noteId: note.id, at: at(day) },
  ];
};

test('the trash is emptied of what was deleted before a moment, and of nothing else, after it was counted', async () => {
  const { call, seedId, core, dataFolder } = await openCore({ documents: { 'other.txt': 'Another document.' } });
  await core.library.ready;
  const documentId = await seedId();
  const other = [...core.library.ids()].find((id) => id !== documentId) ?? '';
  await call('notebook.apply', { documentId, changes: [...deleted(1, { body: 'old words' }), ...deleted(2, { body: '', anchor })] });
  await call('notebook.apply', { documentId, changes: [{ type: 'put-note', note: makeNote({ body: 'stands' }) }] });
  await call('notebook.apply', { documentId: other, changes: [...deleted(2, { body: '', anchor }), ...deleted(3, { body: 'new words' })] });

  const before = at(3);
  const counted = { highlights: 2, pageNotes: 1, withWords: 1, documents: 2, changes: 0, locked: 0 };
  expect(await call('notebook.count-deleted', { before })).toEqual(counted);
  expect(await listAllDeleted(call)).toHaveLength(4);
  expect(await call('notebook.empty-trash', { before })).toEqual({ ok: true, value: { removed: 3, changes: 0 } });
  expect(await listAllDeleted(call)).toMatchObject([{ documentId: other, note: { body: 'new words' } }]);
  expect(await call('notebook.empty-trash', { before })).toEqual({ ok: true, value: { removed: 0, changes: 0 } });
  const stored = JSON.parse(await readFile(path.join(dataFolder, 'notebooks', `${documentId}.json`), 'utf8'));
  expect(stored).toMatchObject({ notes: [{ body: 'stands' }], deletedNotes: [] });
});

test('windows are told of what left the trash, also the one that asked', async () => {
  const { call, seedId, core } = await openCore();
  const documentId = await seedId();
  await call('notebook.apply', { documentId, changes: deleted(1, { body: 'words' }) });
  const told: unknown[] = [];
  core.subscribe('window', (event, payload) => event === 'notebook.changed' && told.push(payload));
  await call('notebook.empty-trash', { before: at(2) }, 'window');
  expect(told).toMatchObject([{ documentId, changes: [{ type: 'purge-note', deletedAt: at(1) }] }]);
  expect(told).not.toMatchObject([{ client: expect.anything() }]);
});

test('what tags and titles were before is counted and emptied likewise; that something was done stays listed', async () => {
  const { call, seedId, core } = await openCore();
  const documentId = await seedId();
  await call('notebook.apply', { documentId, changes: [{ type: 'set-tags', tags: ['old'] }, ...deleted(1)] });
  await call('notebook.apply', { documentId, changes: [{ type: 'set-title', title: 'Mine' }] });
  await call('notebook.empty-trash', { before: at(2) });
  await core.flush();
  const later = new Date(Date.now() + 60_000).toISOString();
  const types = async () => (await call('notebook.activities', { from: 0, count: 10 })).rows.map(({ activity }) => activity.type);
  expect(await call('notebook.count-deleted', { before: at(2) })).toMatchObject({ changes: 0 });
  expect(await call('notebook.count-deleted', { before: later })).toMatchObject({ changes: 2 });
  expect(await types()).toEqual(['notes-purged', 'field-set', 'document-tagged']);
  expect(await call('notebook.empty-trash', { before: later })).toEqual({ ok: true, value: { removed: 0, changes: 2 } });
  expect(await types()).toEqual(['notes-purged']);
  expect(core.library.summary(documentId)).toMatchObject({ title: 'Mine', tags: ['old'] });
});

test('no word stays in what joinings and changes of many are taken back by, though nothing of tags and titles goes', async () => {
  const { call, core, localFolder } = await openCore({ documents: { 'one.txt': 'A document.', 'two.txt': 'Another document.' } });
  await core.library.ready;
  const idOf = (title: string) => [...core.library.ids()].find((id) => core.library.summary(id)?.fileName === title) ?? '';
  const [fromId, intoId] = [idOf('one.txt'), idOf('two.txt')];
  const note = makeNote({ body: 'words that go' });
  await call('notebook.apply', { documentId: intoId, changes: [{ type: 'put-note', note }] });
  expect(await call('join.apply', { fromId, intoId })).toMatchObject({ ok: true });
  const edit = { type: 'delete-notes', notes: [{ documentId: intoId, noteIds: [note.id] }] };
  expect(await call('bulk.apply', edit)).toMatchObject({ ok: true });
  const namesIn = async () =>
    (await Promise.all(['joinings', 'bulk-edits'].map((name) => readdir(path.join(localFolder, name))))).map(({ length }) => length);
  expect(await namesIn()).toEqual([1, 1]);
  const before = new Date(Date.now() + 60_000).toISOString();
  expect(await call('notebook.empty-trash', { before })).toEqual({ ok: true, value: { removed: 1, changes: 0 } });
  expect(await namesIn()).toEqual([0, 0]);
});
