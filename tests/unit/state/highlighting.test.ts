import { afterEach, beforeEach, expect, test } from 'vitest';
import { ok, settingsSchema } from '#api';
import { emptyHistory, type Note, type Placement } from '#model';
import { highlightSelection } from '../../../renderer/state/actions/highlighting';
import { undoChange } from '../../../renderer/state/actions/notebooks';
import { setBridge } from '../../../renderer/state/client';
import { saving, takeNotebook } from '../../../renderer/state/notebook-sync';
import { setReaderHandle } from '../../../renderer/state/reader-handle';
import { type SelectedPassage, setState, store } from '../../../renderer/state/store';
import { makeHandle, makeHost, makeNotebook, makeOpen, makeRow } from './support';

const documentId = 'aaaaaaaa';
const text = 'The quay is long, and the lamp at its end is old.';
const textHash = '0'.repeat(64);
let revision = 0;
let selection: SelectedPassage | undefined;

const makeNote = (id: number, start: number, end: number, part: Partial<Note> = {}): Note => ({
  id: `01890000-0000-7000-8000-${String(id).padStart(12, '0')}`,
  anchor: { start, end, exact: text.slice(start, end), prefix: '', suffix: '', textHash },
  colour: 'green',
  body: '',
  tags: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  modifiedAt: '2026-01-01T00:00:00.000Z',
  history: [],
  ...part,
});

const notes = () => store.getState().notebooks.get(documentId)?.notes ?? [];
const colours = () => notes().map(({ colour }) => colour);
const messages = () => store.getState().notices.map(({ message }) => message);

/** A document with these notes, each at its place, and a selection. */
function show(selected: SelectedPassage, ...shown: Note[]): void {
  selection = selected;
  takeNotebook({ notebook: makeNotebook(documentId, { notes: shown }), revision });
  const placements = shown.map(({ id, anchor }): [string, Placement] => [
    id,
    anchor ? { state: 'exact', start: anchor.start, end: anchor.end } : { state: 'unplaced' },
  ]);
  setState({
    placements: new Map(placements),
    open: makeOpen(documentId, { textHash }),
    view: { type: 'document' },
  });
}

beforeEach(() => {
  const { bridge } = makeHost({
    'notebook.apply': () => ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: ++revision }),
    'notebook.keep-text': () => ok(null),
    'settings.update': () => ok(settingsSchema.parse({})),
  });
  setBridge(bridge);
  setReaderHandle(
    makeHandle(documentId, {
      text: () => text,
      selection: () => selection,
      clearSelection: () => {
        selection = undefined;
      },
    }),
  );
  setState({
    notices: [],
    history: emptyHistory,
    settings: settingsSchema.parse({}),
    documents: new Map([[documentId, makeRow(documentId)]]),
    editingNoteId: undefined,
    focusedNoteId: undefined,
  });
});

afterEach(async () => {
  await saving.flush();
  setReaderHandle(undefined);
});

test('the same passage in the same colour stays one highlight, and that is said', () => {
  show({ start: 4, end: 8 }, makeNote(1, 4, 8));
  const note = highlightSelection('green');
  expect(note?.id).toBe(notes()[0]?.id);
  expect(colours()).toEqual(['green']);
  expect(messages()).toEqual(['This passage is highlighted in green already.']);
  expect(store.getState().focusedNoteId).toBe(note?.id);
  expect(selection).toBeUndefined();
  expect(store.getState().history).toEqual(emptyHistory);
});

test('in another colour it is recoloured, which is taken back by one undo', () => {
  show({ start: 4, end: 8 }, makeNote(1, 4, 8));
  highlightSelection('pink');
  expect(colours()).toEqual(['pink']);
  undoChange();
  expect(colours()).toEqual(['green']);
});

test('without a colour it is given as it is', () => {
  show({ start: 4, end: 8 }, makeNote(1, 4, 8));
  expect(highlightSelection()?.id).toBe(notes()[0]?.id);
  expect(colours()).toEqual(['green']);
  expect(messages()).toEqual([]);
});

test('a part of a highlight is a highlight of its own', () => {
  show({ start: 4, end: 7 }, makeNote(1, 4, 8));
  highlightSelection('green');
  expect(colours()).toEqual(['green', 'green']);
});

test('so is a passage that another person highlighted', () => {
  show({ start: 4, end: 8 }, makeNote(1, 4, 8, { creator: { name: 'Ada' } }));
  highlightSelection('green');
  expect(colours()).toEqual(['green', 'green']);
});
