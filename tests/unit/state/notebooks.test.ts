import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fail, type Note, type NotebookChange, ok, type Returns } from '../../../electron/api';
import { saving } from '../../../renderer/state/actions/keeping';
import { changeNotebook, putNotebook } from '../../../renderer/state/actions/notebooks';
import { setBridge } from '../../../renderer/state/client';
import { type ReaderHandle, setReaderHandle } from '../../../renderer/state/reader-handle';
import { type OpenDocument, setState, store } from '../../../renderer/state/store';
import { makeHost, makeNotebook, makeRow } from './support';

const documentId = 'aaaaaaaa';
const full = fail('disk-full', 'The disk is full.');

let texts: string[];
let applied: NotebookChange[][];
let answerToText: Returns<'notebook.keep-text'>;
let textNumber = 0;

beforeEach(() => {
  texts = [];
  applied = [];
  answerToText = ok(null);
  const { bridge } = makeHost({
    'notebook.keep-text': ({ text }) => {
      texts.push(text);
      return answerToText;
    },
    'notebook.apply': ({ changes }) => {
      applied.push(changes);
      return ok({ savedAt: '2026-01-01T00:00:00.000Z' });
    },
    'app.report': () => null,
  });
  setBridge(bridge);
  setState({ documents: new Map([[documentId, makeRow(documentId)]]), notices: [] });
  putNotebook(makeNotebook(documentId));
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
  const open: OpenDocument = {
    documentId,
    opening: textNumber,
    phase: 'ready',
    textHash,
    outline: [],
    beginsWithTitle: false,
    notices: [],
    drawn: 1,
    paragraph: 0,
    paragraphCount: 1,
    offset: 0,
    progress: 0,
  };
  const nothing = () => undefined;
  const handle: ReaderHandle = {
    documentId,
    text: () => text,
    scrollTo: nothing,
    topOffset: () => 0,
    rememberPlace: nothing,
    find: () => ({ count: 0 }),
    showHit: nothing,
    hitNearTop: () => 0,
    clearFind: nothing,
    topOf: nothing,
    nearbyOffsets: () => ({ start: 0, end: 0 }),
    selection: nothing,
    select: nothing,
    clearSelection: nothing,
  };
  setReaderHandle(handle);
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

test('a text is kept once', async () => {
  const { note } = showDocument();
  changeNotebook(documentId, { type: 'put-note', note });
  await saving.flush();
  changeNotebook(documentId, { type: 'put-note', note: { ...note, body: 'More.' } });
  await saving.flush();
  expect(texts).toHaveLength(1);
  expect(applied).toHaveLength(2);
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

test('a change that the host would refuse is not queued: it would hold up all that come after it', async () => {
  expect(() => changeNotebook(documentId, { type: 'set-date', date: '20211-12-03' })).toThrow();
  expect(saving.hasUnsaved()).toBe(false);
  expect(store.getState().notebooks.get(documentId)?.date).toBeUndefined();
});
