import type { ReadingStatus } from './choices';
import { collectionsOf } from './collections';
import { editionsOf } from './editions';
import { linksOf, type NoteLinks, nameOfPageNote } from './links/note-links';
import type { Identity, Note, Notebook } from './notebook';
import { wholeDeleted, wholeNotes } from './passages';
import { tagKey } from './tag-names';
import { countTagUses, type TagUses } from './tag-uses';

/** What is to be known of a notebook where its notes are not looked at: in lists, and for finding its document. */
export interface NotebookOutline {
  id: string;
  identity: Identity;
  /** The reader's own. */
  title?: string;
  author?: string;
  date?: string;
  language?: string;
  encoding?: string;
  favourite?: true;
  /** Its place in the reading list. */
  later?: string;
  /** Those that it is in; absent without any. */
  collections?: readonly { id: string; name: string }[];
  /** Of another document, that has all of its notes. */
  sameAs?: string;
  /** Raw hashes of the contents that the reader said to be this document; absent without any. */
  editions?: readonly string[];
  /** When the reader had the document forgotten. */
  forgottenAt?: string;
  tags: readonly string[];
  /** Of the notebook and of its notes, with those above them. */
  tagUses: TagUses;
  /** The tags of its notes, each once, as it is first written. */
  noteTags: readonly string[];
  /** The other persons who made notes of it, each once; absent without any. */
  people?: readonly string[];
  /** Where its notes lead to, those that do; absent without any. */
  links?: readonly NoteLinks[];
  /** Its notes on the whole document that links can name, by that name; absent without any. */
  namedNotes?: readonly (readonly [name: string, noteId: string])[];
  status: ReadingStatus;
  /** 0 to 1. */
  progress: number;
  lastReadAt?: string;
  /** Of notes as their reader sees them: their further passages are not counted. */
  noteCount: number;
  deletedCount: number;
  /** Notes, deleted ones, those that are gone for good, and that another document has its words: what would be missed. */
  itemCount: number;
  /** When its first note was made, and when the one that was changed last was. */
  firstNoteAt?: string;
  newestNoteAt?: string;
  /** Hashes of the texts that its notes were made on, each once. */
  noteTexts: readonly string[];
  /** Of further texts that deleted notes and versions were made on, each once; absent without any. */
  earlierTexts?: readonly string[];
  /** What tells one state of its notes from another, over a restart too. */
  notesState: string;
  /** It holds something that could not be understood. */
  isUnclear: boolean;
}

/** Their number with a hash of what changes when one does. */
function stateOf(notes: readonly Note[]): string {
  let hash = 0;
  // One after the other: put together first, they take three times as long.
  const add = (text: string, length = text.length) => {
    for (let at = 0; at < length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  };
  for (const { id, modifiedAt, currentSince, retaggedAt, anchor } of notes) {
    add(id);
    add(modifiedAt);
    if (currentSince !== undefined) add(currentSince);
    if (retaggedAt !== undefined) add(retaggedAt);
    if (anchor) add(anchor.textHash, 8);
  }
  return `${notes.length}.${(hash >>> 0).toString(36)}`;
}

/** The tags of notes, each once. */
function namesOf(notes: readonly Note[]): string[] {
  const names = new Set<string>();
  for (const { tags } of notes) for (const name of tags) names.add(name);
  const byKey = new Map<string, string>();
  for (const name of names) {
    const key = tagKey(name);
    if (!byKey.has(key)) byKey.set(key, name);
  }
  return [...byKey.values()];
}

const newestOf = (notes: readonly Note[]): string =>
  notes.reduce((newest, { modifiedAt }) => (modifiedAt > newest ? modifiedAt : newest), '');

function earlierTextsOf({ notes, deletedNotes }: Notebook): Set<string> {
  const texts = new Set<string>();
  const add = (state: Pick<Note, 'anchor'>) => state.anchor && texts.add(state.anchor.textHash);
  for (const { note } of deletedNotes) add(note);
  for (const { history } of [...notes, ...deletedNotes.map(({ note }) => note)]) for (const version of history) add(version);
  return texts;
}

/** The hashes of all texts that a notebook counts on; some of them more than once. */
export function* textHashesOf({ identity, noteTexts, earlierTexts = [] }: NotebookOutline): Generator<string> {
  for (const { textHash } of [identity, ...identity.history]) if (textHash !== undefined) yield textHash;
  yield* noteTexts;
  yield* earlierTexts;
}

export function outlineOf(notebook: Notebook): NotebookOutline {
  const { id, identity, title, author, date, language, encoding, favourite, later, sameAs, forgottenAt } = notebook;
  const { tags, status, position, lastReadAt } = notebook;
  const { notes, deletedNotes, purgedNotes } = notebook;
  const collections = collectionsOf(notebook);
  const editions = editionsOf(notebook);
  const [first] = notes;
  const noteTexts = new Set(notes.flatMap(({ anchor }) => anchor?.textHash ?? []));
  const earlierTexts = [...earlierTextsOf(notebook).difference(noteTexts)];
  const links = notes.flatMap((note) => linksOf(note) ?? []);
  const namedNotes = notes.flatMap((note) => {
    const name = nameOfPageNote(note);
    return name === undefined ? [] : [[name, note.id] as const];
  });
  const people = [...new Set(notes.flatMap(({ creator }) => creator?.name ?? []))];
  return {
    id,
    identity,
    ...(title !== undefined && { title }),
    ...(author !== undefined && { author }),
    ...(date !== undefined && { date }),
    ...(language !== undefined && { language }),
    ...(encoding !== undefined && { encoding }),
    ...(favourite !== undefined && { favourite }),
    ...(later !== undefined && { later }),
    ...(collections.length > 0 && { collections }),
    ...(sameAs !== undefined && { sameAs }),
    ...(editions.length > 0 && { editions }),
    ...(forgottenAt !== undefined && { forgottenAt }),
    tags,
    tagUses: countTagUses([tags, ...notes.map((note) => note.tags)]),
    noteTags: namesOf(notes),
    ...(people.length > 0 && { people }),
    ...(links.length > 0 && { links }),
    ...(namedNotes.length > 0 && { namedNotes }),
    status,
    progress: position?.progress ?? 0,
    ...(lastReadAt !== undefined && { lastReadAt }),
    noteCount: wholeNotes(notes).length,
    deletedCount: wholeDeleted(deletedNotes).length,
    noteTexts: [...noteTexts],
    ...(earlierTexts.length > 0 && { earlierTexts }),
    notesState: stateOf(notes),
    itemCount: notes.length + deletedNotes.length + (purgedNotes?.length ?? 0) + (sameAs === undefined ? 0 : 1),
    ...(first && { firstNoteAt: first.createdAt, newestNoteAt: newestOf(notes) }),
    isUnclear: Array.isArray(notebook['unreadable']) && notebook['unreadable'].length > 0,
  };
}
