import { beforeAll, expect, test } from 'vitest';
import { ok } from '#api';
import { type Note, type Placement, wholeNotes } from '#model';
import { clickHighlight, showHighlightPopover } from '../../../renderer/state/actions/highlight-popover';
import { extendHighlight } from '../../../renderer/state/actions/highlighting';
import { deleteNote, focusNote, orderedNotes, restoreNote, setNoteColour } from '../../../renderer/state/actions/notes';
import { followSteps } from '../../../renderer/state/actions/notices';
import { addSelectionToNote, joinChosen, joinWithNeighbour, splitNoteOf } from '../../../renderer/state/actions/passages';
import { copyQuote } from '../../../renderer/state/actions/quoting';
import { drawEdge, endDrawing, stepHighlight } from '../../../renderer/state/actions/resizing';
import { redoChange, undoChange } from '../../../renderer/state/actions/undo';
import { placementOf, signsBeside } from '../../../renderer/state/passages';
import { joinableNeighbour } from '../../../renderer/state/selectors';
import { getState, type SelectedPassage, setState, store } from '../../../renderer/state/store';
import { useReadingWindow } from './reading-window';
import { info } from './support';

const documentId = 'aaaaaaaa';
const text = 'The quay is long, and the lamp at its end is old. Nobody lights it, and the boats find their way by the church.';
let copied: string | undefined;
const reading = useReadingWindow({
  documentId,
  text,
  answers: {
    'shell.copy-text': (content) => {
      copied = content.text;
      return ok(null);
    },
  },
  handle: {
    placeOf: () => ({ contextElement: {} as Element, lineHeight: 1, getBoundingClientRect: () => ({ height: 1 }) as DOMRect }),
  },
});

beforeAll(followSteps);

const passage = (words: string): SelectedPassage => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
const makeNote = (id: number, words: string, part: Partial<Note> = {}): Note => reading.makeNote(id, passage(words), part);
const quay = makeNote(1, 'The quay', { body: 'about the quay', tags: ['sea'] });
const lamp = makeNote(2, 'the lamp', { partOf: quay.id });
const boats = makeNote(3, 'the boats', { body: 'about boats' });

const wholes = () => wholeNotes(store.getState().notebooks.get(documentId)?.notes ?? []);
/** The passages of each note. */
const shape = () => wholes().map(({ anchor, parts = [] }) => [anchor, ...parts.map((part) => part.anchor)].map((each) => each?.exact));
const messages = () => store.getState().notices.map(({ message }) => message);
const focused = () => store.getState().focusedNoteId;

test('what is selected is added to the note in focus, as one step of undo that can be made again', () => {
  reading.show(quay, boats);
  focusNote(quay.id);
  reading.selection = passage('the lamp');
  addSelectionToNote();
  expect(shape()).toEqual([['The quay', 'the lamp'], ['the boats']]);
  expect([reading.selection, focused()]).toEqual([undefined, quay.id]);
  undoChange();
  expect(shape()).toEqual([['The quay'], ['the boats']]);
  redoChange();
  expect(shape().toSorted()).toEqual([['The quay', 'the lamp'], ['the boats']]);
});

test('a selection that the note has already changes nothing, is no step of undo, and that is said', () => {
  reading.show(quay, lamp, boats);
  focusNote(quay.id);
  const before = wholes();
  for (const words of ['the lamp', 'quay']) {
    reading.selection = passage(words);
    addSelectionToNote();
    expect(reading.selection).toBeUndefined();
  }
  expect(wholes()).toBe(before);
  expect(store.getState().history.past).toEqual([]);
  expect(messages()).toEqual(['The note in focus has this passage already.']);
});

test('passages of one note that come to touch are one, of another note they stay two, and undo parts them', () => {
  reading.show(quay, { ...lamp, anchor: makeNote(2, 'long').anchor }, boats);
  clickHighlight([quay.id]);
  drawEdge(quay.id, passage('The quay'), 'end', text.indexOf(' long'));
  endDrawing(true);
  expect(shape()).toEqual([['The quay is long'], ['the boats']]);
  expect(wholes()[0]).toMatchObject({ id: quay.id, body: 'about the quay' });
  expect(messages()).toEqual(['It touches another passage of the same note: they are one passage now.']);
  undoChange();
  expect(shape()).toEqual([['The quay', 'long'], ['the boats']]);
  // The further one is drawn, and goes on as the first.
  clickHighlight([lamp.id]);
  for (const _step of ['is', 'quay']) stepHighlight('start', 'backward');
  expect(shape()).toEqual([['The quay is long'], ['the boats']]);
  expect(focused()).toBe(quay.id);
  stepHighlight('end', 'forward');
  expect(shape()).toEqual([['The quay is long, and'], ['the boats']]);
  for (const _step of [1, 2, 3]) undoChange();
  expect(shape()).toEqual([['The quay', 'long'], ['the boats']]);
  reading.selection = passage('and the boats find');
  focusNote(quay.id);
  extendHighlight();
  expect(shape()).toContainEqual(['the boats']);
});

