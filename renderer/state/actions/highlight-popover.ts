import { meantRecord, placedRecords } from '../passages';
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
  focusNote(recordIds[next], { ofRecord: true });
  setState({ highlightPopover: noteId === undefined ? undefined : { noteId, takesFocus: false } });
}

/**
 * Shows what can be done with a highlight beside it, for the keyboard, and brings it into view. Of a note with several passages it stands beside the one
 * that is meant, and asked for again beside the next one.
 */
export function showHighlightPopover(noteId: string): void {
  const { open, placements, highlightPopover } = getState();
  const note = open && wholeNoteOf(open.documentId, noteId);
  const passages = note ? placedRecords(note, placements) : [];
  const meant = passages.findIndex(({ record }) => note && record.id === meantRecord(note, getState())?.record.id);
  const shown = passages[highlightPopover?.noteId === noteId ? (meant + 1) % passages.length : meant];
  if (!note || !shown) {
    notify('info', 'This note stands at no passage: its card has what can be done with it.');
    return;
  }
  if (hasNoHighlight(note)) return;
  const { record, placement } = shown;
  const isOnScreen = (readerHandle()?.placeOf(placement).getBoundingClientRect().height ?? 0) > 0;
  focusNote(record.id, { reveal: !isOnScreen, ofRecord: true });
  setState({ highlightPopover: { noteId, takesFocus: true } });
}

export const closeHighlightPopover = (): void => setState({ highlightPopover: undefined });
