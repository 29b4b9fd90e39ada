import { type Anchor, anchorMovedTo, idsWithParts, type PassageText, type Placement, passageOf, quotedIn } from '#model';
import { call } from '../client';
import { readerHandle } from '../reader-handle';
import { getState, selectNotebook, setState } from '../store';
import { focusPane } from './focus';
import { makeChanges } from './notebooks';
import { focusNote } from './notes';
import { announce, notify } from './notices';

/**
 * Makes the places at which notes of the open document are shown theirs; what they said before is kept among their versions. False, and the
 * reader is told why, where nothing was changed.
 */
export function confirmPlaces(noteIds: readonly string[]): boolean {
  const { open, placements } = getState();
  const notebook = selectNotebook(getState());
  const handle = readerHandle();
  if (!open || !notebook || !handle || open.textHash === undefined) return false;
  const { textHash } = open;
  const wanted = new Set(noteIds);
  const modifiedAt = new Date().toISOString();
  const changes = notebook.notes.flatMap((note) => {
    const placement = wanted.has(note.id) ? placements.get(note.id) : undefined;
    if (placement?.state !== 'close') return [];
    const there = placement.area ? handle.anchorOfArea(placement.area, textHash) : handle.anchorOf(placement, textHash);
    const anchor = note.anchor ? anchorMovedTo(note.anchor, there) : there;
    return [{ documentId: notebook.id, change: { type: 'put-note' as const, note: { ...note, anchor, modifiedAt } } }];
  });
  if (changes.length === 0) {
    notify(
      'info',
      noteIds.length === 1 ? 'The passage of this note is not in question.' : 'No passage of this document waits to be confirmed.',
    );
    return false;
  }
  if (!makeChanges(changes, { label: changes.length === 1 ? 'Confirm place' : 'Confirm places' })) return false;
  announce(changes.length === 1 ? 'The place is confirmed.' : `${changes.length} places are confirmed.`);
  return true;
}

/** The same of all passages of a note. */
export const confirmPlaceOf = (noteId: string): boolean =>
  confirmPlaces([...idsWithParts(selectNotebook(getState())?.notes ?? [], new Set([noteId]))]);

/** The passage as it was when it was marked, with what stood around it; the quote alone where that text was not kept. */
export async function readPassage(anchor: Anchor): Promise<PassageText> {
  const { textHash, start, end, exact } = anchor;
  const read = await call('notebook.passage', { textHash, start, end });
  return read.ok && read.value.exact.startsWith(exact.slice(0, 100)) ? read.value : { before: '', exact: quotedIn(anchor), after: '' };
}

/** What stands in the open document at a placement; `undefined` where there is none. */
export function passageAt(placement: Placement): PassageText | undefined {
  const text = readerHandle()?.text();
  return text === undefined || placement.state === 'unplaced' ? undefined : passageOf(text, placement.start, placement.end);
}

/** Lets the reader select where a note's passage is now; the dialog that offers it has gone by then. */
export function placeByHand(noteId: string, quote: string): void {
  setState({ placingNoteId: noteId });
  focusNote(noteId, { reveal: true });
  focusPane('main');
  const isArea = selectNotebook(getState())?.notes.some(({ id, anchor }) => id === noteId && anchor?.area);
  notify('info', isArea ? `Mark where “${quote}” is now: press M.` : `Select where “${quote}” is now, then press E.`);
}
