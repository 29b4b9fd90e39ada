import { v7 as uuid } from 'uuid';
import { addPassage, canBeJoined, joinNotes, type Note, type NotebookChange, quoteFromExact, splitNote, type WholeNote } from '#model';
import { loadNotebook, notebookSaving } from '../notebook-sync';
import { readerHandle } from '../reader-handle';
import { joinableNeighbour } from '../selectors';
import { getState, setState, wholeNoteOf } from '../store';
import { isPaneFocused } from './focus';
import { anchorOf } from './highlighting';
import { changeTogether, focusNote, hasNoHighlight, isOfAnother, now, shorten } from './notes';
import { announce, notify } from './notices';
import { undoOffer } from './undo';

/** Whether a note can have further passages; if not, the reader is told why. */
function mayBeJoined(note: Note): boolean {
  if (isOfAnother(note) || hasNoHighlight(note)) return false;
  if (!note.anchor) notify('info', 'A note on the whole document stands at no passage, so that none can be joined to it.');
  return canBeJoined(note);
}

/** “2 passages”. */
const passages = (number: number): string => `${number} ${number === 1 ? 'passage' : 'passages'}`;

const countOf = (note: WholeNote | undefined): number => 1 + (note?.parts?.length ?? 0);

/** Gives the note in focus the selected passage as a further one. */
export function addSelectionToNote(): void {
  const { open, focusedNoteId } = getState();
  const selection = readerHandle()?.selection();
  const note = open && focusedNoteId !== undefined ? wholeNoteOf(open.documentId, focusedNoteId) : undefined;
  if (!open || !selection || !note) {
    notify('info', 'Click a highlight or its note first, then select the passage that is to be added to it.');
    return;
  }
  if (!mayBeJoined(note)) return;
  const anchor = anchorOf(selection);
  if (!anchor) return;
  const at = now();
  const passage: Note = { id: uuid(), anchor, colour: note.colour, body: '', tags: [], createdAt: at, modifiedAt: at, history: [] };
  const changes = addPassage(note, passage, at);
  if (changes.length > 0 && !changeTogether(open.documentId, changes, 'Add to note')) return;
  readerHandle()?.clearSelection();
  setState({ selection: undefined });
  focusNote(note.id);
  if (changes.length === 0) {
    notify('info', 'The note in focus has this passage already.', { about: note.id });
    return;
  }
  const count = countOf(wholeNoteOf(open.documentId, note.id));
  announce(`Added to the note, which stands at ${passages(count)} now: ${shorten(quoteFromExact(anchor.exact))}`);
}

/** Makes one note of a note and the next (1) or previous (-1) one in the text that can be joined with it. */
export function joinWithNeighbour(documentId: string, noteId: string, direction: 1 | -1): void {
  const note = wholeNoteOf(documentId, noteId);
  if (!note || !mayBeJoined(note)) return;
  const other = joinableNeighbour(getState(), noteId, direction);
  if (!other) {
    notify('info', `There is no highlight of yours ${direction === 1 ? 'after' : 'before'} this one that it could be joined with.`);
    return;
  }
  join(documentId, [note, other]);
}

/** Makes one note of those that are chosen in a list; whether that was done. */
export async function joinChosen(chosen: ReadonlyMap<string, string>): Promise<boolean> {
  const documentIds = new Set(chosen.values());
  const [documentId] = documentIds;
  if (documentId === undefined || documentIds.size > 1) {
    notify('info', `These notes are on ${documentIds.size} documents. Only notes on one document can be joined.`);
    return false;
  }
  if (!(await loadNotebook(documentId))) return false;
  const notes = [...chosen.keys()].flatMap((id) => wholeNoteOf(documentId, id) ?? []);
  if (notes.length < 2 || !notes.every(mayBeJoined) || !join(documentId, notes)) return false;
  // The list is shown as the host has it.
  await notebookSaving.flush();
  return true;
}

/** Makes one note of several, which is in focus then where one of them was. */
function join(documentId: string, notes: readonly WholeNote[]): boolean {
  const changes = joinNotes(notes, now());
  if (!changeTogether(documentId, changes, 'Join notes')) return false;
  const joined = wholeNoteOf(documentId, headOf(changes));
  if (joined) goOnWith(joined.id, new Set(notes.map(({ id }) => id)));
  const at = joined?.parts ? ` at ${passages(countOf(joined))}` : ', whose passages touched and are one';
  notify('info', `${notes.length} notes are one now${at}.`, undoOffer(documentId));
  return true;
}

/** The id of the note that all others were joined to. */
const headOf = (changes: readonly NotebookChange[]): string =>
  changes.flatMap((change) => (change.type === 'put-note' && change.note.partOf === undefined ? change.note.id : []))[0] ?? '';

/** The note takes the place of those of which it was made: their cards are gone. */
function goOnWith(noteId: string, gone: ReadonlySet<string>): void {
  const { focusedNoteId, editingNoteId, taggingId } = getState();
  const isGone = (id: string | undefined) => id !== undefined && id !== noteId && gone.has(id);
  if (isGone(editingNoteId)) setState({ editingNoteId: undefined });
  if (isGone(taggingId)) setState({ taggingId: undefined });
  if (focusedNoteId === undefined || !gone.has(focusedNoteId)) return;
  const isOnCard = isPaneFocused('notes');
  focusNote(noteId);
  if (isOnCard) setState({ wantedCard: { noteId } });
}

/** Makes a note of its own of each passage of a note. */
export function splitNoteOf(documentId: string, noteId: string): void {
  const note = wholeNoteOf(documentId, noteId);
  if (!note || isOfAnother(note)) return;
  if (!note.parts) {
    notify('info', 'This note stands at one passage alone: there is nothing to split.');
    return;
  }
  if (!changeTogether(documentId, splitNote(note, now()), 'Split note')) return;
  const words = note.body === '' && note.tags.length === 0 ? '' : ' Its words and tags are with the first.';
  notify('info', `The note is ${countOf(note)} notes now.${words}`, undoOffer(documentId));
}

/** The same where a list of many documents shows the note. */
export async function splitListed(documentId: string, noteId: string): Promise<void> {
  if (!(await loadNotebook(documentId))) return;
  splitNoteOf(documentId, noteId);
  await notebookSaving.flush();
}
