import { readerHandle } from '../reader-handle';
import { getState, selectNotebook, setState } from '../store';
import { focusNote, hasNoHighlight } from './notes';
import { notify } from './notices';

/** Puts the focus on the highlight that was clicked, of several the smallest, and shows beside it what can be done with it; a further click goes on to the one below. */
export function clickHighlight(noteIds: readonly string[]): void {
  const { highlightPopover } = getState();
  const shown = highlightPopover ? noteIds.indexOf(highlightPopover.noteId) : -1;
  const noteId = noteIds[(shown + 1) % Math.max(1, noteIds.length)];
  focusNote(noteId);
  setState({ highlightPopover: noteId === undefined ? undefined : { noteId, takesFocus: false } });
}

/** Shows what can be done with a highlight beside it, for the keyboard, and brings it into view. */
export function showHighlightPopover(noteId: string): void {
  const placement = getState().placements.get(noteId);
  if (!placement || placement.state === 'unplaced') {
    notify('info', 'This note stands at no passage: its card has what can be done with it.');
    return;
  }
  const note = selectNotebook(getState())?.notes.find(({ id }) => id === noteId);
  if (note && hasNoHighlight(note)) return;
  const isOnScreen = (readerHandle()?.placeOf(placement).getBoundingClientRect().height ?? 0) > 0;
  focusNote(noteId, { reveal: !isOnScreen });
  setState({ highlightPopover: { noteId, takesFocus: true } });
}

export const closeHighlightPopover = (): void => setState({ highlightPopover: undefined });
