import { z } from 'zod';
import {
  type DeletedNote,
  momentSchema,
  type Note,
  type Notebook,
  type NoteVersion,
  noteSchema,
  positionSchema,
  readingStatusSchema,
  tagNameSchema,
} from './notebook';
import { tagKey } from './tags';

/** One change of a notebook. Each can be applied twice with the same outcome, so a retry is harmless. */
export const notebookChangeSchema = z.discriminatedUnion('type', [
  /**
   * `basedOn`: the `modifiedAt` of the note as it stood where it was changed; absent for a new one. When another state stands
   * there by then, whoever made this change did not know its words, so they are kept in the note's history.
   */
  z.object({ type: z.literal('put-note'), note: noteSchema, basedOn: momentSchema.optional() }),
  z.object({ type: z.literal('delete-note'), noteId: z.uuid(), at: momentSchema }),
  z.object({ type: z.literal('restore-note'), noteId: z.uuid() }),
  /** Removes a note from the trash for good. */
  z.object({ type: z.literal('purge-note'), noteId: z.uuid() }),
  /** `from`: the tags that were changed into these. What another window did to them meanwhile stays. */
  z.object({ type: z.literal('set-tags'), tags: z.array(tagNameSchema), from: z.array(tagNameSchema).optional() }),
  /** `undefined` gives back what the file says. */
  z.object({ type: z.literal('set-title'), title: z.string().trim().min(1).optional() }),
  z.object({ type: z.literal('set-date'), date: z.iso.date().optional() }),
  z.object({ type: z.literal('set-encoding'), encoding: z.string().optional() }),
  z.object({ type: z.literal('set-status'), status: readingStatusSchema }),
  z.object({ type: z.literal('set-position'), position: positionSchema, at: momentSchema }),
]);
export type NotebookChange = z.infer<typeof notebookChangeSchema>;

/** Edits of a note closer together than this (ms) are one version of its history. */
const VERSION_INTERVAL = 120_000;
const VERSIONS_KEPT = 50;

/** The notebook after `change`; the argument is left as it was. Unknown fields survive. */
export function applyChange(notebook: Notebook, change: NotebookChange): Notebook {
  switch (change.type) {
    case 'put-note':
      return putNote(notebook, change.note, change.basedOn);
    case 'delete-note':
      return deleteNote(notebook, change.noteId, change.at);
    case 'restore-note':
      return restoreNote(notebook, change.noteId);
    case 'purge-note':
      return { ...notebook, deletedNotes: withoutDeleted(notebook.deletedNotes, change.noteId) };
    case 'set-tags':
      return { ...notebook, tags: nextTags(notebook.tags, change.tags, change.from) };
    case 'set-title':
      return withOptional(notebook, 'title', change.title);
    case 'set-date':
      return withOptional(notebook, 'date', change.date);
    case 'set-encoding':
      return withOptional(notebook, 'encoding', change.encoding);
    case 'set-status':
      return { ...notebook, status: change.status };
    case 'set-position':
      return { ...notebook, position: { ...notebook.position, ...change.position }, lastReadAt: change.at };
  }
}

/**
 * The change that undoes `change` when it is applied after it; `undefined` for what is not worth undoing. It is based on what `change`
 * made, so that what another window did since is not lost by it.
 */
export function invertChange(notebook: Notebook, change: NotebookChange): NotebookChange | undefined {
  switch (change.type) {
    case 'put-note': {
      const before = notebook.notes.find((note) => note.id === change.note.id);
      // An added note that is taken back goes to the trash, like every other note that goes.
      return before
        ? { type: 'put-note', note: before, basedOn: change.note.modifiedAt }
        : { type: 'delete-note', noteId: change.note.id, at: change.note.modifiedAt };
    }
    case 'delete-note':
      return { type: 'restore-note', noteId: change.noteId };
    case 'restore-note': {
      const deleted = notebook.deletedNotes.find(({ note }) => note.id === change.noteId);
      return deleted && { type: 'delete-note', noteId: change.noteId, at: deleted.deletedAt };
    }
    case 'set-tags':
      return { type: 'set-tags', tags: notebook.tags, from: change.tags };
    case 'set-title':
      return { type: 'set-title', title: notebook.title };
    case 'set-date':
      return { type: 'set-date', date: notebook.date };
    case 'set-status':
      return { type: 'set-status', status: notebook.status };
    case 'set-encoding':
      return { type: 'set-encoding', encoding: notebook.encoding };
    case 'purge-note':
    case 'set-position':
      return undefined;
  }
}

