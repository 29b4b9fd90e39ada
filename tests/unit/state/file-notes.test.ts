import { expect, test } from 'vitest';
import { fail, ok } from '#api';
import { deleteNotes, type FileNote, type Note, noteOfFile } from '#model';
import { fileNotesFound, takeFileNotes } from '../../../renderer/state/actions/file-notes';
import { changeTogether, purgeNote } from '../../../renderer/state/actions/notes';
import { undoChange } from '../../../renderer/state/actions/undo';
import { setBridge } from '../../../renderer/state/client';
import { describeFileNotes, takenInAnnotations } from '../../../renderer/state/file-notes';
import { takeNotebook } from '../../../renderer/state/notebook-sync';
import { setReaderHandle } from '../../../renderer/state/reader-handle';
import { getState, selectNotebook, setState } from '../../../renderer/state/store';
import { info, makeHandle, makeHost, makeNotebook, makeOpen, makeRow } from './support';

const id = (index: number) => `0190a5d0-0000-7000-8000-00000000000${index}`;
const fileNote = (index: number, part: Partial<FileNote> = {}): FileNote => ({
  id: id(index),
  annotations: [`${index}R`],
  colour: 'green',
  body: '',
  tags: [],
  createdAt: '2020-01-01T00:00:00.000Z',
  modifiedAt: '2020-01-02T00:00:00.000Z',
  ...part,
});

test('the annotations of what was taken in are known, but not of what is in the trash', () => {
  const { notes } = makeNotebook('aaaaaaaa');
  const [taken, deleted] = [0, 1].map((index) =>
    noteOfFile(
      fileNote(index),
      () => {
        throw new Error('They mark no words.');
      },
      '2021-01-01T00:00:00.000Z',
    ),
  );
  if (!taken || !deleted) throw new Error('There are two.');
  const notebook = { ...makeNotebook('aaaaaaaa'), notes: [...notes, taken], deletedNotes: [{ note: deleted, deletedAt: taken.createdAt }] };
  expect(takenInAnnotations([fileNote(0), fileNote(1), fileNote(2)], notebook)).toEqual(new Set(['0R']));
});

const at = '2021-01-01T00:00:00.000Z';
const makeNote = (noteId: string): Note => ({
  id: noteId,
  colour: 'green',
  body: '',
  tags: [],
  createdAt: at,
  modifiedAt: at,
  history: [],
});

test('a file says what it holds, and who made that', () => {
  expect(describeFileNotes([])).toBeUndefined();
  expect(describeFileNotes([fileNote(1, { author: 'Ada' })])).toBe('This file holds 1 highlight by Ada.');
  const all = ['Ada', 'Bo', 'Cy', 'Di', 'Eve'].map((author, index) => fileNote(index, { author, body: index > 1 ? 'x' : '' }));
  expect(describeFileNotes(all)).toBe('This file holds 2 highlights and 3 notes by Ada, Bo, Cy, and 2 others.');
  expect(describeFileNotes([fileNote(1, { author: 'Ada', area: { page: 1 } }), fileNote(2, { author: 'Ada' })])).toBe(
    'This file holds 1 highlight and 1 marked area by Ada.',
  );
  expect(describeFileNotes([fileNote(1, { madeOn: 'aaaaaaaa' }), fileNote(2)])).toBe(
    'This file holds 2 highlights by you and an unnamed person.',
  );
});

