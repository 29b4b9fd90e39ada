import { applyChange, type NotebookChange } from './changes';
import { collectionsOf, isInCollection, withCollection } from './collections';
import { editionsOf, withEdition } from './editions';
import { isSameContent, mergeNotebooks } from './merge';
import { type DeletedNote, emptyNotebook, justAfter, type Note, type Notebook, noteClock, type readersFields } from './notebook';
import { wholeNotes } from './passages';
import { tagKey } from './tag-names';

/**
 * The document that has the words of the document `id` by now, as far as `sameAsOf` tells. Of documents that are said to be each other, which
 * two machines can do, it is the one with the smallest id: so all machines agree.
 */
export function heirOf(id: string, sameAsOf: (id: string) => string | undefined): string {
  const passed = [id];
  for (let last = id; ; ) {
    const next = sameAsOf(last);
    if (next === undefined) return last;
    const before = passed.indexOf(next);
    if (before !== -1) return passed.slice(before).reduce((smallest, each) => (each < smallest ? each : smallest));
    passed.push(next);
    last = next;
  }
}

/** The notebook as one whose words belong to another document since `at`; or, without `sameAs`, to its own again. */
export function markedSame(notebook: Notebook, sameAs: string | undefined, at: string): Notebook {
  const { sameAs: _before, ...rest } = notebook;
  const last = timeOf(notebook.fieldTimes?.['sameAs']);
  const fieldTimes = { ...notebook.fieldTimes, sameAs: timeOf(at) > last ? at : justAfter(last) };
  return { ...rest, ...(sameAs !== undefined && { sameAs }), fieldTimes };
}

/**
 * A notebook with all that the reader has on another document. What only says how that one came to be as it is (what was removed from it for good,
 * when it was forgotten, of which document it is another file) stays with it. Moved again, nothing changes.
 */
export function moveInto(into: Notebook, from: Notebook): Notebook {
  const moved = withEditions(withCollections(withTags(bringNotes(into, from.notes, from.deletedNotes), from.tags), from), from);
  const changes: NotebookChange[] = [];
  const isLater = (field: string) => timeOf(from.fieldTimes?.[field]) > timeOf(into.fieldTimes?.[field]);
  const isFree = (field: (typeof readersFields)[number]) =>
    into[field] === undefined && (into.fieldTimes?.[field] === undefined || isLater(field)) && from[field] !== undefined;
  if (isFree('title')) changes.push({ type: 'set-title', title: from.title, at: from.fieldTimes?.['title'] });
  if (isFree('author')) changes.push({ type: 'set-author', author: from.author, at: from.fieldTimes?.['author'] });
  if (isFree('language')) changes.push({ type: 'set-language', language: from.language, at: from.fieldTimes?.['language'] });
  if (isFree('date')) changes.push({ type: 'set-date', date: from.date, at: from.fieldTimes?.['date'] });
  if (isFree('favourite')) changes.push({ type: 'set-favourite', favourite: from.favourite, at: from.fieldTimes?.['favourite'] });
  if (isFree('later')) changes.push({ type: 'set-later', later: from.later, at: from.fieldTimes?.['later'] });
  if (isLater('status')) changes.push({ type: 'set-status', status: from.status, at: from.fieldTimes?.['status'] });
  if (from.position && from.lastReadAt !== undefined && timeOf(from.lastReadAt) > timeOf(into.lastReadAt))
    changes.push({ type: 'set-position', position: from.position, at: from.lastReadAt });
  return changes.reduce(applyChange, moved);
}

/**
 * A notebook without the notes, deleted ones, tags, collections and editions that `into` has. Nothing marks notes and tags as gone: when a machine brings them back that did
 * not know, they are moved again, and words that only that machine has come along.
 */
export function emptied(from: Notebook, into: Notebook): Notebook {
  const isHeld = holding(into, from);
  const tags = from.tags.filter((tag) => !hasTag(into, tag));
  const rest: Notebook = {
    ...from,
    notes: from.notes.filter((note) => !isHeld(note.id)),
    deletedNotes: from.deletedNotes.filter(({ note }) => !isHeld(note.id)),
  };
  const held = collectionsOf(from).filter(({ id }) => isInCollection(into, id));
  const changes: NotebookChange[] = [
    { type: 'set-tags', tags },
    ...held.map((each) => ({ type: 'set-collection' as const, ...each, isIn: false })),
  ];
  const editions = editionsOf(from).filter((rawHash) => editionsOf(into).includes(rawHash));
  // Brought once more, one would come back that was parted from the other document since.
  return editions.reduce((all, rawHash) => withEdition(all, rawHash, false), changes.reduce(applyChange, rest));
}

/** Two documents as they were before they were joined, and what the latter became. */
export interface BeforeJoining {
  from: Notebook;
  into: Notebook;
  joined: Notebook;
}

/**
 * The ids of the notes that go back with the document that was joined: those that it brought, and of those that were made since the ones that stand on its
 * text (`isItsText` tells by the hash of one), further passages with their note. What the other document had before stays there.
 */
export function goingBack(
  present: Notebook,
  { from, into }: Pick<BeforeJoining, 'from' | 'into'>,
  isItsText: (textHash: string) => boolean,
): Set<string> {
  const brought = idsOf(from);
  const own = idsOf(into);
  const going = new Set([...brought].filter((id) => !own.has(id)));
  for (const { id, anchor, parts = [] } of wholeNotes(notesOf(present))) {
    const isMadeSince = !own.has(id) && !brought.has(id);
    if (isMadeSince && anchor && isItsText(anchor.textHash)) going.add(id);
    if (going.has(id)) for (const part of parts) if (!own.has(part.id)) going.add(part.id);
  }
  return going;
}

