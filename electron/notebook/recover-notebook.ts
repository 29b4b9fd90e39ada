import { fileNameOf, type Notebook, wholeDeleted, wholeNotes } from '#model';
import type { Recoverable } from '../storage/losses';
import { count } from '../storage/records';

/** How the reader is told of a notebook that was lost. Nothing is written there before they have chosen. */
export const recoveryOfNotebook = (id: string): Recoverable<Notebook> => ({
  subject: 'notebook',
  documentId: id,
  lost: 'The file of your notes',
  holds({ notes, deletedNotes }) {
    if (notes.length > 0) return count(wholeNotes(notes).length, 'note');
    return deletedNotes.length > 0 ? count(wholeDeleted(deletedNotes).length, 'deleted note') : 'it, without notes';
  },
  isBack(copy) {
    const notes = wholeNotes(copy.notes).length;
    return notes === 0
      ? `What you kept on “${titleOf(copy)}” is back`
      : `${count(notes, 'note')} on “${titleOf(copy)}” ${notes === 1 ? 'is' : 'are'} back`;
  },
  title: titleOf,
  isLocking: true,
  goneOn: 'You can take notes on this document again. What was set aside is still in the quarantine, and the backups stay for a while.',
});

export const titleOf = ({ id, title, identity }: Notebook): string => title ?? identity.title ?? fileNameOf(identity) ?? id;
