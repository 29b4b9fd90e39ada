import { expect, test } from 'vitest';
import type { Note } from '#model';
import { SYSTEM_LINK, writePlace } from '#model';
import { makeNote, type OpenedCore, openCore } from './host-fixtures';

const documents = { 'quay.txt': 'The winter quay.', 'one.txt': 'The first text.', 'two.txt': 'The second text.' };
const page = { from: 0, count: 10 };

async function openLinked() {
  const opened = await openCore({ documents });
  await opened.core.library.ready;
  const idOf = async (title: string) => (await opened.call('library.titles', { text: title, limit: 1 }))[0]?.id ?? '';
  const ids = { quay: await idOf('The winter quay.'), one: await idOf('The first text.'), two: await idOf('The second text.') };
  const put = async (documentId: string, ...notes: Note[]) => {
    const applied = await opened.call('notebook.apply', { documentId, changes: notes.map((note) => ({ type: 'put-note', note })) });
    if (!applied.ok) throw new Error(applied.failure.message);
  };
  return { ...opened, ids, put };
}

const here = async ({ call }: Pick<OpenedCore, 'call'>, documentId: string, noteId?: string) => {
  const { rows, total, linkedNotes } = await call('links.here', { documentId, noteId, ...page });
  return { total, rows: rows.map(({ title, count, notes }) => [title, count, notes.map(({ words }) => words)]), linkedNotes };
};

test('a document and its notes tell which notes lead to them, as these are now', async () => {
  const opened = await openLinked();
  const { ids, put, call } = opened;
  const note = makeNote({ body: 'A note of the quay' });
  await put(ids.quay, note);
  expect(await here(opened, ids.quay)).toEqual({ total: 0, rows: [], linkedNotes: [] });
  const linking = makeNote({ body: 'See **[[the winter  QUAY.]]**' });
  await put(ids.one, linking);
  await put(ids.two, makeNote({ body: `[there](${SYSTEM_LINK}${writePlace({ documentId: ids.quay, noteId: note.id })})` }), makeNote());
  expect(await here(opened, ids.quay)).toEqual({
    total: 2,
    rows: [
      ['The first text.', 1, ['See the winter QUAY.']],
      ['The second text.', 1, ['there']],
    ],
    linkedNotes: [[note.id, 1]],
  });
  expect((await here(opened, ids.quay, note.id)).rows).toEqual([['The second text.', 1, ['there']]]);

  await call('notebook.apply', { documentId: ids.quay, changes: [{ type: 'set-title', title: 'Another name' }] });
  expect((await here(opened, ids.quay)).total).toBe(2);
  expect(await call('links.find', { title: 'Another name' })).toEqual({ documentIds: [ids.quay] });
  expect(await call('links.find', { title: 'The winter quay.' })).toEqual({ documentIds: [ids.quay] });

  await put(ids.one, { ...linking, body: 'No link now', modifiedAt: '2026-01-03T00:00:00.000Z' });
  expect((await here(opened, ids.quay)).total).toBe(1);
});

test('titles that name nothing are told, and one names a note that has it for a heading', async () => {
  const { call, ids, put } = await openLinked();
  const titles = ['The winter quay.', 'Nowhere', 'A summary'];
  expect(await call('links.missing', { titles })).toEqual(['Nowhere', 'A summary']);
  const note = makeNote({ body: '# A summary\n\nWords' });
  await put(ids.one, note);
  expect(await call('links.missing', { titles })).toEqual(['Nowhere']);
  expect(await call('links.find', { title: 'a summary' })).toEqual({ documentIds: [], note: { documentId: ids.one, noteId: note.id } });
});

test('a link by address tells where it leads by now: to the document, a note in the trash, or nowhere', async () => {
  const { call, ids, put } = await openLinked();
  const note = makeNote({ body: 'words' });
  await put(ids.one, note);
  const place = { documentId: ids.one, noteId: note.id };
  expect(await call('links.place', place)).toEqual({ documentId: ids.one, note: 'here' });
  await call('notebook.apply', {
    documentId: ids.one,
    changes: [{ type: 'delete-note', noteId: note.id, at: '2026-01-03T00:00:00.000Z' }],
  });
  expect(await call('links.place', place)).toEqual({ documentId: ids.one, note: 'in-trash' });
  expect(await call('links.place', { ...place, noteId: crypto.randomUUID() })).toEqual({ documentId: ids.one, note: 'gone' });
  expect(await call('links.place', { documentId: crypto.randomUUID() })).toEqual({});
});
