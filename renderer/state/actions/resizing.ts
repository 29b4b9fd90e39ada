import { extendTo, moveEdge, type Note, quoteFromExact } from '#model';
import { readerHandle } from '../reader-handle';
import { getState, type SelectedPassage, selectNotebook, setState } from '../store';
import { changeNotebook } from './notebooks';
import { hasNoHighlight, isOfAnother, now, shorten } from './notes';
import { announce, notify } from './notices';

interface Resizable {
  note: Note;
  passage: SelectedPassage;
}

/** The highlight in focus, where it has a place that may be changed; says why it has none. */
function resizable(): Resizable | undefined {
  const { focusedNoteId, placements } = getState();
  const note = selectNotebook(getState())?.notes.find(({ id }) => id === focusedNoteId);
  const placement = note && placements.get(note.id);
  if (!note || !placement || placement.state === 'unplaced' || placement.area) {
    notify('info', 'Only a highlight that stands in the text can be made longer or shorter.');
    return undefined;
  }
  return isOfAnother(note) || hasNoHighlight(note) ? undefined : { note, passage: { start: placement.start, end: placement.end } };
}

/** Gives a highlight another passage. Steps that follow upon each other are one step of undo. */
function resize({ note, passage }: Resizable, to: SelectedPassage): void {
  const { open } = getState();
  const handle = readerHandle();
  if (!open || !handle || open.textHash === undefined || (to.start === passage.start && to.end === passage.end)) return;
  const anchor = handle.anchorOf(to, open.textHash);
  const change = { type: 'put-note', note: { ...note, anchor, modifiedAt: now() } } as const;
  if (changeNotebook(open.documentId, change, { label: 'Change highlight', joinKey: `anchor ${note.id}` }))
    announce(`Highlight: ${shorten(quoteFromExact(anchor.exact))}`);
}

/** Moves an end of the highlight in focus by a word. */
export function stepHighlight(edge: 'start' | 'end', direction: 'forward' | 'backward'): void {
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
  const current = handle && resizable();
  if (current) resize(current, extendTo(handle.text(), current.passage, offset));
}

/** Shows how the highlight in focus would stand while one of its ends is drawn to an offset; nothing is changed yet. */
export function drawEdge(passage: SelectedPassage, edge: 'start' | 'end', offset: number): void {
  const { focusedNoteId, resizing } = getState();
  const handle = readerHandle();
  if (!handle || focusedNoteId === undefined) return;
  const { start, end } = edge === 'end' ? { start: passage.start, end: offset } : { start: offset, end: passage.end };
  if (start >= end || start < handle.bodyStart()) return;
  if (resizing?.start !== start || resizing.end !== end) setState({ resizing: { noteId: focusedNoteId, start, end } });
}

/** Ends the drawing: the highlight stands as it was shown, or as before. */
export function endDrawing(isKept: boolean): void {
  const { resizing, focusedNoteId } = getState();
  setState({ resizing: undefined });
  if (!isKept || !resizing || resizing.noteId !== focusedNoteId) return;
  const current = resizable();
  const drawn = readerHandle()?.text().slice(resizing.start, resizing.end) ?? '';
  if (!current || drawn.trim() === '') return;
  // As with a selection, white space at the ends is not meant.
  resize(current, {
    start: resizing.start + drawn.length - drawn.trimStart().length,
    end: resizing.end - (drawn.length - drawn.trimEnd().length),
  });
}