/**
 * The emptied notebook with what it had before, and with the notes that are `going` there as `into` has them now. They stand since just after those: joined
 * again, they are not taken for what was deleted there.
 */
export function givenBack(
  emptied: Notebook,
  into: Notebook,
  { from }: Pick<BeforeJoining, 'from'>,
  going: ReadonlySet<string>,
  at: string,
): Notebook {
  const ids = new Set([...idsOf(from), ...going]);
  const now = { notes: into.notes.filter(({ id }) => ids.has(id)), deletedNotes: into.deletedNotes.filter(({ note }) => ids.has(note.id)) };
  const known = new Set([...idsOf(into), ...(into.purgedNotes ?? []).map(({ noteId }) => noteId)]);
  const filled = bringNotes(
    emptied,
    [
      ...now.notes.map((note) => ({ ...note, currentSince: justAfter(timeOf(noteClock(note))) })),
      ...from.notes.filter(({ id }) => !known.has(id)),
    ],
    [...now.deletedNotes, ...from.deletedNotes.filter(({ note }) => !known.has(note.id))],
  );
  return markedSame(withEditions(withCollections(withTags(filled, from.tags), from), from), undefined, at);
}

/** The notebook without what joining gave it, and the notes that are `going`, which `from` has by now: these are in its trash. What was changed since stays. */
export function takenBack(
  present: Notebook,
  from: Notebook,
  { into, joined }: Pick<BeforeJoining, 'into' | 'joined'>,
  going: ReadonlySet<string>,
  at: string,
): Notebook {
  const isHeld = holding(from, present);
  const gone = [...going].filter(isHeld);
  const changes: NotebookChange[] = [
    ...gone.map((noteId): NotebookChange => ({ type: 'delete-note', noteId, at })),
    { type: 'set-tags', tags: into.tags, from: joined.tags },
    ...collectionsOf(joined)
      .filter(({ id }) => !isInCollection(into, id))
      .map((each) => ({ type: 'set-collection' as const, ...each, isIn: false })),
  ];
  if (present.title === joined.title) changes.push({ type: 'set-title', title: into.title, at });
  if (present.author === joined.author) changes.push({ type: 'set-author', author: into.author, at });
  if (present.language === joined.language) changes.push({ type: 'set-language', language: into.language, at });
  if (present.date === joined.date) changes.push({ type: 'set-date', date: into.date, at });
  if (present.favourite === joined.favourite) changes.push({ type: 'set-favourite', favourite: into.favourite, at });
  if (present.later === joined.later) changes.push({ type: 'set-later', later: into.later, at });
  if (present.status === joined.status) changes.push({ type: 'set-status', status: into.status, at });
  const editions = new Set(editionsOf(into));
  return editionsOf(present)
    .filter((rawHash) => !editions.has(rawHash))
    .reduce((all, rawHash) => withEdition(all, rawHash, false), changes.reduce(applyChange, present));
}

/** The notebook with notes of another document. They are new to one that was forgotten. */
function bringNotes(notebook: Notebook, notes: readonly Note[], deletedNotes: readonly DeletedNote[]): Notebook {
  const { id, identity, status, forgottenAt } = notebook;
  const since = timeOf(forgottenAt);
  const standing = (note: Note): Note =>
    forgottenAt === undefined || timeOf(noteClock(note)) > since ? note : { ...note, currentSince: justAfter(since) };
  const merged = mergeNotebooks(notebook, {
    ...emptyNotebook(id, identity),
    status,
    ...(forgottenAt !== undefined && { forgottenAt }),
    notes: notes.map(standing),
    deletedNotes: deletedNotes.map((deleted) => ({ ...deleted, note: standing(deleted.note) })),
  });
  return { ...notebook, notes: merged.notes, deletedNotes: merged.deletedNotes };
}

/** Tells of a note of `from` whether `holder` has all of it, words of its history too: to move it there would change nothing. */
function holding(holder: Notebook, from: Notebook): (noteId: string) => boolean {
  const before = placesOf(holder);
  const after = placesOf(bringNotes(holder, from.notes, from.deletedNotes));
  return (noteId) => isSameContent(before.get(noteId), after.get(noteId));
}

/** All of them, deleted ones too. */
export const notesOf = ({ notes, deletedNotes }: Notebook): Note[] => [...notes, ...deletedNotes.map(({ note }) => note)];

const idsOf = (notebook: Notebook): Set<string> => new Set(notesOf(notebook).map(({ id }) => id));

const placesOf = ({ notes, deletedNotes }: Notebook): Map<string, Note | DeletedNote> =>
  new Map<string, Note | DeletedNote>([
    ...notes.map((note) => [note.id, note] as const),
    ...deletedNotes.map((each) => [each.note.id, each] as const),
  ]);

const hasTag = ({ tags }: Notebook, tag: string): boolean => tags.some((each) => tagKey(each) === tagKey(tag));

const withTags = (notebook: Notebook, tags: readonly string[]): Notebook =>
  applyChange(notebook, { type: 'set-tags', tags: [...notebook.tags, ...tags.filter((tag) => !hasTag(notebook, tag))] });

/** The notebook in the collections of another one, too. */
const withCollections = (notebook: Notebook, from: Notebook): Notebook =>
  collectionsOf(from).reduce((all, each) => withCollection(all, { ...each, isIn: true }), notebook);

/** The notebook with the contents of another one as editions, too, where that has more than one. */
const withEditions = (notebook: Notebook, from: Notebook): Notebook =>
  editionsOf(from).reduce((all, rawHash) => withEdition(all, rawHash, true), notebook);

/** ms since the epoch; 0 when there is none. */
const timeOf = (moment: string | undefined): number => (moment === undefined ? 0 : Date.parse(moment));
