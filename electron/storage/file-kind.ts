import type { Log } from '../log';
import type { DataFolder } from './data-folder';
import type { Patience } from './half-written';
import type { Limiter } from './limiter';
import type { WriteLock } from './lock';
import type { Recoverable } from './losses';
import type { Problems } from './problems';
import type { Quarantine } from './quarantine';
import type { Validated } from './validation';

/** What the files of one store share. */
export interface StorageContext {
  /** Absolute. */
  dataFolder: string;
  folder: DataFolder;
  quarantine: Quarantine;
  problems: Problems;
  log: Log;
  /** How many files are written at the same time. */
  writing: Limiter;
  /** With files that another program seems to be in the midst of writing. */
  patience: Patience;
  /** Why nothing may be written at the moment (another Lectern has the lock), when it may not. */
  claim?: WriteLock['claim'];
}

/** One kind of file: how the reader calls it, and how its content is validated. */
export interface FileKind<T> {
  /** As in "The file of your tags". */
  label: string;
  validate(content: unknown): Validated<T>;
  /** What is known of the file and another state of it (another program's, a cut-off write's, a backup's) together. */
  merge(known: T, other: T): T;
  recovery: Recoverable<T>;
  /** Told when another program's words were taken in. */
  onMerged?(before: T | undefined, after: T): void;
  describeMerge?(before: T, other: T, after: T): MergeMessage | undefined;
  /** Told when the file on the disk is another than it was, and what is known of it too. */
  onSeen?(): void;
}

/** What the reader is to know of a merge; a later one `about` the same takes its place. */
export interface MergeMessage {
  about: string;
  message: string;
}
