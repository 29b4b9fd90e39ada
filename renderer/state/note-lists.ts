import { type Colour, isTagWithin, type Note, tagKey } from '#model';

/** What the list of the open document's notes is narrowed to. */
export interface NoteFilter {
  colour?: Colour;
  /** Also the tags under it. */
  tag?: string;
}

export const passesFilter = (note: Note, { colour, tag }: NoteFilter): boolean =>
  (colour === undefined || note.colour === colour) && (tag === undefined || note.tags.some((name) => isTagWithin(name, tag)));

/** The tags of notes, each once in the casing that came first, in order. */
export function tagsOf(notes: Iterable<Note>): string[] {
  const byKey = new Map<string, string>();
  for (const { tags } of notes) for (const name of tags) if (!byKey.has(tagKey(name))) byKey.set(tagKey(name), name);
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
}
