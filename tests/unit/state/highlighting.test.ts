import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyHistory, type Note } from '#model';
import { clickHighlight } from '../../../renderer/state/actions/highlight-popover';
import {
  addNoteOnSelection,
  highlightSelection,
  putHighlighterAway,
  releaseFocus,
  showSelection,
  tagSelection,
  toggleHighlighter,
} from '../../../renderer/state/actions/highlighting';
import { undoChange } from '../../../renderer/state/actions/undo';
import { readerHandle, setReaderHandle } from '../../../renderer/state/reader-handle';
import { type SelectedPassage, store } from '../../../renderer/state/store';
import { keepTyped, takeTypedAhead } from '../../../renderer/state/typed-ahead';
import { useReadingWindow } from './reading-window';

const documentId = 'aaaaaaaa';
const reading = useReadingWindow({ documentId, text: 'The quay is long, and the lamp at its end is old.' });

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const makeNote = (id: number, start: number, end: number, part: Partial<Note> = {}): Note => reading.makeNote(id, { start, end }, part);

const notes = () => store.getState().notebooks.get(documentId)?.notes ?? [];
const colours = () => notes().map(({ colour }) => colour);
const messages = () => store.getState().notices.map(({ message }) => message);

/** A document with these notes, each at its place, and a selection. */
function show(selected: SelectedPassage, ...shown: Note[]): void {
  reading.selection = selected;
  reading.show(...shown);
}

test('the same passage in the same colour stays one highlight, and that is said', () => {
  show({ start: 4, end: 8 }, makeNote(1, 4, 8));
  const note = highlightSelection('green');
  expect(note?.id).toBe(notes()[0]?.id);
  expect(colours()).toEqual(['green']);
  expect(messages()).toEqual(['This passage is highlighted in green already.']);
  expect(store.getState().focusedNoteId).toBe(note?.id);
  expect(reading.selection).toBeUndefined();
  expect(store.getState().history).toEqual(emptyHistory);
});

test('in another colour it is recoloured, which is taken back by one undo', () => {
  show({ start: 4, end: 8 }, makeNote(1, 4, 8));
  highlightSelection('pink');
  expect(colours()).toEqual(['pink']);
  undoChange();
  expect(colours()).toEqual(['green']);
});

test('what is not shown of a passage is not marked: the parts around it are one note, made and taken back at once', () => {
  const handle = readerHandle();
  if (!handle) throw new Error('No document is on the screen.');
  setReaderHandle({
    ...handle,
    partsShown: () => [
      { start: 4, end: 8 },
      { start: 18, end: 21 },
    ],
  });
  show({ start: 4, end: 21 });
  const note = highlightSelection('green');
  expect(notes().map(({ anchor, partOf }) => [anchor?.exact, partOf])).toEqual([
    ['quay', undefined],
    ['and', note?.id],
  ]);
  reading.selection = { start: 4, end: 21 };
  reading.show(...notes());
  expect(highlightSelection()?.id).toBe(note?.id);
  expect(notes()).toHaveLength(2);
  undoChange();
  expect(notes()).toEqual([]);
});

test('without a colour it is given as it is', () => {
  show({ start: 4, end: 8 }, makeNote(1, 4, 8));
  expect(highlightSelection()?.id).toBe(notes()[0]?.id);
  expect(colours()).toEqual(['green']);
  expect(messages()).toEqual([]);
});

/** The document is still being read; the result is called when all of its text is there. */
function showBegun(...shown: Note[]): () => Promise<void> {
  reading.show(...shown);
  const opened = store.getState().open;
  if (!opened) throw new Error('No document is open.');
  const { textHash, ...begun } = opened;
  store.setState({ open: begun });
  return async () => {
    store.setState({ open: opened });
    await Promise.resolve();
  };
}

function type(text: string): void {
  for (const key of text) keepTyped({ key, ctrlKey: false, metaKey: false, altKey: false }, 'windows');
}

const bodies = () => notes().map(({ anchor, body, tags }) => [anchor?.start, body, tags]);

