import { v7 as uuid } from 'uuid';
import {
  type Area,
  type Colour,
  isBookmark,
  type Note,
  type NotebookChange,
  quoteFromExact,
  recordsOf,
  type WholeNote,
  wholeWith,
} from '#model';
import { isExactlyAt, nearestRecord } from '../passages';
import { readerHandle } from '../reader-handle';
import { getState, type SelectedPassage, selectNotebook, setState } from '../store';
import { splitTyped } from '../tag-suggestions';
import { cancelMarking } from './areas';
import { focusPane } from './focus';
import {
  addNote,
  changeTogether,
  editNote,
  focusNote,
  isOfAnother,
  now,
  setNoteBody,
  setNoteColour,
  setNoteTags,
  shorten,
  startTagging,
  withNotebook,
} from './notes';
import { announce, notify } from './notices';
import { onceOpened, stopAwaiting } from './once-opened';
import { closeDrawer } from './panes';
import { moveTo } from './resizing';
import { updateSettings } from './settings';
import { undoChange } from './undo';

/** The open document's anchor for a selected passage; tells the reader when there is none yet. */
export function anchorOf(passage: SelectedPassage) {
  const { open } = getState();
  const handle = readerHandle();
  if (!open || !handle || open.textHash === undefined) {
    notify('info', 'This document is still being opened. Select the passage again in a moment.');
    return undefined;
  }
  return handle.anchorOf(passage, open.textHash);
}

/** The reader's own note that has a highlight of exactly this passage. */
function highlightOf(passage: SelectedPassage): Note | undefined {
  const { placements } = getState();
  const notes = selectNotebook(getState())?.notes ?? [];
  const [first = passage, ...others] = readerHandle()?.partsShown(passage) ?? [];
  const at = (part: SelectedPassage): WholeNote | undefined => {
    const there = notes.find((note) => !note.creator && !isBookmark(note) && isExactlyAt(placements.get(note.id), part));
    return there && wholeWith(notes, there.id);
  };
  const there = at(first);
  return others.every((part) => at(part)?.id === there?.id) ? there : undefined;
}

/** Makes a note on a passage; what is not shown of it is not marked: the parts around that are passages of one note. */
function addHighlight(passage: SelectedPassage, textHash: string, colour: Colour): Note | undefined {
  const handle = readerHandle();
  const { open } = getState();
  const [first, ...others] = handle?.partsShown(passage).map((part) => handle.anchorOf(part, textHash)) ?? [];
  if (!open || !first) return undefined;
  if (others.length === 0) return addNote({ anchor: first, colour }, 'Highlight');
  const at = now();
  const made = { colour, body: '', tags: [], createdAt: at, modifiedAt: at, history: [] };
  const head: Note = { id: uuid(), anchor: first, ...made };
  const notes = [head, ...others.map((anchor): Note => ({ id: uuid(), anchor, partOf: head.id, ...made }))];
  const changes = notes.map((note): NotebookChange => ({ type: 'put-note', note }));
  return changeTogether(open.documentId, changes, 'Highlight') ? head : undefined;
}

/** What a passage is highlighted for. */
interface Purpose {
  /** Said where the document is still being read. */
  meanwhile: string;
  open(note: Note): void;
  /** Adds to a note what was typed for it, where the reader went on to something else. */
  write(documentId: string, note: Note, typed: string): void;
}

const forNote: Purpose = {
  meanwhile: 'You can write your note as soon as it is: what you type until then goes into it.',
  open: ({ id }) => editNote(id),
  write: (documentId, { id, body }, typed) => setNoteBody(documentId, id, [body, typed].filter(Boolean).join('\n\n')),
};

const forTags: Purpose = {
  meanwhile: 'You can tag the passage as soon as it is: what you type until then goes into the field.',
  open: ({ id }) => startTagging(id),
  write: (documentId, { id, tags }, typed) => setNoteTags(documentId, id, [...tags, ...splitTyped(`${typed},`).whole]),
};

