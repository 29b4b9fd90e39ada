import type { Note, Resolution } from '#model';

/** Notes in the order of the text: those on the whole document, placed ones, then those without a place. */
export function inTextOrder(notes: readonly Note[], placements: ReadonlyMap<string, Resolution>): Note[] {
  const places = new Map(notes.map((note) => [note.id, placeOf(note, placements.get(note.id))]));
  const place = (note: Note) => places.get(note.id) ?? 0;
  return notes.toSorted((a, b) => place(a) - place(b) || (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
}

function placeOf(note: Note, placement: Resolution | undefined): number {
  if (!note.anchor) return -1;
  if (placement?.state === 'unplaced') return Number.MAX_SAFE_INTEGER;
  // While the text is being drawn nothing is placed yet: the anchor's own offset is the best guess.
  return placement?.start ?? note.anchor.start;
}
