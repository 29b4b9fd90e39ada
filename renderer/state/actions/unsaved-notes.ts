import { type DocumentNotes, notesAsMarkdown, notesIn } from '../../sync/notes-as-markdown';
import { notebookSaving } from '../notebook-sync';
import { getState } from '../store';
import { copyText } from './notes';

/** The notes of this window that are not known to be on the disk, by document. */
function unsavedNotes(): DocumentNotes[] {
  const { documents, notebooks } = getState();
  return notebookSaving.unsavedFiles().flatMap((id) => {
    const notes = notesIn(notebookSaving.unsavedOf(id));
    const notebook = notebooks.get(id);
    const title = documents.get(id)?.title ?? notebook?.title ?? notebook?.identity.title ?? id;
    return notes.length > 0 ? [{ title, notes }] : [];
  });
}

export const hasUnsavedNotes = (): boolean => unsavedNotes().length > 0;

/** Puts the words that may be lost with this window on the clipboard. */
export const copyUnsavedNotes = (): Promise<void> =>
  copyText(notesAsMarkdown(unsavedNotes()), 'The notes that are not saved yet are on the clipboard.');
