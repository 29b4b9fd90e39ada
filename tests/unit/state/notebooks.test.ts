import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DATA_FOLDER_RENEWED, fail, ok, type Returns } from '#api';
import type { Note, NotebookChange } from '#model';
import { changeNotebook, followLocks } from '../../../renderer/state/actions/notebooks';
import { addProblem } from '../../../renderer/state/actions/problems';
import { redoChange, undoChange } from '../../../renderer/state/actions/undo';
import { setBridge } from '../../../renderer/state/client';
import { followChange, saving, takeNotebook } from '../../../renderer/state/notebook-sync';
import { setReaderHandle } from '../../../renderer/state/reader-handle';
import { setState, store } from '../../../renderer/state/store';
import { makeHandle, makeHost, makeNotebook, makeOpen, makeRow } from './support';

const documentId = 'aaaaaaaa';
const full = fail('disk-full', 'The disk is full.');

let texts: string[];
let applied: NotebookChange[][];
let answerToText: Returns<'notebook.keep-text'>;
let turns: { number: number | undefined; bodies: string[] }[];
/** Holds back the answer to a text. */
let gate: Promise<void>;
let textNumber = 0;
let revision = 0;

beforeEach(() => {
  texts = [];
  applied = [];
  turns = [];
  gate = Promise.resolve();
  answerToText = ok(null);
  const { bridge } = makeHost({
    'notebook.keep-text': async ({ text }) => {
      texts.push(text);
      await gate;
      return answerToText;
    },
    'notebook.apply': ({ changes, turn }) => {
      applied.push(changes);
      turns.push({ number: turn?.number, bodies: changes.flatMap((change) => (change.type === 'put-note' ? change.note.body : [])) });
      revision += 1;
      return ok({ savedAt: '2026-01-01T00:00:00.000Z', revision });
    },
    'app.report': () => null,
  });
  setBridge(bridge);
  setState({ documents: new Map([[documentId, makeRow(documentId)]]), notices: [] });
  takeNotebook({ notebook: makeNotebook(documentId), revision });
});

afterEach(async () => {
  answerToText = ok(null);
  await saving.flush();
  showNothing();
});

/** Puts a document with a text of its own on the screen and returns a note on a passage of it. */
function showDocument(): { text: string; note: Note } {
  textNumber += 1;
  const text = `The text number ${textNumber}.`;
  const textHash = createHash('sha256').update(text).digest('hex');
  const open = makeOpen(documentId, { opening: textNumber, textHash });
  setReaderHandle(makeHandle(documentId, { text: () => text }));
  setState({ open });
  const at = '2026-01-01T00:00:00.000Z';
  const anchor = { start: 4, end: 8, exact: 'text', prefix: 'The ', suffix: ' num', textHash };
  const id = `01890000-0000-7000-8000-${String(textNumber).padStart(12, '0')}`;
  return { text, note: { id, anchor, colour: 'green', body: '', tags: [], createdAt: at, modifiedAt: at, history: [] } };
}

function showNothing(): void {
  setReaderHandle(undefined);
  setState({ open: undefined });
}

const savingState = () => store.getState().saving;

test('the text that a note is on is kept before the note, though another document is on the screen by then', async () => {
  const { text, note } = showDocument();
  changeNotebook(documentId, { type: 'put-note', note });
  showNothing();
  expect(await saving.flush()).toBeUndefined();
  expect(texts).toEqual([text]);
  expect(applied).toEqual([[{ type: 'put-note', note }]]);
});

test('what is sent as the page is left counts as later than a save that still waits for its text', async () => {
  const { note } = showDocument();
  const kept = Promise.withResolvers<void>();
  gate = kept.promise;
  changeNotebook(documentId, { type: 'put-note', note });
  const flushed = saving.flush();
  changeNotebook(documentId, { type: 'put-note', note: { ...note, body: 'Last words.' } });
  saving.sendAll();
  kept.resolve();
  await flushed;
  const ofBody = (body: string) => turns.find(({ bodies }) => bodies.includes(body))?.number ?? 0;
  expect(turns[0]?.bodies).toEqual(['', 'Last words.']);
  expect(turns[1]?.bodies).toEqual(['']);
  expect(turns[1]?.number).toBeLessThan(ofBody('Last words.'));
});

test('a text is kept once', async () => {
  const { note } = showDocument();
  changeNotebook(documentId, { type: 'put-note', note });
  await saving.flush();
  changeNotebook(documentId, { type: 'put-note', note: { ...note, body: 'More.' } });
  await saving.flush();
  expect(texts).toHaveLength(1);
  expect(applied).toHaveLength(2);
});

