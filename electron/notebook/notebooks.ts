import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  applyChange,
  type DataProblem,
  documentIdSchema,
  type Failure,
  fail,
  type Identity,
  identitySchema,
  type Notebook,
  type NotebookChange,
  notebookChangeSchema,
  notebookSchema,
  ok,
  type RecoveryChoice,
  type Result,
} from '../api';
import type { Log } from '../log';
import { openBackups } from './backups';
import { createLimiter } from './limiter';
import type { WriteLock } from './lock';
import { findFiles, prepareFolder } from './notebook-folder';
import { createProblems, type ProblemListeners } from './problems';
import { createQuarantine, listOpenCases } from './quarantine';
import { recoveryOfNotebook } from './recover-notebook';
import { judgeNotebook } from './repair-notebook';
import { lossId } from './set-aside';
import { type FileKind, type Shelf, StoredFile } from './stored-file';
import { openTexts } from './texts';

/** Everything of the reader's that belongs to documents: one notebook a document, and the texts that anchors count on. */
export interface NotebookStore {
  get(id: string): Notebook | undefined;
  all(): Iterable<Notebook>;
  /** Why the notebook may not be changed (a newer version's, unreadable), when it may not. */
  lockedBecause(id: string): Failure | undefined;
  /** What each document is, also of notebooks that could not be read and of which a backup has a copy. */
  identities(): Iterable<{ id: string; identity: Identity }>;
  /** Does what the reader chose about a notebook that could not be read; `undefined` when the problem is none of a notebook's. */
  recover(problemId: string, choice: RecoveryChoice): Promise<Result<{ documentId: string; message: string }> | undefined>;
  /**
   * Applies changes, in order, and answers when they are on the disk and were read back. `create` makes the notebook
   * when there is none. After a failure the notebook is as it was, in memory and on the disk, so it can be tried again.
   * `revision` is that of the notebook after these changes.
   */
  apply(id: string, changes: readonly NotebookChange[], create: () => Notebook): Promise<Result<{ savedAt: string; revision: number }>>;
  /** How many times changes were applied to a notebook that `get` gave, since it was opened. */
  revisionOf(notebook: Notebook): number;
  /**
   * Records what a document's file now holds: `next` gets the identity as it is when its turn comes, and
   * may give the same one back. Without a notebook there is nothing to record.
   */
  changeIdentity(id: string, next: (identity: Identity) => Identity): Promise<Result<null>>;
  /** Keeps a text layer, once for each hash; fails with `text-hash-mismatch` when the text is another one. */
  keepText(textHash: string, text: string): Promise<Result<null>>;
  readText(textHash: string): Promise<Result<string>>;
  problems(): DataProblem[];
  /** Resolves when every change asked for so far is answered. */
  flush(): Promise<void>;
  /** Flushes and ends the backup; changes that come later fail. */
  close(): Promise<void>;
}

export interface NotebookOptions extends ProblemListeners {
  /** Absolute. */
  dataFolder: string;
  log: Log;
  claim?: WriteLock['claim'];
  /** ms from the opening to the first of the daily backups; `null` for none. */
  backupDelay?: number | null;
}

/** Files read at the same time at the start, and written at the same time later. */
const READING = 64;
const WRITING = 4;
const BACKUP_DELAY = 10_000;

const closedFailure = fail('write-failed', 'Lectern is closing, so nothing more can be saved.');

