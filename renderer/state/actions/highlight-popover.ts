import { meantRecord } from '../passages';
import { readerHandle } from '../reader-handle';
import { getState, setState, wholeNoteOf } from '../store';
import { focusNote, hasNoHighlight } from './notes';
import { notify } from './notices';

/** Puts the focus on the highlight that was clicked, of several the smallest, and shows beside it what can be done with it; a further click goes on to the one below. */
export function clickHighlight(recordIds: readonly string[]): void {
  const { highlightPopover, open } = getState();
  const noteIds = recordIds.map((id) => (open && wholeNoteOf(open.documentId, id)?.id) ?? id);
  const shown = highlightPopover ? noteIds.indexOf(highlightPopover.noteId) : -1;
  const next = (shown + 1) % Math.max(1, noteIds.length);
  const noteId = noteIds[next];
  focusNote(recordIds[next]);
  setState({ highlightPopover: noteId === undefined ? undefined : { noteId, takesFocus: false } });
}

/** Shows what can be done with a highlight beside it, for the keyboard, and brings it into view. */
export function showHighlightPopover(noteId: string): void {
  const { open } = getState();
  const note = open && wholeNoteOf(open.documentId, noteId);
  const placement = note && meantRecord(note, getState())?.placement;
  if (!placement) {
    notify('info', 'This note stands at no passage: its card has what can be done with it.');
    return;
  }
  if (hasNoHighlight(note)) return;
  const isOnScreen = (readerHandle()?.placeOf(placement).getBoundingClientRect().height ?? 0) > 0;
  focusNote(noteId, { reveal: !isOnScreen });
  setState({ highlightPopover: { noteId, takesFocus: true } });
}

export const closeHighlightPopover = (): void => setState({ highlightPopover: undefined });