test('a text is kept again in a data folder that was made anew', async () => {
  const { note } = showDocument();
  changeNotebook(documentId, { type: 'put-note', note });
  await saving.flush();
  addProblem({ id: DATA_FOLDER_RENEWED, message: 'It was removed.' });
  changeNotebook(documentId, { type: 'put-note', note: { ...note, body: 'More.' } });
  await saving.flush();
  expect(texts).toHaveLength(2);
});

test('a document that was forgotten has its text kept again with the next note, and undo brings nothing of it back', async () => {
  const { note } = showDocument();
  changeNotebook(documentId, { type: 'put-note', note: { ...note, body: 'Old words.' } }, { label: 'Add note' });
  await saving.flush();
  revision += 1;
  const change: NotebookChange = { type: 'forget', at: '2026-01-02T00:00:00.000Z' };
  followChange({ documentId, changes: [change], revision });
  expect(store.getState().notebooks.get(documentId)?.notes).toEqual([]);
  undoChange({ documentId });
  redoChange({ documentId });
  expect(store.getState().notebooks.get(documentId)).toMatchObject({ notes: [], deletedNotes: [] });
  changeNotebook(documentId, { type: 'put-note', note: { ...note, body: 'New words.' } });
  await saving.flush();
  expect(texts).toHaveLength(2);
});

test('a note goes to the disk also when there is no room for the text that it is on; that is said and tried again', async () => {
  const { note } = showDocument();
  answerToText = full;
  changeNotebook(documentId, { type: 'put-note', note });
  expect(await saving.flush()).toEqual(full.failure);
  expect(applied).toEqual([[{ type: 'put-note', note }]]);
  expect(savingState()).toEqual({ state: 'failed', failure: full.failure });
  answerToText = ok(null);
  expect(await saving.flush()).toBeUndefined();
  expect(texts).toHaveLength(2);
  expect(savingState()).toEqual({ state: 'saved' });
});

test('a text that the host refuses for good holds up no note', async () => {
  const { note } = showDocument();
  answerToText = fail('text-hash-mismatch', 'It is another one.');
  changeNotebook(documentId, { type: 'put-note', note });
  expect(await saving.flush()).toBeUndefined();
  expect(applied).toHaveLength(1);
  expect(store.getState().notices.at(-1)?.message).toContain('It is another one.');
});

test('a notebook that may not be changed is left alone, and the reader is told why', async () => {
  const { failure } = fail('notebook-read-only', 'It was written by a newer version.');
  setState({ documents: new Map([[documentId, makeRow(documentId, { problem: failure })]]) });
  const before = store.getState().notebooks.get(documentId);
  // What reading alone would note is passed over without a word.
  expect(changeNotebook(documentId, { type: 'set-status', status: 'reading' })).toBe(false);
  expect(store.getState().notices).toEqual([]);
  const { note } = showDocument();
  expect(changeNotebook(documentId, { type: 'put-note', note }, { label: 'Highlight' })).toBe(false);
  expect(store.getState().notices.map(({ message }) => message)).toEqual([failure.message]);
  expect(store.getState().notebooks.get(documentId)).toBe(before);
  expect(saving.hasUnsaved()).toBe(false);
});

test('that a notebook is lost is said no more once it is back, whatever else changes meanwhile', () => {
  followLocks();
  const { failure } = fail('notebook-quarantined', 'The file of your notes is no longer there.');
  const lost = makeRow(documentId, { problem: failure });
  setState({ documents: new Map([[documentId, lost]]) });
  const { note } = showDocument();
  expect(changeNotebook(documentId, { type: 'put-note', note }, { label: 'Highlight' })).toBe(false);
  const told = () => store.getState().notices.map(({ message }) => message);
  setState({ documents: new Map([[documentId, { ...lost, title: 'Other' }]]) });
  expect(told()).toEqual([failure.message]);
  setState({ documents: new Map([[documentId, makeRow(documentId)]]) });
  expect(told()).toEqual([]);
});

test('a change that the host would refuse is not queued: it would hold up all that come after it', async () => {
  expect(() => changeNotebook(documentId, { type: 'set-date', date: '20211-12-03' })).toThrow();
  expect(saving.hasUnsaved()).toBe(false);
  expect(store.getState().notebooks.get(documentId)?.date).toBeUndefined();
});

test('undo passes over a note that went to the trash among many: its last words stay there', async () => {
  const { note } = showDocument();
  changeNotebook(documentId, { type: 'put-note', note }, { label: 'Highlight' });
  changeNotebook(documentId, { type: 'put-note', note: { ...note, body: 'The last words.' } }, { label: 'Edit note' });
  changeNotebook(documentId, { type: 'delete-note', noteId: note.id, at: '2026-01-02T00:00:00.000Z' });
  undoChange({ documentId });
  const notebook = store.getState().notebooks.get(documentId);
  expect(notebook?.notes).toEqual([]);
  expect(notebook?.deletedNotes).toMatchObject([{ note: { body: 'The last words.' } }]);
});