/**
 * Highlights the selected passage and returns its note, which for a passage that is highlighted already is the one that is there: another
 * colour changes it, no colour leaves it as it is. While the document is still being read there is none yet.
 */
export function highlightSelection(colour?: Colour, purpose?: Purpose): Note | undefined {
  const selection = readerHandle()?.selection();
  const { open, settings } = getState();
  if (!selection || !open) return undefined;
  if (open.textHash === undefined) {
    highlightOnceOpened(open.documentId, selection, { colour, purpose });
    return undefined;
  }
  const there = highlightOf(selection);
  if (there) return highlightAgain(open.documentId, there, colour);
  const chosen = colour ?? settings.lastColour;
  const note = addHighlight(selection, open.textHash, chosen);
  if (!note?.anchor) return undefined;
  goOnWith(note, chosen);
  announce(`Highlighted in ${chosen}: ${shorten(quoteFromExact(note.anchor.exact))}`);
  return note;
}

/** Highlights a passage of a document that is still being read, as soon as its whole text is known: nobody waits for the last page to mark the first. */
function highlightOnceOpened(
  documentId: string,
  passage: SelectedPassage,
  { colour, purpose }: { colour: Colour | undefined; purpose: Purpose | undefined },
): void {
  const chosen = colour ?? getState().settings.lastColour;
  clearSelection(colour);
  const meanwhile = purpose?.meanwhile ?? `What you highlight is ${chosen} as soon as it is.`;
  notify('info', `This document is still being opened. ${meanwhile}`);
  onceOpened(
    ({ textHash, isAwaited, typed }) => {
      if (textHash === undefined || !readerHandle()) {
        keepTyped(documentId, chosen, typed);
        return;
      }
      const there = highlightOf(passage);
      if (there && colour) setNoteColour(documentId, there.id, colour);
      const note = there ?? addHighlight(passage, textHash, chosen);
      if (note && isAwaited) purpose?.open(note);
      else if (note && typed !== '') purpose?.write(documentId, note, typed);
    },
    { forEditor: purpose !== undefined },
  );
}

/** Tells that a passage has no highlight; what was typed for it stands at its document. */
function keepTyped(documentId: string, colour: Colour, typed: string): void {
  if (typed.trim() === '') {
    notify('error', `${LEFT} Open it, and select the passage again.`);
    return;
  }
  void withNotebook(documentId, () => {
    if (addNote({ colour, body: typed }, 'Add note', documentId))
      notify('error', `${LEFT} What you typed is a note on the whole document.`);
  });
}

const LEFT = 'A passage was not highlighted: its document was left before all of it was read.';

function highlightAgain(documentId: string, note: Note, colour: Colour | undefined): Note {
  goOnWith(note, colour);
  if (colour === note.colour) notify('info', `This passage is highlighted in ${colour} already.`, { about: note.id });
  else if (colour) {
    setNoteColour(documentId, note.id, colour);
    announce(`Highlighted in ${colour} now.`);
  }
  return note;
}

/** The note takes the place of the selection. */
function goOnWith(note: Note, colour: Colour | undefined): void {
  clearSelection(colour);
  setState({ focusedNoteId: note.id });
}

/** What was selected is marked now. `colour`: the one that was chosen for it. */
function clearSelection(colour: Colour | undefined): void {
  readerHandle()?.clearSelection();
  setState({ selection: undefined });
  if (colour) updateSettings({ lastColour: colour });
}

/** What is selected now. `isDrawn`: the reader has just let go of the pointer, and what was drawn over with the highlighter is highlighted. */
export function showSelection(selection: SelectedPassage | undefined, isDrawn: boolean): void {
  setState({ selection });
  if (selection && isDrawn && getState().highlighter) highlightSelection(getState().settings.lastColour);
}

