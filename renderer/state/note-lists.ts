import { type Colour, isBookmark, isTagWithin, type Note, type Placement, passagesOf, tagKey, topOfArea, type WholeNote } from '#model';
import { placementOf } from './passages';

/** What the list of the open document's notes is narrowed to. */
export interface NoteFilter {
  colour?: Colour;
  /** Bookmarks alone. */
  bookmarks?: boolean;
  /** Also the tags under it. */
  tag?: string;
  /** Of whom; empty for the reader's own. */
  person?: string;
}

export const passesFilter = (note: Note, { colour, bookmarks, tag, person }: NoteFilter): boolean =>
  (person === undefined || (note.creator?.name ?? '') === person) &&
  (colour === undefined || (note.colour === colour && !isBookmark(note))) &&
  (!bookmarks || isBookmark(note)) &&
  (tag === undefined || note.tags.some((name) => isTagWithin(name, tag)));

/** The tags of notes, each once in the casing that came first, in order. */
export function tagsOf(notes: Iterable<Note>): string[] {
  const byKey = new Map<string, string>();
  for (const { tags } of notes) for (const name of tags) if (!byKey.has(tagKey(name))) byKey.set(tagKey(name), name);
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
}

/** The other persons who made notes, each once, in order. */
export const peopleOf = (notes: Iterable<Pick<Note, 'creator'>>): string[] =>
  [...new Set([...notes].flatMap(({ creator }) => creator?.name ?? []))].sort();

/** Notes in the order of the text: those on the whole document, placed ones, then those without a place. */
export function inTextOrder<T extends WholeNote>(notes: readonly T[], placements: ReadonlyMap<string, Placement>): T[] {
  const places = new Map(notes.map((note) => [note.id, placeOf(note, placementOf(note, placements))]));
  const place = (note: T) => places.get(note.id) ?? 0;
  return notes.toSorted(
    (a, b) =>
      place(a) - place(b) ||
      topOfArea(passagesOf(a)[0]?.area) - topOfArea(passagesOf(b)[0]?.area) ||
      (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0),
  );
}

function placeOf(note: WholeNote, placement: Placement | undefined): number {
  if (!note.anchor) return -1;
  if (placement?.state === 'unplaced') return Number.MAX_SAFE_INTEGER;
  // While the text is being drawn nothing is placed yet: the anchor's own offset is the best guess.
  return placement?.start ?? passagesOf(note)[0]?.start ?? -1;
}
