import { z } from 'zod';
import {
  type DeletedNote,
  momentSchema,
  type Note,
  type Notebook,
  noteSchema,
  positionSchema,
  readingStatusSchema,
  tagNameSchema,
} from './notebook';

/** One change of a notebook. Each can be applied twice with the same outcome, so a retry is harmless. */
export const notebookChangeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('put-note'), note: noteSchema }),
  z.object({ type: z.literal('delete-note'), noteId: z.uuid(), at: momentSchema }),
  z.object({ type: z.literal('restore-note'), noteId: z.uuid() }),
  /** Removes a note from the trash for good. */
  z.object({ type: z.literal('purge-note'), noteId: z.uuid() }),
  z.object({ type: z.literal('set-tags'), tags: z.array(tagNameSchema) }),
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
      return putNote(notebook, change.note);
    case 'delete-note':
      return deleteNote(notebook, change.noteId, change.at);
    case 'restore-note':
      return restoreNote(notebook, change.noteId);
    case 'purge-note':
      return { ...notebook, deletedNotes: withoutDeleted(notebook.deletedNotes, change.noteId) };
    case 'set-tags':
      return { ...notebook, tags: change.tags };
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

/** The change that undoes `change` when it is applied after it; `undefined` for what is not worth undoing. */
export function invertChange(notebook: Notebook, change: NotebookChange): NotebookChange | undefined {
  switch (change.type) {
    case 'put-note': {
      const before = notebook.notes.find((note) => note.id === change.note.id);
      // An added note that is taken back goes to the trash, like every other note that goes.
      return before ? { type: 'put-note', note: before } : { type: 'delete-note', noteId: change.note.id, at: change.note.modifiedAt };
    }
    case 'delete-note':
      return { type: 'restore-note', noteId: change.noteId };
    case 'restore-note': {
      const deleted = notebook.deletedNotes.find(({ note }) => note.id === change.noteId);
      return deleted && { type: 'delete-note', noteId: change.noteId, at: deleted.deletedAt };
    }
    case 'set-tags':
      return { type: 'set-tags', tags: notebook.tags };
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

function putNote(notebook: Notebook, note: Note): Notebook {
  const present = notebook.notes.find(({ id }) => id === note.id);
  // A note that comes back out of the trash, by redo say, keeps what it was there.
  const before = present ?? notebook.deletedNotes.find((deleted) => deleted.note.id === note.id)?.note;
  const deletedNotes = withoutDeleted(notebook.deletedNotes, note.id);
  const merged: Note = before ? { ...before, ...note, history: nextHistory(before, note) } : note;
  const notes = present ? notebook.notes.map((each) => (each.id === note.id ? merged : each)) : [...notebook.notes, merged];
  return { ...notebook, deletedNotes, notes };
}

/** The history of `before`, and `before` itself when its last edit is long enough ago. */
function nextHistory(before: Note, after: Note): Note['history'] {
  const same = before.body === after.body && before.colour === after.colour && before.tags.join('\n') === after.tags.join('\n');
  const near = Math.abs(Date.parse(after.modifiedAt) - Date.parse(before.modifiedAt)) < VERSION_INTERVAL;
  const empty = before.body === '' && before.tags.length === 0;
  if (same || near || empty) return before.history;
  const version = { at: before.modifiedAt, colour: before.colour, body: before.body, tags: before.tags };
  return [...before.history, version].slice(-VERSIONS_KEPT);
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
  return deleted ? putNote(notebook, deleted.note) : notebook;
}

const withoutDeleted = (deleted: DeletedNote[], noteId: string): DeletedNote[] => deleted.filter(({ note }) => note.id !== noteId);

function withOptional<K extends 'title' | 'date' | 'encoding'>(notebook: Notebook, key: K, value: string | undefined): Notebook {
  const { [key]: _dropped, ...rest } = notebook;
  return (value === undefined ? rest : { ...rest, [key]: value }) as Notebook;
}
