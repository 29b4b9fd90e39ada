import { isBookmark, type Note, openingEnd, quoteFromExact, withoutMarks } from '#model';
import { readerHandle } from '../reader-handle';
import { getState, selectNotebook, setState } from '../store';
import { addNote, deleteNote, editNote, shorten } from './notes';
import { notify } from './notices';

/** What a bookmark is called: its name, or the words that it stands at. */
export const nameOfBookmark = ({ body, anchor }: Pick<Note, 'body' | 'anchor'>): string =>
  withoutMarks(body).trim() || shorten(quoteFromExact(anchor?.exact ?? ''));

/** Bookmarks the selected passage, or else the first paragraph that begins on the screen; where the reader has a bookmark there, it goes into the trash. */
export function toggleBookmark(): void {
  const { open, settings } = getState();
  const handle = readerHandle();
  if (!open || !handle || open.textHash === undefined) {
    notify('info', 'This document is still being opened. Set the bookmark again in a moment.');
    return;
  }
  const text = handle.text();
  const selection = handle.selection();
  const from = selection?.start ?? handle.firstBeginning();
  const words = text.slice(from).search(/\S/);
  if (words === -1) {
    notify('info', 'There are no words here that a bookmark could be set at.');
    return;
  }
  const start = from + words;
  const end = selection?.end ?? openingEnd(text, start);
  const there = bookmarkWithin(start, end);
  handle.clearSelection();
  setState({ selection: undefined });
  if (there) {
    deleteNote(open.documentId, there.id);
    return;
  }
  const anchor = handle.anchorOf({ start, end }, open.textHash);
  const bookmark = addNote({ anchor, colour: settings.lastColour, motivation: 'bookmarking' }, 'Set bookmark');
  if (!bookmark) return;
  const action = { label: 'Name it', run: () => editNote(bookmark.id) };
  notify('info', `Bookmarked: ${nameOfBookmark(bookmark)}`, { action, about: bookmark.id });
}

/** The reader's own bookmark that begins within a passage. */
function bookmarkWithin(start: number, end: number): Note | undefined {
  const { placements } = getState();
  return selectNotebook(getState())?.notes.find((note) => {
    const placement = placements.get(note.id);
    const at = placement && placement.state !== 'unplaced' ? placement.start : -1;
    return isBookmark(note) && !note.creator && at >= start && at < Math.max(end, start + 1);
  });
}
