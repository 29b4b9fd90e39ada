import { restoreNotes } from '#model';
import type { ShownWithin } from '../../sync/replica';
import { getState, noteOf } from '../store';
import { makeChanges } from './notebooks';
import { notify } from './notices';

/**
 * Takes over what another window or machine did to a document. The note that is being written here stays though it was deleted there: what is typed
 * next would become commands, or words of another note.
 */
export const keepWritten: ShownWithin = (documentId, takeOver) => {
  const { editingNoteId } = getState();
  const wasHere = editingNoteId !== undefined && noteOf(documentId, editingNoteId) !== undefined;
  takeOver();
  if (!wasHere || noteOf(documentId, editingNoteId)) return;
  const notebook = getState().notebooks.get(documentId);
  const changes = notebook ? restoreNotes(notebook, editingNoteId) : [];
  // Deleted for good, it does not come back.
  if (changes.length === 0 || !makeChanges(changes.map((change) => ({ documentId, change })))) return;
  notify('info', 'This note was deleted in another window or on another machine while you write in it. It stays.', {
    about: editingNoteId,
  });
};
