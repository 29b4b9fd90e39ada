import { afterEach, beforeEach, expect, test } from 'vitest';
import { ok } from '#api';
import { earlierVersions, emptyHistory, type Note, type NoteVersion } from '#model';
import { restoreVersion } from '../../../renderer/state/actions/note-versions';
import { redoChange, undoChange } from '../../../renderer/state/actions/undo';
import { keepAsPageNote } from '../../../renderer/state/actions/unplaced';
import { setBridge } from '../../../renderer/state/client';
import { saving, takeNotebook } from '../../../renderer/state/notebook-sync';
import { setState, store } from '../../../renderer/state/store';
import { makeHost, makeNotebook, makeRow } from './support';

const id = '01890000-0000-7000-8000-000000000001';
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12) + minute * 60_000).toISOString();
const first: NoteVersion = { at: at(0), until: at(30), colour: 'blue', body: 'the first words', tags: [] };
const note: Note = {
  id,
  colour: 'green',
  body: 'the first words, and more',
  tags: ['later'],
  createdAt: at(0),
  modifiedAt: at(30),
  history: [first],
};

let revision = 0;

beforeEach(() => {
  const { bridge } = makeHost({ 'notebook.apply': () => ok({ savedAt: at(31), revision: ++revision }) });
  setBridge(bridge);
  setState({ notices: [], history: emptyHistory, view: { type: 'trash' }, documents: new Map([['aaaaaaaa', makeRow('aaaaaaaa')]]) });
});

afterEach(async () => {
  await saving.flush();
});

const notebook = () => store.getState().notebooks.get('aaaaaaaa');
const bodies = ({ body, ...rest }: Note) => [...earlierVersions({ body, ...rest }).map((version) => version.body), body];

test('a version comes back in place of the present words, which become a version; undo and redo go there and back', () => {
  takeNotebook({ notebook: makeNotebook('aaaaaaaa', { notes: [note] }), revision });
  restoreVersion('aaaaaaaa', id, first);
  const expected = ['the first words', 'the first words, and more', 'the first words'];
  expect(notebook()?.notes.map(bodies)).toEqual([expected]);
  undoChange();
  expect(notebook()?.notes[0]).toMatchObject({ body: 'the first words, and more', tags: ['later'] });
  redoChange();
  expect(notebook()?.notes[0]?.body).toBe('the first words');
});

test('a version of a note in the trash comes back with the note; undo puts it into the trash as it lay there', () => {
  takeNotebook({ notebook: makeNotebook('aaaaaaaa', { deletedNotes: [{ note, deletedAt: at(40) }] }), revision });
  restoreVersion('aaaaaaaa', id, first);
  expect(notebook()?.deletedNotes).toEqual([]);
  expect(notebook()?.notes.map(bodies)).toEqual([['the first words', 'the first words, and more', 'the first words']]);
  undoChange();
  expect(notebook()?.notes).toEqual([]);
  expect(notebook()?.deletedNotes).toMatchObject([{ deletedAt: at(40), note: { body: 'the first words, and more' } }]);
});

test('a note of another person is not edited by bringing a version back, nor by keeping it as a note on the document', async () => {
  const anchor = { start: 0, end: 1, exact: 'x', prefix: '', suffix: '', textHash: 'a'.repeat(64) };
  const theirs = { ...note, creator: { name: 'Ada' }, anchor };
  takeNotebook({ notebook: makeNotebook('aaaaaaaa', { notes: [theirs] }), revision });
  expect(restoreVersion('aaaaaaaa', id, first)).toBe(false);
  await keepAsPageNote('aaaaaaaa', id);
  expect(notebook()?.notes).toEqual([theirs]);
  expect(store.getState().notices.map(({ message }) => message)).toContainEqual(expect.stringContaining('by Ada'));
});
