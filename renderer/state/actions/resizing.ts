import { type Anchor, extendTo, moveEdge, movePassage, type Note, quoteFromExact, type WholeNote } from '#model';
import { meantRecord, nearestRecord } from '../passages';
import { readerHandle } from '../reader-handle';
import { getState, type SelectedPassage, setState, wholeNoteOf } from '../store';
import { focusedArea, stepCorner } from './area-changes';
import { changeTogether, focusNote, hasNoHighlight, isOfAnother, now, shorten } from './notes';
import { announce, notify } from './notices';
import { undoOffer } from './undo';

interface Resizable {
  note: WholeNote;
  /** The record of its passage. */
  record: Note;
  passage: SelectedPassage;
}

/** The highlight in focus, where it has a place that may be changed; of several passages the one that is nearest to `near`, else the one that is meant. Says why it has none. */
function resizable(near?: SelectedPassage): Resizable | undefined {
  const { focusedNoteId, open, placements } = getState();
  const note = open && focusedNoteId !== undefined ? wholeNoteOf(open.documentId, focusedNoteId) : undefined;
  const placed = note && (near ? nearestRecord(note, near, placements) : meantRecord(note, getState()));
  if (!placed || placed.placement.area) {
    notify('info', 'Only a highlight that stands in the text can be made longer or shorter.');
    return undefined;
  }
  const { record, placement } = placed;
  return isOfAnother(record) || hasNoHighlight(record)
    ? undefined
    : { note, record, passage: { start: placement.start, end: placement.end } };
}

/** Gives a highlight another passage, which becomes one with others of its note that it touches there. Steps that follow upon each other are one step of undo. */
function resize({ note, record, passage }: Resizable, to: SelectedPassage): void {
  const { open } = getState();
  const handle = readerHandle();
  if (!open || !handle || open.textHash === undefined || (to.start === passage.start && to.end === passage.end)) return;
  const anchor = handle.anchorOf(to, open.textHash);
  if (moveTo(open.documentId, { note, record }, anchor, 'Change highlight', `anchor ${record.id}`) === undefined) return;
  announce(`Highlight: ${shorten(quoteFromExact(anchor.exact))}`);
}

/**
 * Puts a passage of a note elsewhere in the text, and gives the id of the record that has it then; `undefined` where it could not be changed. What it
 * touches there of the same note becomes one with it, which is said.
 */
export function moveTo(
  documentId: string,
  { note, record }: Pick<Resizable, 'note' | 'record'>,
  anchor: Anchor,
  label: string,
  joinKey?: string,
): string | undefined {
  const { changes, heldBy } = movePassage(note, record.id, anchor, now());
  const touchesNone = changes.every(({ type }) => type === 'put-note');
  // Where passages become one, that is a step by itself.
  if (!changeTogether(documentId, changes, label, touchesNone ? joinKey : undefined)) return undefined;
  if (touchesNone) return heldBy;
  if (getState().focusedPassageId !== undefined) focusNote(heldBy);
  notify('info', 'It touches another passage of the same note: they are one passage now.', undoOffer(documentId));
  return heldBy;
}

/** Moves an end of the highlight in focus by a word; of an area of a page a corner. */
export function stepHighlight(edge: 'start' | 'end', direction: 'forward' | 'backward'): void {
  const area = focusedArea();
  if (area) {
    stepCorner(area, edge, direction);
    return;
  }
  const handle = readerHandle();
  const current = handle && resizable();
  if (!current) return;
  const moved = moveEdge(handle.text(), current.passage, edge, direction, handle.bodyStart());
  if (moved) resize(current, moved);
  else
    notify(
      'info',
      direction === (edge === 'end' ? 'forward' : 'backward') ? 'There is no further word.' : 'A highlight has at least one word.',
    );
}

/** Moves the nearer end of the highlight in focus to the word at an offset. */
export function extendHighlightTo(offset: number): void {
  const handle = readerHandle();
  const current = handle && resizable({ start: offset, end: offset });
  if (current) resize(current, extendTo(handle.text(), current.passage, offset));
}

/** Shows how the passage of a record would stand while one of its ends is drawn to an offset; nothing is changed yet. */
export function drawEdge(recordId: string, passage: SelectedPassage, edge: 'start' | 'end', offset: number): void {
  const { resizing } = getState();
  const handle = readerHandle();
  if (!handle) return;
  const { start, end } = edge === 'end' ? { start: passage.start, end: offset } : { start: offset, end: passage.end };
  if (start >= end || start < handle.bodyStart()) return;
  if (resizing?.start !== start || resizing.end !== end) setState({ resizing: { noteId: recordId, start, end } });
}

/** Ends the drawing: the highlight stands as it was shown, or as before. */
export function endDrawing(isKept: boolean): void {
  const { resizing } = getState();
  setState({ resizing: undefined });
  if (!isKept || !resizing) return;
  const current = resizable();
  const drawn = readerHandle()?.text().slice(resizing.start, resizing.end) ?? '';
  if (current?.record.id !== resizing.noteId || drawn.trim() === '') return;
  // As with a selection, white space at the ends is not meant.
  resize(current, {
    start: resizing.start + drawn.length - drawn.trimStart().length,
    end: resizing.end - (drawn.length - drawn.trimEnd().length),
  });
}
