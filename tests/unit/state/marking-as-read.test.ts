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

const documentId = 'aaaaaaaa';
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

const stateNow = () => {
  const notebook = getState().notebooks.get(documentId);
  return [notebook?.status, notebook?.notes[0]?.colour];
};

test('“Undo” of “it is marked as finished” takes that back, whatever was done since, and once', () => {
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
  const stop = new AbortController();
  followReading(1, stop.signal).saw({ hasSeenEnd: true });
  stop.abort();
  expect(stateNow()).toEqual(['finished', 'green']);
  const action = getState().notices.find(({ message }) => message.includes('finished'))?.action;
  setNoteColour(documentId, note.id, 'pink');
  action?.run();
  expect(stateNow()).toEqual(['unread', 'pink']);
  action?.run();
  undoChange();
  expect(stateNow()).toEqual(['finished', 'pink']);
});