/** Opens the notebooks of a data folder: all of them are read now, and kept in memory. */
export async function openNotebooks({
  dataFolder,
  log,
  claim,
  backupDelay = BACKUP_DELAY,
  ...listeners
}: NotebookOptions): Promise<NotebookStore> {
  const folder = path.join(dataFolder, 'notebooks');
  const problems = createProblems(listeners);
  const quarantine = createQuarantine(dataFolder);
  const shelf: Shelf = { dataFolder, quarantine, problems, log, claim, writing: createLimiter(WRITING) };
  const backups = openBackups({ dataFolder, log, problems });
  const texts = await openTexts({ folder: path.join(dataFolder, 'texts'), shelf });
  const kindOf = (id: string): FileKind<Notebook> => ({
    label: `The notebook file ${id}.json`,
    judge: (content) => judgeNotebook(id, content),
    recovery: recoveryOfNotebook(id),
  });

  await prepareFolder(folder, shelf);
  const files = new Map<string, StoredFile<Notebook>>();
  const openFile = (id: string): StoredFile<Notebook> => {
    const file = new StoredFile(path.join(folder, `${documentIdSchema.parse(id)}.json`), kindOf(id), shelf);
    files.set(id, file);
    return file;
  };
  const reading = createLimiter(READING);
  const found = await findFiles(folder, shelf);
  await Promise.all(found.map(({ id, leftovers }) => reading(() => openFile(id).load(leftovers))));
  for (const [name, earlier] of await listOpenCases(quarantine, log)) {
    const id = documentIdSchema.safeParse(/^notebooks\/(.+)\.json$/.exec(name)?.[1]);
    // A notebook that is there was restored, or begun anew.
    if (id.success && !files.has(id.data)) await openFile(id.data).load([], earlier);
  }
  if (backupDelay !== null) backups.schedule(backupDelay);
  // Of the value itself, so that a notebook and its revision are always of one moment.
  const revisions = new WeakMap<Notebook, number>();
  const revisionOf = (notebook: Notebook) => revisions.get(notebook) ?? 0;
  let isClosed = false;
  const flush = async () => {
    await Promise.all([...files.values()].map((file) => file.idle()));
    await texts.idle();
  };

  return {
    get: (id) => files.get(id)?.value,
    *all() {
      for (const { value } of files.values()) if (value) yield value;
    },
    lockedBecause: (id) => files.get(id)?.locked,
    *identities() {
      for (const [id, { value, copy }] of files) {
        const identity = (value ?? copy)?.identity;
        if (identity) yield { id, identity };
      }
    },
    async recover(problemId, choice) {
      const [id, file] = [...files].find(([each]) => lossId(each) === problemId) ?? [];
      if (!file || id === undefined) return undefined;
      if (isClosed) return closedFailure;
      const before = file.value;
      const recovered = await file.recover(choice);
      const { value } = file;
      // Newer than whatever a window has of it.
      if (value && !revisions.has(value)) revisions.set(value, (before ? revisionOf(before) : 0) + 1);
      return recovered.ok ? ok({ documentId: id, message: recovered.value }) : recovered;
    },
    async apply(id, changes, create) {
      if (isClosed) return closedFailure;
      const checked = notebookChangeSchema.array().parse(changes);
      let revision = 0;
      const written = await (files.get(id) ?? openFile(id)).change((notebook) => {
        const before = notebook ?? newNotebook(id, create);
        const after = checked.reduce(applyChange, before);
        revision = revisionOf(before) + 1;
        revisions.set(after, revision);
        return after;
      });
      return written.ok ? ok({ savedAt: new Date().toISOString(), revision }) : written;
    },
    revisionOf,
    async changeIdentity(id, next) {
      if (isClosed) return closedFailure;
      const file = files.get(id);
      if (!file?.value) return file?.locked ? { ok: false, failure: file.locked } : ok(null);
      const written = await file.change((notebook = fileMissing(id)) => {
        const identity = identitySchema.parse(next(notebook.identity));
        if (isDeepStrictEqual(notebook.identity, identity)) return notebook;
        const after = { ...notebook, identity };
        revisions.set(after, revisionOf(notebook));
        return after;
      });
      return written.ok ? ok(null) : written;
    },
    keepText: (textHash, text) => (isClosed ? Promise.resolve(closedFailure) : texts.keep(textHash, text)),
    readText: (textHash) => texts.read(textHash),
    problems: () => problems.list(),
    flush,
    async close() {
      isClosed = true;
      await flush();
      await backups.close();
    },
  };
}

function newNotebook(id: string, create: () => Notebook): Notebook {
  const notebook = notebookSchema.parse(create());
  if (notebook.id !== id) throw new Error(`The new notebook of ${id} names ${notebook.id}`);
  return notebook;
}

function fileMissing(id: string): never {
  throw new Error(`The notebook ${id} is gone`);
}
