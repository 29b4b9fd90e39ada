import { fileNameOf, type Notebook } from '../api';
import { count } from './records';
import type { Recoverable } from './set-aside';

/** How the reader is told of a notebook that could not be read. It is never merged: nothing is written there before they have chosen. */
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
  goneOn: 'You can take notes on this document again. The file that could not be read is still in the quarantine.',
});

const titleOf = ({ id, title, identity }: Notebook): string => title ?? identity.title ?? fileNameOf(identity) ?? id;
