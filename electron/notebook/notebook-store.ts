import type { DataProblem, Failure, RecoveryChoice, Result } from '#api';
import type { ArchivedVersion, Identity, Notebook, NotebookChange, NotebookOutline, NoteVersion } from '#model';
import type { Log } from '../log';
import type { KnownBackups } from '../storage/backups/known';
import type { DataFolder } from '../storage/data-folder';
import type { Patience } from '../storage/half-written';
import type { WriteLock } from '../storage/lock';
import type { ProblemListeners } from '../storage/problems';
import type { DocumentTraces } from './traces';

/** What became of a notebook by changes. */
export interface Applied {
  savedAt: string;
  revision: number;
  before: Notebook | undefined;
  after: Notebook;
}

/** Everything of the reader's that belongs to documents: one notebook a document, and the texts that anchors count on. */
export interface NotebookStore {
  get(id: string): Notebook | undefined;
  /** The same, without keeping the thread to itself where the notebook is large. */
  read(id: string): Notebook | undefined | Promise<Notebook | undefined>;
  /** One after the other: each is unpacked for who looks at it. */
  all(): Iterable<Notebook>;
  ids(): Iterable<string>;
  /** What is at hand of a notebook; another object for each state of it. */
  outline(id: string): NotebookOutline | undefined;
  /** The same of all. */
  outlines(): Iterable<NotebookOutline>;
  /** Why the notebook may not be changed (a newer version's, unreadable), when it may not. */
  lockedBecause(id: string): Failure | undefined;
  /** Whether the notebook was lost and the reader has yet to choose; `update` brings it back. */
  isLost(id: string): boolean;
  /** What each document is, also of notebooks that could not be read and of which a backup has a copy. */
  identities(): Iterable<{ id: string; identity: Identity }>;
  /** Tells what another program or machine changed; `isNew`: the document had no notebook here before. */
  onOutsideChange(listener: (notebook: Notebook, isNew: boolean) => void): void;
  /** Does what the reader chose about notebooks that were lost; `undefined` when the problem is none of a notebook's. */
  recover(problemId: string, choice: RecoveryChoice): Promise<Result<{ documentIds: string[]; message: string }> | undefined>;
  /**
   * Applies changes, in order, and answers when they are on the disk and were read back. `create` makes the notebook
   * when there is none. After a failure the notebook is as it was, in memory and on the disk, so it can be tried again.
   * `revision` is that of the notebook after these changes, `before` (absent where there was none) and `after` are its states.
   */
  apply(id: string, changes: readonly NotebookChange[], create: () => Notebook): Promise<Result<Applied>>;
  /**
   * Puts what `next` makes of the notebook as it is (`undefined`: there is none) in its place, and answers with both when that is on the
   * disk and was read back. Giving back the same object writes nothing. After a failure the notebook is as it was.
   */
  update(id: string, next: (present: Notebook | undefined) => Notebook): Promise<Result<{ before: Notebook | undefined; after: Notebook }>>;
  /** Removes a notebook that holds nothing, with its file, as if there had never been one; any other stays. */
  removeNothing(id: string): Promise<Result<null>>;
  /** How many times changes were applied to a notebook that `get` gave, since it was opened. */
  revisionOf(notebook: Notebook): number;
  /**
   * Records what a document's file now holds: `next` gets the identity as it is when its turn comes, and
   * may give the same one back. Without a notebook there is nothing to record.
   */
  changeIdentity(id: string, next: (identity: Identity) => Identity): Promise<Result<null>>;
  /** Records that contents, by their raw hashes, are editions of a document, since the file of one was edited; without a notebook there is nothing to record. */
  addEditions(id: string, rawHashes: readonly string[]): Promise<Result<null>>;
  /** Keeps a text layer, once for each hash; fails with `text-hash-mismatch` when the text is another one. */
  keepText(textHash: string, text: string): Promise<Result<null>>;
  readText(textHash: string): Promise<Result<string>>;
  /** The versions of a note that are older than those in its notebook, oldest first. Throws when the archive cannot be read. */
  archivedVersions(id: string, noteId: string): Promise<NoteVersion[]>;
  /** Those of `versions` that a document's archive has not. Throws when the archive cannot be read. */
  lackingVersions(id: string, versions: readonly ArchivedVersion[]): Promise<ArchivedVersion[]>;
  /** Puts those into a document's archive that it has not, and answers how many. After a failure the archive is as it was. */
  bringVersions(id: string, versions: readonly ArchivedVersion[]): Promise<Result<number>>;
  /** What is kept of a document beside its notebook. */
  traces: DocumentTraces;
  /** Watches over the data folder for all its stores. */
  folder: DataFolder;
  problems(): DataProblem[];
  /** Resolves when every change asked for so far is answered. */
  flush(): Promise<void>;
  /** Flushes, writes again what another program took away, and makes a last backup when it is due; changes that come later fail. */
  close(): Promise<void>;
}

export interface NotebookOptions extends ProblemListeners {
  /** Absolute. */
  dataFolder: string;
  /** LOCAL, absolute: where it is kept what the notebooks' files held, so that not all of them are read at each start. */
  localFolder?: string;
  /** What the backups know; shared by all stores of a data folder. */
  known?: KnownBackups;
  log: Log;
  claim?: WriteLock['claim'];
  /** ms from the opening to the first of the daily backups; `null` for none. */
  backupDelay?: number | null;
  /** ms that a last backup may take when the notebooks are closed. */
  timeAtEnd?: number;
  /** ms without a change until a notebook is packed; the usual ones, but in tests. */
  restAfter?: number;
  /** With files that another program seems to be in the midst of writing. */
  patience?: Patience;
}
