import type { DataProblem, Recovery } from '#api';
import type { BackupCopy } from './backups/copies';
import type { Problems } from './problems';

/** How the reader is told of one kind of file that can be recovered. */
export interface Recoverable<T> {
  subject: Recovery['subject'];
  /** The document whose notebook it is. */
  documentId?: string;
  /** How the reader calls it when it is lost, as in "The file of your tags could not be read". */
  lost: string;
  /** What a copy holds, as in "The backup of 3 May has …". */
  holds(copy: T): string;
  /** As in "3 notes on “Report” are back", without a full stop. */
  isBack(copy: T): string;
  /** The title of the document that a copy is about. */
  title?(copy: T): string;
  /** Said when the reader goes on without a backup. */
  goneOn: string;
  /** Whether nothing may be written before the reader has chosen. */
  isLocking: boolean;
}

/** How a file was lost: it could not be read, it is not there though a backup knows it, or it is there without what a backup has. */
export type Loss = 'unreadable' | 'missing' | 'emptied';

/** A file that was lost, until the reader has chosen what becomes of it. */
export interface SetAside<T> {
  loss: Loss;
  /** Where it is kept; absent when it is missing, or could not be moved and is still where it was. */
  place?: string;
  reason: string;
  /** The newest good copy of it from before the loss; held here, whatever becomes of the backups. */
  copy: BackupCopy<T> | undefined;
}

/** The day of a moment on this machine, as an ISO date. */
export const dayOf = (moment: Date): string => moment.toLocaleDateString('sv-SE');

/** "21 November 2026" */
export const dateOf = (moment: Date): string => moment.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** What the reader is told of a file that was lost. */
function describeLoss<T>({ loss, reason, place, copy }: SetAside<T>, { lost, holds, isLocking }: Recoverable<T>): string {
  const offer = copy ? ` The backup of ${dateOf(copy.madeAt)} has ${holds(copy.value)}` : isLocking ? ' No backup has a copy of it' : '';
  if (loss === 'emptied') return `${lost} was emptied by something other than Lectern.${offer}; what is there now stays beside it.`;
  const waits = isLocking ? '. Until you choose, no notes can be taken there.' : copy && '; what you changed since then stays.';
  if (loss === 'missing') return `${lost} is no longer in the data folder, and Lectern did not remove it.${offer}${waits ?? ''}`;
  const kept = place ? 'Nothing was deleted: the file was set aside.' : 'The file was left as it is and will not be changed.';
  return `${lost} could not be read: ${reason}. ${kept}${offer}${waits ?? ''}`;
}

/** Why nothing may be written before the reader has chosen. */
export const describeLock = <T>({ loss, copy }: SetAside<T>, { lost }: Recoverable<T>): string =>
  `${lost} ${loss === 'missing' ? 'is no longer there' : 'could not be read'}. At the top of the window you can ${copy ? `restore it from the backup of ${dateOf(copy.madeAt)}, or ` : ''}start with an empty notebook.`;

/** What the window needs to offer a choice; `undefined` when there is none. */
function recoveryOf<T>({ loss, copy }: SetAside<T>, { subject, documentId, title, isLocking }: Recoverable<T>): DataProblem['recovery'] {
  if (!isLocking && !copy) return undefined;
  return { subject, loss, documentId, title: copy && title?.(copy.value), backup: copy && dayOf(copy.madeAt) };
}

/** The problem's id, by the file's name without its extension. */
export const lossId = (stem: string): string => `${stem}:quarantined`;

/** Tells of a lost file, with what the reader can choose. */
export function tellLoss<T>(problems: Problems, stem: string, file: string, aside: SetAside<T>, kind: Recoverable<T>): void {
  const recovery = recoveryOf(aside, kind);
  const problem = { id: lossId(stem), message: describeLoss(aside, kind), path: aside.place ?? file, recovery };
  // Where there is nothing to choose, later starts have nothing to say of it.
  if (recovery) problems.add(problem);
  else problems.tell(problem);
}