test('nothing is added without a note in focus, or to one of another person, and that is said', () => {
  reading.show({ ...quay, creator: { name: 'Ada' } });
  reading.selection = passage('the lamp');
  addSelectionToNote();
  focusNote(quay.id);
  addSelectionToNote();
  expect(shape()).toEqual([['The quay']]);
  expect(messages()).toEqual([expect.stringContaining('Click a highlight'), expect.stringContaining('by Ada')]);
  expect(reading.selection).toBeDefined();
});

test('a note is joined with the one after it in the text, which takes it in, and undo parts them', () => {
  reading.show(boats, quay, makeNote(4, 'Nobody', { motivation: 'bookmarking' }));
  expect(joinableNeighbour(getState(), quay.id, 1)?.id).toBe(boats.id);
  expect(joinableNeighbour(getState(), boats.id, 1)).toBeUndefined();
  joinWithNeighbour(documentId, boats.id, 1);
  expect(messages()).toEqual(['There is no highlight of yours after this one that it could be joined with.']);
  setNoteColour(documentId, boats.id, 'pink');
  joinWithNeighbour(documentId, boats.id, -1);
  expect(shape()).toContainEqual(['The quay', 'the boats']);
  expect(wholes().find(({ id }) => id === quay.id)).toMatchObject({ body: 'about the quay\n\nabout boats', tags: ['sea'] });
  expect(messages().at(-1)).toBe('2 notes are one now at 2 passages.');
  undoChange();
  expect(wholes().find(({ id }) => id === boats.id)).toMatchObject({ body: 'about boats', colour: 'pink' });
  // What was done before the notes were joined can be taken back, too.
  undoChange();
  expect(wholes().find(({ id }) => id === boats.id)).toMatchObject({ body: 'about boats', colour: 'green' });
});

test.each([
  ['joined', () => joinWithNeighbour(documentId, quay.id, 1)],
  ['split', () => splitNoteOf(documentId, quay.id)],
  [
    'resized',
    () => {
      clickHighlight([quay.id]);
      drawEdge(quay.id, passage('The quay'), 'end', text.indexOf(' at'));
      endDrawing(true);
    },
  ],
])(
  'the message of notes that were %s takes that back alone, wherever the reader is by then, and not what was written since',
  (_what, act) => {
    const offered = () => store.getState().notices.find(({ action }) => action?.label === 'Undo')?.action;
    const church = makeNote(6, 'the church');
    reading.show(quay, lamp, boats, church);
    const before = shape();
    act();
    const stale = offered();
    setNoteColour(documentId, church.id, 'pink');
    expect(offered()).toBeUndefined();
    // Pressed in the moment before it went.
    stale?.run();
    expect(wholes().find(({ id }) => id === church.id)?.colour).toBe('pink');
    expect(shape()).not.toEqual(before);
    expect(messages().at(-1)).toContain('cannot be taken back here any more');

    undoChange();
    undoChange();
    expect(shape().toSorted()).toEqual(before.toSorted());
    act();
    setState({ view: { type: 'start' } });
    offered()?.run();
    expect(shape().toSorted()).toEqual(before.toSorted());
    expect(offered()).toBeUndefined();
  },
);

test('notes that were chosen in a list are joined where they are on one document', async () => {
  reading.show(quay, boats, makeNote(4, 'Nobody'));
  const other = new Map([
    [quay.id, documentId],
    [boats.id, 'bbbbbbbb'],
  ]);
  expect(await joinChosen(other)).toBe(false);
  expect(messages().at(-1)).toContain('on 2 documents');
  expect(await joinChosen(new Map(wholes().map(({ id }) => [id, documentId])))).toBe(true);
  expect(shape()).toEqual([['The quay', 'the boats', 'Nobody']]);
});

test('splitting gives each passage a note of its own, as one step of undo', () => {
  reading.show(quay, lamp);
  splitNoteOf(documentId, quay.id);
  expect(shape()).toEqual([['The quay'], ['the lamp']]);
  expect(messages().at(-1)).toBe('The note is 2 notes now. Its words and tags are with the first.');
  undoChange();
  expect(shape()).toEqual([['The quay', 'the lamp']]);
  expect(focused()).toBeUndefined();
});

test('a note on several passages is deleted, brought back and coloured as one', () => {
  reading.show(quay, lamp);
  setNoteColour(documentId, quay.id, 'pink');
  expect(wholes()).toMatchObject([{ colour: 'pink', parts: [{ id: lamp.id }] }]);
  deleteNote(documentId, quay.id);
  expect(wholes()).toEqual([]);
  undoChange();
  expect(shape()).toEqual([['The quay', 'the lamp']]);
  deleteNote(documentId, quay.id);
  restoreNote(documentId, quay.id);
  expect(shape()).toEqual([['The quay', 'the lamp']]);
});

