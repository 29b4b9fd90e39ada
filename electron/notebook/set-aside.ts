import type { DataProblem, Recovery } from '../api';
import type { BackupCopy } from './backup-copies';
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
  /** What a copy and what was written since the loss make together. Without it nothing may be written before the reader has chosen. */
  merge?(copy: T, since: T): T;
}

/** A file that could not be read, until the reader has chosen what becomes of it. */
export interface SetAside<T> {
  /** Where it is kept; absent when it could not be moved and is still where it was. */
  place?: string;
  reason: string;
  /** The newest good copy of it from before the loss; held here, whatever becomes of the backups. */
  copy: BackupCopy<T> | undefined;
}

/** The day of a moment on this machine, as an ISO date. */
const dayOf = (moment: Date): string => moment.toLocaleDateString('sv-SE');

/** "21 November 2026" */
export const dateOf = (moment: Date): string => moment.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** What the reader is told of a file that was set aside. */
function describeLoss<T>({ reason, place, copy }: SetAside<T>, { lost, holds, merge }: Recoverable<T>): string {
  const kept = place ? 'Nothing was deleted: the file was set aside.' : 'The file was left as it is and will not be changed.';
  const offer = copy ? ` The backup of ${dateOf(copy.madeAt)} has ${holds(copy.value)}` : merge ? '' : ' No backup has a copy of it';
  const waits = merge ? copy && '; what you changed since then stays.' : '. Until you choose, no notes can be taken there.';
  return `${lost} could not be read: ${reason}. ${kept}${offer}${waits ?? ''}`;
}

/** Why nothing may be written before the reader has chosen. */
export const describeLock = <T>({ copy }: SetAside<T>, { lost }: Recoverable<T>): string =>
  `${lost} could not be read. At the top of the window you can ${copy ? `restore it from the backup of ${dateOf(copy.madeAt)}, or ` : ''}start with an empty notebook.`;

/** What the window needs to offer a choice; `undefined` when there is none. */
function recoveryOf<T>({ copy }: SetAside<T>, { subject, documentId, title, merge }: Recoverable<T>): DataProblem['recovery'] {
  if (merge && !copy) return undefined;
  return { subject, documentId, title: copy && title?.(copy.value), backup: copy && dayOf(copy.madeAt) };
}

/** The problem's id, by the file's name without its extension. */
export const lossId = (stem: string): string => `${stem}:quarantined`;

/** Tells of a lost file, with what the reader can choose. */
export function tellLoss<T>(problems: Problems, stem: string, file: string, aside: SetAside<T>, kind: Recoverable<T>): void {
  problems.add({
    id: lossId(stem),
    message: describeLoss(aside, kind),
    path: aside.place ?? file,
    recovery: recoveryOf(aside, kind),
  });
}
