import { isSameContent, type LocatedChange, type Note, type NoteVersion, restoreNotes } from '#model';
import { call } from '../client';
import { notebookSaving } from '../notebook-sync';
import { getState } from '../store';
import { makeChanges } from './notebooks';
import { isOfAnother, withNotebook } from './notes';
import { notifyFailure, withdrawNotices } from './notices';

/**
 * Makes an earlier state of a note its present one; what stood there becomes a version. A note in the trash comes out of it. Whether
 * anything was changed.
 */
export function restoreVersion(documentId: string, noteId: string, { colour, body, tags, anchor }: NoteVersion): boolean {
  const notebook = getState().notebooks.get(documentId);
  const trashed = notebook?.deletedNotes.find(({ note }) => note.id === noteId)?.note;
  const note = notebook?.notes.find(({ id }) => id === noteId) ?? trashed;
  if (!note || isOfAnother(note)) return false;
  const version = { ...note, colour, body, tags, ...(anchor && { anchor }) };
  const changes: LocatedChange[] = [];
  if (notebook && trashed) for (const change of restoreNotes(notebook, noteId)) changes.push({ documentId, change });
  if (!isSameContent(note, version)) {
    const restored = { ...version, modifiedAt: new Date().toISOString() };
    changes.push({ documentId, change: { type: 'put-note', note: restored, keepsBefore: true } });
  }
  if (changes.length === 0 || !makeChanges(changes, { label: 'Restore version' })) return false;
  withdrawNotices(noteId);
  // The trash is shown as the host has it.
  if (trashed) void notebookSaving.flush();
  return true;
}

/** The versions of a note that are no longer in its notebook, oldest first. */
export async function readArchivedVersions(documentId: string, noteId: string): Promise<readonly NoteVersion[]> {
  const result = await call('notebook.archived-versions', { documentId, noteId });
  if (result.ok) return result.value;
  notifyFailure(result.failure);
  return [];
}

/** Gives a note of the trash with all its versions, where it still lies there. */
export async function readDeletedNote(documentId: string, noteId: string, give: (note: Note) => void): Promise<void> {
  await withNotebook(documentId, () => {
    const deleted = getState()
      .notebooks.get(documentId)
      ?.deletedNotes.find(({ note }) => note.id === noteId);
    if (deleted) give(deleted.note);
  });
}