test('a click on any of its passages puts the note in focus, and what changes a highlight changes that passage', () => {
  reading.show(quay, lamp, boats);
  clickHighlight([lamp.id]);
  expect([focused(), store.getState().highlightPopover?.noteId]).toEqual([quay.id, quay.id]);
  stepHighlight('end', 'forward');
  expect(shape()).toEqual([['The quay', 'the lamp at'], ['the boats']]);
  reading.selection = passage('is long');
  extendHighlight();
  expect(shape()).toEqual([['is long', 'the lamp at'], ['the boats']]);
});

test('a passage that has no place is given one by E, and one that has stays, unless it is selected, too', () => {
  reading.show(quay, { ...lamp, partOf: quay.id }, boats);
  const { placements } = store.getState();
  setState({ placements: new Map(placements).set(lamp.id, { state: 'unplaced' }) });
  focusNote(quay.id);
  reading.selection = passage('Nobody');
  extendHighlight();
  expect(shape()).toEqual([['The quay', 'Nobody'], ['the boats']]);
  setState({ placements: new Map(store.getState().placements).set(lamp.id, { state: 'unplaced' }) });
  reading.selection = passage('quay is long');
  extendHighlight();
  expect(shape()).toEqual([['quay is long', 'Nobody'], ['the boats']]);
});

test('that words take the place of an area is said, and can be taken back there', () => {
  const area = { page: 1, box: { x: 1, y: 1, width: 90, height: 60 } };
  const { anchor } = quay;
  if (!anchor) throw new Error('The note has no anchor');
  reading.show({ ...quay, anchor: { ...anchor, area } });
  focusNote(quay.id);
  reading.selection = passage('the lamp');
  extendHighlight();
  expect(wholes()[0]?.anchor).toMatchObject({ exact: 'the lamp' });
  expect(wholes()[0]?.anchor).not.toHaveProperty('area');
  expect(messages()).toEqual(['The note is on the selected words now, no longer on the area of the page.']);
  store.getState().notices[0]?.action?.run();
  expect(wholes()[0]?.anchor).toMatchObject({ area });
});

test('asked for again, what can be done with a highlight goes on to the next passage, in the order of the text', () => {
  reading.show({ ...lamp, partOf: boats.id }, boats);
  const shown = () => store.getState().focusedPassageId;
  showHighlightPopover(boats.id);
  expect(shown()).toBe(lamp.id);
  showHighlightPopover(boats.id);
  expect(shown()).toBe(boats.id);
  stepHighlight('start', 'backward');
  expect(shape()).toEqual([['and the boats', 'the lamp']]);
  showHighlightPopover(boats.id);
  expect([shown(), focused()]).toEqual([lamp.id, boats.id]);
});

test('the next note is the next note, not the next passage, and its quote has all of them', async () => {
  reading.show(quay, boats, lamp);
  expect(orderedNotes().map(({ id }) => id)).toEqual([quay.id, boats.id]);
  focusNote(lamp.id);
  setState({ info: { ...info, capabilities: { ...info.capabilities, systemLinks: true } } });
  await copyQuote();
  expect(copied).toMatch(/^The quay \[…\] the lamp\n\n— /);
  expect(copied).toMatch(new RegExp(`\nlectern://document/${documentId}\\?note=${quay.id}$`));
});

test('a note stands at the first of its passages that was found', () => {
  const [whole] = wholeNotes([
    { ...boats, body: '' },
    { ...lamp, partOf: boats.id },
    { ...makeNote(5, 'Nobody'), partOf: boats.id },
  ]);
  const place = (...placements: [string, Placement][]) => whole && placementOf(whole, new Map(placements));
  const found = (start: number, state: 'exact' | 'moved' = 'exact'): Placement => ({ state, start, end: start + 5 });
  expect(place([boats.id, found(60)], [lamp.id, found(20)])).toEqual(found(20));
  expect(place([boats.id, found(60, 'moved')], [lamp.id, found(20)])).toEqual({ ...found(20), state: 'moved' });
  expect(place([boats.id, { state: 'close', score: 0.8, start: 60, end: 65 }], [lamp.id, found(20)])).toMatchObject({
    state: 'close',
    start: 20,
  });
  expect(place([boats.id, { state: 'unplaced' }], [lamp.id, { state: 'unplaced' }])).toEqual({ state: 'unplaced' });
  expect(place([lamp.id, { state: 'unplaced' }], [boats.id, found(60)])).toEqual(found(60));
  expect(place()).toBeUndefined();
});

test('signs stand beside bookmarks, and beside each area of a note where no pages are shown', () => {
  const bookmark = makeNote(4, 'old', { motivation: 'bookmarking' });
  const notes = wholeNotes([quay, lamp, boats, bookmark]);
  const at = (start: number, page?: number): Placement => ({ state: 'exact', start, end: start + 1, ...(page && { area: { page } }) });
  const placements = new Map([
    [quay.id, at(0)],
    [lamp.id, at(20, 1)],
    [boats.id, at(70, 2)],
    [bookmark.id, at(45)],
  ]);
  const ids = (isPaged: boolean) => signsBeside(notes, placements, isPaged).map(({ record }) => record.id);
  expect(ids(false)).toEqual([lamp.id, boats.id, bookmark.id]);
  expect(ids(true)).toEqual([bookmark.id]);
});
