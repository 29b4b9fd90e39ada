import { afterEach, beforeEach, expect, test } from 'vitest';
import { ok, settingsSchema } from '#api';
import { emptyHistory } from '#model';
import { makeCollection, removeCollection, renameCollection, takeCollectionBack } from '../../../renderer/state/actions/collections';
import { documentQuery } from '../../../renderer/state/actions/document-list';
import { moveInReadingList } from '../../../renderer/state/actions/shelf';
import { redoChange, undoChange } from '../../../renderer/state/actions/undo';
import { setBridge } from '../../../renderer/state/client';
import { saving, takeNotebook } from '../../../renderer/state/notebook-sync';
import { shownCollections } from '../../../renderer/state/selectors';
import { getState, setState, store } from '../../../renderer/state/store';
import { waitFor } from '../wait-for';
import { makeCounts, makeHost, makeNotebook, makeRow } from './support';

const ELSEWHERE = { id: '22222222-2222-4222-8222-222222222222', name: 'Of another machine', documents: 3 };
const before = store.getState();
let revision = 0;
let edits: unknown[] = [];

beforeEach(() => {
  edits = [];
  const { bridge } = makeHost({
    'settings.update': ({ patch }) => ok(settingsSchema.parse(patch)),
    'library.document-ids': () => ['aaaaaaaa'],
    'bulk.apply': (edit) => {
      edits.push(edit);
      return ok({ message: 'Put 1 document into the collection.', editId: '01890000-0000-7000-8000-000000000001' });
    },
    'notebook.apply': () => ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: ++revision }),
  });
  setBridge(bridge);
  setState({
    settings: settingsSchema.parse({}),
    counts: { ...makeCounts(3), collections: [ELSEWHERE] },
    history: emptyHistory,
    notices: [],
  });
});

afterEach(async () => {
  await saving.flush();
  setState(before, true);
});

const names = () => shownCollections(getState()).map(({ name }) => name);
const lastNotice = () => getState().notices.at(-1);

test('collections are those that are kept and those that documents alone tell of, by name', () => {
  makeCollection('  Thesis  on sails ');
  expect(names()).toEqual(['Of another machine', 'Thesis on sails']);
  expect(makeCollection('thesis on SAILS').name).toBe('Thesis on sails');
  expect(names()).toHaveLength(2);
});

test('making, renaming and deleting a collection are steps of undo, each by itself', () => {
  const { id } = makeCollection('Thesis');
  renameCollection({ id, name: 'Thesis' }, 'Dissertation');
  removeCollection({ ...ELSEWHERE });
  expect(names()).toEqual(['Dissertation']);
  undoChange('library');
  expect(names()).toEqual(['Dissertation', 'Of another machine']);
  undoChange('library');
  expect(names()).toEqual(['Of another machine', 'Thesis']);
  undoChange('library');
  expect(names()).toEqual(['Of another machine']);
  redoChange('library');
  redoChange('library');
  redoChange('library');
  expect(names()).toEqual(['Dissertation']);
});

test('a deletion is taken back by its message, and then not once more by undo', () => {
  const { id } = makeCollection('Thesis');
  setState({ filter: { status: 'all', text: '', collectionId: id } });
  removeCollection({ id, name: 'Thesis' });
  expect(documentQuery(getState()).collectionId).toBeUndefined();
  lastNotice()?.action?.run();
  expect(documentQuery(getState()).collectionId).toBe(id);
  undoChange('library');
  expect(names()).not.toContain('Thesis');
  expect(lastNotice()?.message).toBe('Undone: Make collection');
});

test('a collection is not called as another one is, and keeps its name then', () => {
  const { id, name } = makeCollection('Thesis');
  renameCollection({ id, name }, 'of another MACHINE');
  expect(names()).toEqual(['Of another machine', 'Thesis']);
  expect(lastNotice()?.message).toBe('There is a collection “Of another machine” already. “Thesis” keeps its name.');
});

