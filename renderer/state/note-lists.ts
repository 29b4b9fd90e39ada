import type { LocatedNote } from '#api';
import { type Colour, foldText, isTagWithin, type Note, tagKey } from '#model';

/** What a list of notes is narrowed to. */
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

/** Folded text of notes, kept as long as the note itself: typing a filter over 10,000 notes must not fold them at each key. */
const foldedText = new WeakMap<Note, string>();

function textOf(note: Note): string {
  const known = foldedText.get(note);
  if (known !== undefined) return known;
  const text = foldText([note.anchor?.exact ?? '', note.body, ...note.tags].join('\n').replace(/[^\S\n]+/g, ' '));
  foldedText.set(note, text);
  return text;
}

export type NoteOrder = 'newest' | 'document';

export interface NotesQuery extends NoteFilter {
  documentId?: string;
  /** Words that must all stand in the quote, the note, its tags or the document's title. */
  text: string;
  order: NoteOrder;
}

/** The notes of one document, as "All notes" shows them together. */
export interface NoteGroup {
  documentId: string;
  title: string;
  notes: Note[];
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const newestFirst = (a: Note, b: Note) => (a.modifiedAt < b.modifiedAt ? 1 : a.modifiedAt > b.modifiedAt ? -1 : 0);
const byPlace = (a: Note, b: Note) => (a.anchor?.start ?? -1) - (b.anchor?.start ?? -1) || newestFirst(b, a);

/** The notes that answer `query`, by document: the document with the newest note first, or by title with the notes in the order of the text. */
export function groupNotes(all: readonly LocatedNote[], query: NotesQuery, titleOf: (documentId: string) => string): NoteGroup[] {
  const words = foldText(query.text).split(/\s+/).filter(Boolean);
  const groups = new Map<string, NoteGroup & { foldedTitle: string }>();
  for (const { documentId, note } of all) {
    if (query.documentId !== undefined && documentId !== query.documentId) continue;
    if (!passesFilter(note, query)) continue;
    const known = groups.get(documentId);
    const title = known?.title ?? titleOf(documentId);
    const foldedTitle = known?.foldedTitle ?? (words.length > 0 ? foldText(title) : '');
    const group = known ?? { documentId, title, notes: [], foldedTitle };
    groups.set(documentId, group);
    if (words.every((word) => textOf(note).includes(word) || foldedTitle.includes(word))) group.notes.push(note);
  }
  const found = [...groups.values()].filter(({ notes }) => notes.length > 0);
  for (const { notes } of found) notes.sort(query.order === 'newest' ? newestFirst : byPlace);
  const newestOf = ({ notes }: NoteGroup) => notes[0]?.modifiedAt ?? '';
  found.sort((a, b) =>
    query.order === 'newest'
      ? newestOf(a) < newestOf(b)
        ? 1
        : -1
      : collator.compare(a.title, b.title) || (a.documentId < b.documentId ? -1 : 1),
  );
  return found.map(({ documentId, title, notes }) => ({ documentId, title, notes }));
}