/** `change` as it is made in `notebook`: with the state of its note, or the tags, that it is based on. */
export function basedOn(notebook: Notebook, change: NotebookChange): NotebookChange {
  if (change.type === 'set-tags') return { ...change, from: notebook.tags };
  if (change.type !== 'put-note') return change;
  const { basedOn: _earlier, ...rest } = change;
  const before = stateOf(notebook, change.note.id);
  return before ? { ...rest, basedOn: before.modifiedAt } : rest;
}

/** A note as it stands, or in the trash: one that comes back from there, by redo say, keeps what it was. */
const stateOf = ({ notes, deletedNotes }: Notebook, noteId: string): Note | undefined =>
  notes.find(({ id }) => id === noteId) ?? deletedNotes.find(({ note }) => note.id === noteId)?.note;

function putNote(notebook: Notebook, note: Note, basis: string | undefined): Notebook {
  const before = stateOf(notebook, note.id);
  const isPresent = notebook.notes.some(({ id }) => id === note.id);
  const deletedNotes = withoutDeleted(notebook.deletedNotes, note.id);
  const merged: Note = before ? { ...before, ...note, history: nextHistory(before, note, basis) } : note;
  const notes = isPresent ? notebook.notes.map((each) => (each.id === note.id ? merged : each)) : [...notebook.notes, merged];
  return { ...notebook, deletedNotes, notes };
}

/** Whether two states of a note are of one sitting, and so one version of it. */
export const isOneSitting = (before: Note, after: Note): boolean =>
  Math.abs(Date.parse(after.modifiedAt) - Date.parse(before.modifiedAt)) < VERSION_INTERVAL;

/** The history of `before`, and `before` itself when it is of an earlier sitting or `after` was made without knowing it. */
function nextHistory(before: Note, after: Note, basis: string | undefined): Note['history'] {
  const { history } = before;
  const isEmpty = before.body === '' && before.tags.length === 0;
  const isKnown = basis === before.modifiedAt;
  if (isEmpty || isSame(before, after) || (isKnown && isOneSitting(before, after))) return history;
  const version: NoteVersion = { at: before.modifiedAt, colour: before.colour, body: before.body, tags: before.tags };
  if (history.some((each) => each.at === version.at && isSame(each, version))) return history;
  return [...history, version].slice(-VERSIONS_KEPT);
}

type Words = Pick<NoteVersion, 'colour' | 'body' | 'tags'>;

const isSame = (one: Words, other: Words): boolean =>
  one.body === other.body && one.colour === other.colour && one.tags.join('\n') === other.tags.join('\n');

/** The tags after `from` was changed into `to`: both ways the same when nobody else changed them. */
function nextTags(present: string[], to: string[], from: string[] = present): string[] {
  if (from.join('\n') === present.join('\n')) return to;
  const has = (tags: readonly string[], tag: string) => tags.some((each) => tagKey(each) === tagKey(tag));
  const kept = present.filter((tag) => has(to, tag) || !has(from, tag));
  return [...kept, ...to.filter((tag) => !has(from, tag) && !has(kept, tag))];
}

function deleteNote(notebook: Notebook, noteId: string, at: string): Notebook {
  const note = notebook.notes.find(({ id }) => id === noteId);
  if (!note) return notebook;
  return {
    ...notebook,
    notes: notebook.notes.filter(({ id }) => id !== noteId),
    deletedNotes: [...withoutDeleted(notebook.deletedNotes, noteId), { note, deletedAt: at }],
  };
}

function restoreNote(notebook: Notebook, noteId: string): Notebook {
  const deleted = notebook.deletedNotes.find(({ note }) => note.id === noteId);
  return deleted ? putNote(notebook, deleted.note, deleted.note.modifiedAt) : notebook;
}

const withoutDeleted = (deleted: DeletedNote[], noteId: string): DeletedNote[] => deleted.filter(({ note }) => note.id !== noteId);

function withOptional<K extends 'title' | 'date' | 'encoding'>(notebook: Notebook, key: K, value: string | undefined): Notebook {
  const { [key]: _dropped, ...rest } = notebook;
  return (value === undefined ? rest : { ...rest, [key]: value }) as Notebook;
}
