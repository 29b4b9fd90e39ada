import { type Anchor, isBookmark, type Note, openingEnd, type Placement, quoteOfAnchor, withoutMarks } from '#model';
import { type ReaderHandle, readerHandle } from '../reader-handle';
import { getState, selectNotebook, setState } from '../store';
import { addNote, deleteNote, editNote, shorten } from './notes';
import { notify } from './notices';

/** What a bookmark is called: its name, or the words that it stands at. */
export const nameOfBookmark = ({ body, anchor }: Pick<Note, 'body' | 'anchor'>): string =>
  withoutMarks(body).trim() || shorten(anchor ? quoteOfAnchor(anchor) : '');

/** Bookmarks the selected passage, or else the first paragraph that begins on the screen, or the page where there are no words; where the reader has a bookmark there, it goes into the trash. */
export function toggleBookmark(): void {
  const { open, settings } = getState();
  const handle = readerHandle();
  if (!open || !handle || open.textHash === undefined) {
    notify('info', 'This document is still being opened. Set the bookmark again in a moment.');
    return;
  }
  const place = bookmarkPlace(handle, open.textHash);
  if (!place) {
    notify('info', 'There are no words here that a bookmark could be set at.');
    return;
  }
  const there = bookmarkAt(place.isThere);
  handle.clearSelection();
  setState({ selection: undefined });
  if (there) {
    deleteNote(open.documentId, there.id);
    return;
  }
  const bookmark = addNote({ anchor: place.anchor, colour: settings.lastColour, motivation: 'bookmarking' }, 'Set bookmark');
  if (!bookmark) return;
  const action = { label: 'Name it', run: () => editNote(bookmark.id) };
  notify('info', `Bookmarked: ${nameOfBookmark(bookmark)}`, { action, about: bookmark.id });
}

type Placed = Exclude<Placement, { state: 'unplaced' }>;

/** Where a bookmark would be set, and whether one that is there already is. */
function bookmarkPlace(handle: ReaderHandle, textHash: string): { anchor: Anchor; isThere(placement: Placed): boolean } | undefined {
  const text = handle.text();
  const selection = handle.selection();
  const from = selection?.start ?? handle.firstBeginning();
  const words = text.slice(from).search(/\S/);
  if (words === -1) {
    const page = handle.pages?.current();
    if (page === undefined) return undefined;
    return { anchor: handle.anchorOfArea({ page }, textHash), isThere: ({ area }) => area?.page === page };
  }
  const start = from + words;
  const end = selection?.end ?? openingEnd(text, start);
  const isThere = (placement: Placed) => !placement.area && placement.start >= start && placement.start < Math.max(end, start + 1);
  return { anchor: handle.anchorOf({ start, end }, textHash), isThere };
}

/** The reader's own bookmark at a place. */
function bookmarkAt(isThere: (placement: Placed) => boolean): Note | undefined {
  const { placements } = getState();
  return selectNotebook(getState())?.notes.find((note) => {
    const placement = placements.get(note.id);
    return isBookmark(note) && !note.creator && placement !== undefined && placement.state !== 'unplaced' && isThere(placement);
  });
}