test('what stands in a file is taken in once, as one step, but for what this library has on the document that the file is a copy of', async () => {
  const deleted = { ...makeNotebook('aaaaaaaa'), purgedNotes: [{ noteId: id(1), clock: '2021-01-01T00:00:00.000Z' }] };
  const { bridge } = makeHost({
    'notebook.apply': () => ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: 1 }),
    'notebook.keep-text': () => ok(null),
    'library.notebook': ({ documentId }) =>
      documentId === 'aaaaaaaa' ? ok({ notebook: deleted, revision: 1 }) : fail('document-not-found', 'It is not here.'),
  });
  setBridge(bridge);
  const text = 'Forty jars stand here.';
  setState({ info, view: { type: 'document' }, open: makeOpen('bbbbbbbb', { textHash: 'a'.repeat(64) }), notices: [] });
  setReaderHandle(makeHandle('bbbbbbbb', { text: () => text }));
  takeNotebook({ notebook: makeNotebook('bbbbbbbb'), revision: 0 });
  await fileNotesFound(1, [
    fileNote(1, { madeOn: 'aaaaaaaa' }),
    fileNote(2, { madeOn: 'cccccccc', tags: ['oil'] }),
    fileNote(3, { author: 'Ada', start: 0, end: 10, body: 'Count them.' }),
  ]);
  takeFileNotes();
  expect(selectNotebook(getState())?.notes).toMatchObject([
    { id: id(2), tags: ['oil'] },
    { id: id(3), creator: { name: 'Ada' }, anchor: { exact: 'Forty jars' }, createdAt: '2020-01-01T00:00:00.000Z' },
  ]);
  expect(selectNotebook(getState())?.notes[0]?.creator).toBeUndefined();
  undoChange();
  expect(selectNotebook(getState())?.notes).toEqual([]);
  takeFileNotes();
  expect(selectNotebook(getState())?.notes).toEqual([]);
  expect(getState().notices.at(-1)).toMatchObject({ message: '2 notes of this file are in the trash.', action: { label: 'Restore' } });
  getState().notices.at(-1)?.action?.run();
  expect(getState().notices.filter(({ action }) => action?.label === 'Restore')).toEqual([]);
  expect(selectNotebook(getState())?.notes.map((note) => note.id)).toEqual([id(2), id(3)]);
  takeFileNotes();
  expect(getState().notices.at(-1)?.message).toBe('No highlights or notes stand in this file that are not here already.');

  changeTogether('bbbbbbbb', deleteNotes(selectNotebook(getState()) ?? makeNotebook('bbbbbbbb'), new Set([id(3)]), at), 'Delete note');
  purgeNote('bbbbbbbb', id(3));
  takeFileNotes();
  expect(getState().notices.at(-1)).toMatchObject({
    message: 'One note of this file was deleted for good.',
    action: { label: 'Take in again' },
  });
  getState().notices.at(-1)?.action?.run();
  expect(selectNotebook(getState())?.notes).toMatchObject([{ id: id(2) }, { id: id(3), body: 'Count them.' }]);
});

test('the notes of a copy are said to be those of the document that it is a copy of, which can be opened', async () => {
  const origin = makeNotebook('aaaaaaaa');
  const { bridge } = makeHost({
    'library.notebook': () => ok({ notebook: origin, revision: 1, document: makeRow('aaaaaaaa', { title: 'The Jars' }) }),
    'library.open': () => fail('document-not-found', 'It is not here.'),
  });
  setBridge(bridge);
  setState({ info, view: { type: 'document' }, open: makeOpen('bbbbbbbb', { textHash: 'a'.repeat(64) }), notices: [] });
  takeNotebook({ notebook: makeNotebook('bbbbbbbb'), revision: 0 });
  await fileNotesFound(1, [fileNote(1, { madeOn: 'aaaaaaaa' })]);
  // It is not on that document any more, either: somebody else may have sent it.
  expect(getState().open).toMatchObject({ fileNotes: [{ id: id(1) }] });
  expect(getState().open?.copyOf).toBeUndefined();

  origin.deletedNotes.push({ note: makeNote(id(1)), deletedAt: at });
  await fileNotesFound(1, [fileNote(1, { madeOn: 'aaaaaaaa' })]);
  expect(getState().open).toMatchObject({ fileNotes: [], copyOf: { documentId: 'aaaaaaaa', title: 'The Jars' } });
  takeFileNotes();
  const notice = getState().notices.at(-1);
  expect(notice?.message).toBe('The notes in this copy are those of “The Jars”.');
  notice?.action?.run();
  expect(getState().open?.documentId).toBe('aaaaaaaa');
});