/** Takes the highlighter up, which begins with what is selected, or puts it away. */
export function toggleHighlighter(): void {
  if (getState().highlighter) {
    putHighlighterAway();
    return;
  }
  const { lastColour } = getState().settings;
  setState({ highlighter: true });
  if (!highlightSelection(lastColour)) announce(`Highlighter: ${lastColour}. What you draw over with the pointer is highlighted.`);
}

/** Chooses the highlighter's colour. */
export function chooseHighlighter(colour: Colour): void {
  updateSettings({ lastColour: colour });
  announce(`Highlighter: ${colour}.`);
}

export function putHighlighterAway(): void {
  setState({ highlighter: false });
  announce('The highlighter is put away.');
}

/** Highlights the selected passage and opens the editor of its note. */
export const addNoteOnSelection = (): void => highlightFor(forNote);

/** Highlights the selected passage and asks for its tags. */
export const tagSelection = (): void => highlightFor(forTags);

function highlightFor(purpose: Purpose): void {
  const note = highlightSelection(undefined, purpose);
  if (note) purpose.open(note);
}

/** Moves the highlight in focus to the selected passage; of several passages one that has no place, unless another is selected, too, else the nearest. */
export function extendHighlight(): void {
  const { focusedNoteId, placingNoteId, open, placements } = getState();
  const selection = readerHandle()?.selection();
  const records = selectNotebook(getState())?.notes ?? [];
  const whole = placingNoteId === undefined && focusedNoteId !== undefined ? wholeWith(records, focusedNoteId) : undefined;
  const nearest = whole && selection && nearestRecord(whole, selection, placements);
  const lost = whole && recordsOf(whole).find(({ id }) => placements.get(id)?.state === 'unplaced');
  const isOnOne = nearest && selection && nearest.placement.start < selection.end && selection.start < nearest.placement.end;
  const wanted = placingNoteId ?? (isOnOne ? undefined : lost?.id) ?? nearest?.record.id ?? focusedNoteId;
  const note = records.find(({ id }) => id === wanted);
  if (!selection || !open || !note) {
    notify(
      'info',
      note
        ? 'Select the passage that this note should stand at.'
        : 'Click a highlight first, then select the passage that it should cover.',
    );
    return;
  }
  // One that has lost its place is given one, whoever made it.
  const isPlaced = placingNoteId === undefined && placements.get(note.id)?.state !== 'unplaced';
  if (isPlaced && isOfAnother(note)) return;
  const anchor = anchorOf(selection);
  if (!anchor) return;
  const itsWhole = wholeWith(records, note.id);
  const heldBy = itsWhole && moveTo(open.documentId, { note: itsWhole, record: note }, anchor, 'Move highlight');
  if (heldBy === undefined) return;
  readerHandle()?.clearSelection();
  setState({ selection: undefined });
  if (note.anchor?.area) tellAreaLeft(note.anchor.area);
  if (placingNoteId !== undefined) {
    setState({ placingNoteId: undefined });
    focusNote(heldBy);
  }
}

/** An area is not words: that it gave way to them is said, since nothing shows it where both are not on the screen. */
function tellAreaLeft({ box }: Area): void {
  const action = { label: 'Undo', run: () => undoChange() };
  notify('info', `The note is on the selected words now, no longer on ${box ? 'the area of the page' : 'the whole page'}.`, {
    action,
    about: 'history',
  });
}

/** Lets go of one thing, the last that was taken up: an editor that is to come, the selection, what stands beside a highlight, the highlighter, what lies over the text, the note in focus. The keyboard goes on in the text. */
export function releaseFocus(): void {
  const { highlightPopover, highlighter, marking } = getState();
  if (marking) {
    cancelMarking();
    return;
  }
  if (stopAwaiting()) return;
  if (readerHandle()?.selection()) {
    readerHandle()?.clearSelection();
    setState({ selection: undefined });
    focusPane('main');
  } else if (highlightPopover) setState({ highlightPopover: undefined });
  else if (highlighter) putHighlighterAway();
  else if (!closeDrawer()) {
    setState({ placingNoteId: undefined });
    focusNote(undefined);
  }
}