test('what is highlighted while the document is still being opened is as soon as it is, and what was left before is told of', async () => {
  const finish = showBegun();
  reading.selection = { start: 4, end: 8 };
  highlightSelection('green');
  expect(reading.selection).toBeUndefined();
  expect(messages()).toEqual(['This document is still being opened. What you highlight is green as soon as it is.']);
  reading.selection = { start: 18, end: 22 };
  highlightSelection('pink');
  expect(notes()).toEqual([]);
  reading.selection = { start: 0, end: 3 };
  await finish();
  expect(notes().map(({ anchor, colour }) => [anchor?.start, anchor?.end, colour])).toEqual([
    [4, 8, 'green'],
    [18, 22, 'pink'],
  ]);
  // What is selected by then stays so.
  expect(reading.selection).toEqual({ start: 0, end: 3 });

  showBegun();
  highlightSelection('blue');
  store.setState({ open: undefined });
  await Promise.resolve();
  expect(messages().at(-1)).toMatch(/^A passage was not highlighted/);
});

test('a note and tags are asked for meanwhile, too: their editor comes once the document is opened', async () => {
  let finish = showBegun(makeNote(1, 4, 8));
  reading.selection = { start: 4, end: 8 };
  addNoteOnSelection();
  expect(reading.selection).toBeUndefined();
  type('To be seen');
  await finish();
  expect(store.getState().editingNoteId).toBe(notes()[0]?.id);
  expect([colours(), takeTypedAhead()]).toEqual([['green'], 'To be seen']);

  store.setState({ editingNoteId: undefined });
  finish = showBegun();
  reading.selection = { start: 18, end: 22 };
  tagSelection();
  type('quays, la');
  await finish();
  expect([bodies(), store.getState().taggingId === notes()[0]?.id]).toEqual([[[18, '', []]], true]);
  expect(takeTypedAhead()).toBe('quays, la');
});

test('what was typed for a note that is to come stays its own when the reader goes on', async () => {
  const finish = showBegun();
  reading.selection = { start: 0, end: 3 };
  tagSelection();
  type('quays, lamps');
  reading.selection = { start: 4, end: 8 };
  addNoteOnSelection();
  type('Long');
  releaseFocus();
  type('j');
  reading.selection = { start: 18, end: 22 };
  addNoteOnSelection();
  type('And');
  store.setState({ dialog: { type: 'shortcuts' } });
  type('k');
  await finish();
  expect(bodies()).toEqual([
    [0, '', ['quays', 'lamps']],
    [4, 'Long', []],
    [18, 'And', []],
  ]);
  expect(store.getState().editingNoteId).toBeUndefined();
  store.setState({ dialog: undefined });
});

test('what was typed for a document that is left is a note on all of it', async () => {
  showBegun();
  reading.selection = { start: 4, end: 8 };
  addNoteOnSelection();
  type('Long');
  store.setState({ open: undefined });
  await Promise.resolve();
  await expect.poll(bodies).toEqual([[undefined, 'Long', []]]);
  expect(messages().at(-1)).toMatch(/What you typed is a note on the whole document\.$/);
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

test('a further click on highlights over one another goes on to the one below, a click elsewhere lets go', () => {
  show({ start: 0, end: 0 }, makeNote(1, 4, 8), makeNote(2, 0, 12));
  const [inner = '', outer = ''] = notes().map(({ id }) => id);
  const shown = () => [store.getState().highlightPopover?.noteId, store.getState().focusedNoteId];
  clickHighlight([inner, outer]);
  expect(shown()).toEqual([inner, inner]);
  clickHighlight([inner, outer]);
  expect(shown()).toEqual([outer, outer]);
  clickHighlight([inner, outer]);
  expect(shown()).toEqual([inner, inner]);
  clickHighlight([]);
  expect(shown()).toEqual([undefined, undefined]);
});

test('the highlighter marks what was drawn, not what is selected by keys; Escape lets go of one thing at a time', () => {
  show({ start: 4, end: 8 });
  reading.selection = undefined;
  toggleHighlighter();
  const drawn = { start: 4, end: 8 };
  reading.selection = drawn;
  showSelection(drawn, false);
  expect(colours()).toEqual([]);
  showSelection(drawn, true);
  expect(colours()).toEqual(['yellow']);
  clickHighlight(notes().map(({ id }) => id));
  const held = () => {
    const { highlightPopover, highlighter, focusedNoteId } = store.getState();
    return [highlightPopover !== undefined, highlighter === true, focusedNoteId !== undefined];
  };
  expect(held()).toEqual([true, true, true]);
  releaseFocus();
  expect(held()).toEqual([false, true, true]);
  releaseFocus();
  expect(held()).toEqual([false, false, true]);
  releaseFocus();
  expect(held()).toEqual([false, false, false]);
  putHighlighterAway();
});
