import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { ok, settingsSchema } from '#api';
import { emptyHistory, type Note } from '#model';
import { setNoteColour } from '../../../renderer/state/actions/notes';
import { followReading } from '../../../renderer/state/actions/reading';
import { undoChange } from '../../../renderer/state/actions/undo';
import { setBridge } from '../../../renderer/state/client';
import { saving, takeNotebook } from '../../../renderer/state/notebook-sync';
import { getState, setState } from '../../../renderer/state/store';
import { makeHost, makeNotebook, makeOpen, makeRow } from './support';

const at = '2026-01-01T00:00:00.000Z';
const note: Note = {
  id: '01890000-0000-7000-8000-000000000001',
  colour: 'green',
  body: 'a',
  tags: [],
  createdAt: at,
  modifiedAt: at,
  history: [],
};

afterEach(() => saving.flush());

const stateNow = (documentId: string) => {
  const notebook = getState().notebooks.get(documentId);
  return [notebook?.status, notebook?.notes[0]?.colour];
};

/** A document with a note, which is read to its end by `read`. */
function openOne(documentId: string): { read(): void } {
  let revision = 0;
  const { bridge } = makeHost({
    'notebook.apply': () => {
      revision += 1;
      return ok({ savedAt: at, revision });
    },
    'notebook.keep-text': () => ok(null),
  });
  setBridge(bridge);
  const position = { offset: 0, progress: 0.9, secondsRead: 100 };
  takeNotebook({ notebook: makeNotebook(documentId, { notes: [note], position }), revision });
  setState({
    notices: [],
    history: emptyHistory,
    settings: settingsSchema.parse({}),
    documents: new Map([[documentId, makeRow(documentId)]]),
    open: makeOpen(documentId),
    view: { type: 'document' },
  });
  vi.stubGlobal('window', new EventTarget());
  onTestFinished(() => void vi.unstubAllGlobals());
  return {
    read() {
      const stop = new AbortController();
      followReading(1, stop.signal).saw({ hasSeenEnd: true });
      stop.abort();
    },
  };
}

test('“Undo” of “it is marked as finished” takes that back, whatever was done since, and once', () => {
  openOne('aaaaaaaa').read();
  expect(stateNow('aaaaaaaa')).toEqual(['finished', 'green']);
  const action = getState().notices.find(({ message }) => message.includes('finished'))?.action;
  setNoteColour('aaaaaaaa', note.id, 'pink');
  action?.run();
  expect(stateNow('aaaaaaaa')).toEqual(['unread', 'pink']);
  action?.run();
  undoChange();
  expect(stateNow('aaaaaaaa')).toEqual(['finished', 'pink']);
});

test('what Lectern marks by itself is undone after what the reader did a moment before', () => {
  const { read } = openOne('bbbbbbbb');
  setNoteColour('bbbbbbbb', note.id, 'pink');
  read();
  undoChange();
  expect(stateNow('bbbbbbbb')).toEqual(['finished', 'green']);
  undoChange();
  expect(stateNow('bbbbbbbb')).toEqual(['unread', 'green']);
});
