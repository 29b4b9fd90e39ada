import { collectionsOf, isInCollection } from '../collections';
import { type Note, type Notebook, recordFields } from '../notebook';
import { wholeDeleted } from '../passages';
import type { JournalEntry } from './activity';

/** `JournalEntry` without what names it and tells when it was. */
export type Done<T = JournalEntry> = T extends JournalEntry ? Omit<T, 'id' | 'at'> : never;

/** What a reader did to a notebook that its notes do not tell. `before` is absent where there was none. */
export function doneBetween(before: Notebook | undefined, after: Notebook): Done[] {
  const { id: documentId } = after;
  const done: Done[] = [];
  // Of what is forgotten nothing is told.
  if (before?.forgottenAt !== after.forgottenAt) return done;
  for (const field of recordFields) {
    const [from, to] = [before?.[field] ?? (field === 'status' ? 'unread' : undefined), after[field]];
    // Another place in the reading list is no news.
    if (field === 'later' && from !== undefined && to !== undefined) continue;
    // That a document is being read is noted by itself.
    if (from === to || (field === 'status' && from !== 'finished' && to !== 'finished')) continue;
    done.push({ type: 'field-set', documentId, field, ...told('from', from), ...told('to', to) });
  }
  if (!isSame(before?.tags ?? [], after.tags)) done.push({ type: 'document-tagged', documentId, from: before?.tags ?? [], to: after.tags });
  done.push(...doneToCollections(before, after));
  return before ? [...done, ...doneToNotes(before, after)] : done;
}

const told = <K extends string>(key: K, value: string | boolean | undefined): { [key in K]?: string } =>
  value === undefined ? {} : ({ [key]: String(value) } as { [key in K]?: string });

function doneToCollections(before: Notebook | undefined, after: Notebook): Done[] {
  if (before?.collections === after.collections) return [];
  const { id: documentId } = after;
  const [were, are] = [collectionsOf(before ?? {}), collectionsOf(after)];
  const done =
    (isIn: boolean) =>
    ({ id, name }: { id: string; name: string }): Done => ({
      type: 'document-collected',
      documentId,
      collectionId: id,
      name,
      isIn,
    });
  return [
    ...are.filter(({ id }) => !isInCollection(before ?? {}, id)).map(done(true)),
    ...were.filter(({ id }) => !isInCollection(after, id)).map(done(false)),
  ];
}

function doneToNotes(before: Notebook, after: Notebook): Done[] {
  // Most changes touch one note, or none: the others are the same objects.
  if (before.notes === after.notes && before.deletedNotes === after.deletedNotes) return [];
  const { id: documentId } = after;
  const done: Done[] = [];
  const standing = byId(after.notes);
  const trashed = byId(after.deletedNotes.map(({ note }) => note));
  for (const { id: noteId, tags: from, partOf } of before.notes) {
    const now = standing.get(noteId) ?? trashed.get(noteId);
    // Those of a note that was joined to another one are there.
    const to = now?.partOf === partOf ? now?.tags : undefined;
    if (to && !isSame(from, to)) done.push({ type: 'note-tagged', documentId, noteId, from, to });
  }
  let purged = 0;
  for (const { note } of wholeDeleted(before.deletedNotes)) {
    if (standing.has(note.id)) done.push({ type: 'note-restored', documentId, noteId: note.id });
    else if (!trashed.has(note.id)) purged += 1;
  }
  if (purged > 0) done.push({ type: 'notes-purged', documentId, count: purged });
  return done;
}

const byId = (notes: readonly Note[]): Map<string, Note> => new Map(notes.map((note) => [note.id, note]));
const isSame = (one: readonly string[], other: readonly string[]): boolean => one.join('\n') === other.join('\n');
