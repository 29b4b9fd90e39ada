import { describe } from '#model';
import { readerHandle } from '../reader-handle';
import { getState, selectNotebook } from '../store';
import { makeChanges } from './notebooks';
import { announce, notify } from './notices';

/** Makes the places at which notes of the open document are shown theirs; what they said before is kept among their versions. */
export function confirmPlaces(noteIds: readonly string[]): void {
  const { open, placements } = getState();
  const notebook = selectNotebook(getState());
  const handle = readerHandle();
  if (!open || !notebook || !handle || open.textHash === undefined) return;
  const { textHash } = open;
  const modifiedAt = new Date().toISOString();
  const changes = notebook.notes.flatMap((note) => {
    const placement = noteIds.includes(note.id) ? placements.get(note.id) : undefined;
    if (placement?.state !== 'close') return [];
    const anchor = { ...note.anchor, ...describe(handle.text(), placement.start, placement.end, textHash) };
    return [{ documentId: notebook.id, change: { type: 'put-note' as const, note: { ...note, anchor, modifiedAt } } }];
  });
  if (changes.length === 0) {
    notify('info', 'No passage of this document waits to be confirmed.');
    return;
  }
  if (!makeChanges(changes, { label: changes.length === 1 ? 'Confirm place' : 'Confirm places' })) return;
  announce(changes.length === 1 ? 'The place is confirmed.' : `${changes.length} places are confirmed.`);
}