test('two collections, as two machines can make them, are made one where one is to be called as the other', async () => {
  renameCollection(makeCollection('Thesis'), ELSEWHERE.name);
  lastNotice()?.action?.run();
  await waitFor(() => expect(names()).toEqual([ELSEWHERE.name]));
  expect(edits).toEqual([
    { type: 'set-collection', documentIds: ['aaaaaaaa'], collectionId: ELSEWHERE.id, name: ELSEWHERE.name, isIn: true },
  ]);
  undoChange('library');
  expect(names()).toEqual([ELSEWHERE.name, 'Thesis']);
});

test('what “What changed” tells of a collection is taken back only where it still stands so', () => {
  const { id } = makeCollection('Thesis');
  renameCollection({ id, name: 'Thesis' }, 'Dissertation');
  takeCollectionBack({ id, from: 'Thesis', to: 'Dissertation' });
  expect(names()).toContain('Thesis');
  takeCollectionBack({ id, from: 'Thesis', to: 'Dissertation' });
  expect(lastNotice()?.message).toBe('The collection was changed again since.');
  takeCollectionBack({ id, to: 'Thesis' });
  expect(names()).not.toContain('Thesis');
});

test('documents of the reading list are moved one after the other, shown so at once, and moved back by undo', async () => {
  const ids = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc'];
  const ranks = ['a', 'b', 'c'];
  const rows = ids.map((id, index) => makeRow(id, { later: ranks[index] }));
  setState({
    filter: { status: 'all', text: '', later: true },
    documents: new Map(rows.map((row) => [row.id, row])),
    list: { total: 3, from: 0, ids, places: new Map() },
  });
  for (const [index, id] of ids.entries()) takeNotebook({ notebook: makeNotebook(id, { later: ranks[index] }), revision });
  const order = () => [...(getState().list?.ids ?? [])];
  const byRank = () =>
    [...ids].sort((a, b) => ((getState().documents.get(a)?.later ?? '') < (getState().documents.get(b)?.later ?? '') ? -1 : 1));
  moveInReadingList('cccccccc', (from) => from - 1);
  moveInReadingList('cccccccc', (from) => from - 1);
  moveInReadingList('cccccccc', (from) => from - 1);
  await waitFor(() => expect(order()).toEqual(['cccccccc', 'aaaaaaaa', 'bbbbbbbb']));
  expect(byRank()).toEqual(order());
  moveInReadingList('aaaaaaaa', () => 9);
  await waitFor(() => expect(order()).toEqual(['cccccccc', 'bbbbbbbb', 'aaaaaaaa']));
  expect(byRank()).toEqual(order());
  expect(getState().announcement?.text).toBe('Document aaaaaaaa: 3 of 3 in the reading list.');
  for (const _ of [1, 2, 3]) undoChange('library');
  expect(byRank()).toEqual(ids);
});

test('between documents of one rank, as two machines can make them, a document is put as one step of undo', async () => {
  const ids = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc', 'dddddddd'];
  const ranks = ['a', 'a', 'a', 'b'];
  const rows = ids.map((id, index) => makeRow(id, { later: ranks[index] }));
  setState({
    filter: { status: 'all', text: '', later: true },
    documents: new Map(rows.map((row) => [row.id, row])),
    list: { total: 4, from: 0, ids, places: new Map() },
  });
  for (const [index, id] of ids.entries()) takeNotebook({ notebook: makeNotebook(id, { later: ranks[index] }), revision });
  const rankOf = (id: string) => getState().documents.get(id)?.later ?? '';
  const byRank = () => [...ids].sort((a, b) => (rankOf(a) === rankOf(b) ? (a < b ? -1 : 1) : rankOf(a) < rankOf(b) ? -1 : 1));
  moveInReadingList('dddddddd', () => 1);
  await waitFor(() => expect(getState().list?.ids).toEqual(['aaaaaaaa', 'dddddddd', 'bbbbbbbb', 'cccccccc']));
  expect(byRank()).toEqual(getState().list?.ids);
  // Within those of one rank.
  undoChange('library');
  expect(byRank()).toEqual(ids);
  setState({ list: { total: 4, from: 0, ids, places: new Map() } });
  moveInReadingList('cccccccc', () => 1);
  await waitFor(() => expect(getState().list?.ids).toEqual(['aaaaaaaa', 'cccccccc', 'bbbbbbbb', 'dddddddd']));
  expect(byRank()).toEqual(getState().list?.ids);
});
