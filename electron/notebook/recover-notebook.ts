import { fileNameOf, type Notebook } from '#model';
import type { Recoverable } from '../storage/losses';
import { count } from '../storage/records';

/** How the reader is told of a notebook that was lost. Nothing is written there before they have chosen. */
export const recoveryOfNotebook = (id: string): Recoverable<Notebook> => ({
  subject: 'notebook',
  documentId: id,
  lost: 'The file of your notes',
  holds: ({ notes, deletedNotes }) =>
    notes.length > 0
      ? count(notes.length, 'note')
      : deletedNotes.length > 0
        ? count(deletedNotes.length, 'deleted note')
        : 'it, without notes',
  isBack: (copy) =>
    copy.notes.length === 0
      ? `What you kept on “${titleOf(copy)}” is back`
      : `${count(copy.notes.length, 'note')} on “${titleOf(copy)}” ${copy.notes.length === 1 ? 'is' : 'are'} back`,
  title: titleOf,
  isLocking: true,
  goneOn: 'You can take notes on this document again. What was set aside is still in the quarantine, and the backups stay for a while.',
});

export const titleOf = ({ id, title, identity }: Notebook): string => title ?? identity.title ?? fileNameOf(identity) ?? id;
