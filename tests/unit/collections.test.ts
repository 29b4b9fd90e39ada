import { expect, test } from 'vitest';
import { collectionsOf, type Notebook } from '#model';
import { exportText, makeNote, type OpenedCore, openCore } from './host-fixtures';
import { packFiles } from './import-files';

const THESIS = '11111111-1111-4111-8111-111111111111';
const documents = { 'one.txt': 'The first text.', 'two.txt': 'The second text.', 'three.txt': 'The third text.' };
const byTitle = { sort: 'title', ascending: true } as const;

async function open() {
  const opened = await openCore({ documents });
  await opened.core.library.ready;
  const ids = await opened.call('library.document-ids', { query: byTitle });
  return { ...opened, ids };
}
const notebookOf = async ({ call }: OpenedCore, documentId: string): Promise<Notebook> => {
  const read = await call('library.notebook', { documentId });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value.notebook;
};
const apply = async ({ call }: OpenedCore, edit: unknown) => {
  const done = await call('bulk.apply', edit);
  if (!done.ok) throw new Error(done.failure.message);
  return done.value;
};
const name = ({ call }: OpenedCore, to: string, more: { isRemoved?: true } = {}) =>
  call('settings.update', {
    patch: { collections: { [THESIS]: { name: to, changedAt: new Date(Date.now() + clock++).toISOString(), ...more } } },
  });
let clock = 0;
const found = async ({ call }: OpenedCore, query: string): Promise<number> => {
  const answer = await call('search.run', { query, limit: 10 });
  return answer.ok ? answer.value.documentCount : -1;
};

test('many documents are put into a collection as one, counted and found by its name as it is now, and taken out as one', async () => {
  const opened = await open();
  const { call, ids } = opened;
  await name(opened, 'Thesis');
  const edit = { type: 'set-collection', documentIds: ids.slice(0, 2), collectionId: THESIS, name: 'Thesis', isIn: true };
  const done = await apply(opened, edit);
  expect(done.message).toBe('Put 2 documents into the collection “Thesis”.');
  expect((await apply(opened, edit)).message).toBe('They are so already, so nothing was changed.');
  const { counts } = await call('library.overview', {});
  expect(counts.collections).toEqual([{ id: THESIS, name: 'Thesis', documents: 2 }]);
  expect(await call('library.document-ids', { query: { ...byTitle, collectionId: THESIS } })).toEqual(ids.slice(0, 2));
  await expect.poll(() => found(opened, 'collection:thesis')).toBe(2);
  await name(opened, 'Dissertation');
  await expect.poll(() => found(opened, 'collection:dissertation')).toBe(2);
  expect(await found(opened, 'collection:thesis')).toBe(0);
  await name(opened, 'Dissertation', { isRemoved: true });
  await expect.poll(() => found(opened, 'collection:dissertation')).toBe(0);
  await name(opened, 'Dissertation');
  await expect.poll(() => found(opened, 'collection:dissertation')).toBe(2);

  await call('bulk.undo', { editId: done.editId });
  expect(collectionsOf(await notebookOf(opened, ids[0] ?? ''))).toEqual([]);
  await call('bulk.redo', { editId: done.editId });
  expect(collectionsOf(await notebookOf(opened, ids[0] ?? ''))).toEqual([{ id: THESIS, name: 'Thesis' }]);
  const { rows } = await call('notebook.activities', { from: 0, count: 20 });
  const told = rows.flatMap(({ activity }) => (activity.type === 'collection-set' ? [[activity.from, activity.to]] : []));
  expect(told).toEqual([
    [undefined, 'Dissertation'],
    ['Dissertation', undefined],
    ['Thesis', 'Dissertation'],
    [undefined, 'Thesis'],
  ]);
});

test('favourites and the reading list are set of many, counted, found, and kept in the order of their coming', async () => {
  const opened = await open();
  const { call, ids } = opened;
  const [one = '', two = '', three = ''] = ids;
  await apply(opened, { type: 'set-favourite', documentIds: [one, two], isFavourite: true });
  await apply(opened, { type: 'set-later', documentIds: [three, one], isLater: true });
  const query = { later: true, sort: 'later', ascending: true } as const;
  expect(await call('library.document-ids', { query })).toEqual([three, one]);
  expect((await apply(opened, { type: 'set-later', documentIds: [one, two], isLater: true })).message).toBe(
    'Put 1 document into the reading list.',
  );
  expect(await call('library.document-ids', { query })).toEqual([three, one, two]);
  expect((await call('library.overview', {})).counts).toMatchObject({ favourites: 2, later: 3 });
  await expect.poll(() => found(opened, 'is:favourite')).toBe(2);
  await expect.poll(() => found(opened, 'is:favourite is:later')).toBe(2);
});

test('an export tells a collection by its name as it is now, and brings it into another library, where that is taken back whole', async () => {
  const opened = await open();
  const { call } = opened;
  const [one = ''] = opened.ids;
  await name(opened, 'Thesis');
  await apply(opened, { type: 'set-collection', documentIds: [one], collectionId: THESIS, name: 'Thesis', isIn: true });
  await apply(opened, { type: 'set-favourite', documentIds: [one], isFavourite: true });
  await call('notebook.apply', { documentId: one, changes: [{ type: 'put-note', note: makeNote({ body: 'words' }) }] });
  await name(opened, 'Dissertation');
  const scope = { type: 'documents', documentIds: [one] };
  const preview = await call('export.preview', { scope, format: 'json-ld', layout: 'single' });
  expect(preview.ok && preview.value.text).toContain('Dissertation');
  expect(preview.ok && preview.value.text).toContain('"favourite"');

  const into = await open();
  const content = await exportText(opened, 'json-ld');
  const planned = await into.core.uploads['import.plan'](packFiles({ 'export.json': content }));
  if (!planned.ok) throw new Error(planned.failure.message);
  await into.call('import.apply', { planId: planned.value.id, undelete: false });
  const counts = async () => (await into.call('library.overview', {})).counts;
  expect(await counts()).toMatchObject({ favourites: 1, collections: [{ id: THESIS, name: 'Dissertation', documents: 1 }] });
  await expect.poll(() => found(into, 'collection:dissertation')).toBe(1);
  await into.call('import.undo', {});
  expect(await counts()).toMatchObject({ favourites: 0, collections: [] });
});
