import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fail, ok, type RecoveryChoice, type Result } from '#api';
import {
  applyChange,
  holdsNothing,
  identitySchema,
  type Notebook,
  notebookChangeSchema,
  notebookSchema,
  outlineOf,
  withEdition,
} from '#model';
import { createPause } from '../pacing';
import { openBackups } from '../storage/backups/backups';
import { knownBackups } from '../storage/backups/known';
import { watchDataFolder } from '../storage/data-folder';
import type { StorageContext } from '../storage/file-kind';
import { patience as usualPatience } from '../storage/half-written';
import { keptTextsFolder } from '../storage/kept-text';
import { createLimiter } from '../storage/limiter';
import { lossId } from '../storage/losses';
import { createProblems } from '../storage/problems';
import { createQuarantine } from '../storage/quarantine';
import { count } from '../storage/records';
import { openArchiving } from './archiving';
import { ARCHIVES_LOST } from './lost-archives';
import { MISSING_TOGETHER, openNotebookFiles } from './notebook-files';
import type { NotebookOptions, NotebookStore } from './notebook-store';
import { createOutsideNotes } from './outside-notes';
import { Revisions } from './revisions';
import { openTexts } from './texts';
import { createDocumentTraces } from './traces';

/** Files written at the same time. */
const WRITING = 4;
const BACKUP_DELAY = 10_000;

const closedFailure = fail('write-failed', 'Lectern is closing, so nothing more can be saved.');

/** Opens the notebooks of a data folder: all of them are in memory from now on, packed where nobody changes them. */
export async function openNotebooks({
  dataFolder,
  localFolder,
  log,
  claim,
  known = knownBackups({ dataFolder, log }),
  backupDelay = BACKUP_DELAY,
  timeAtEnd,
  restAfter,
  patience = usualPatience,
  ...told
}: NotebookOptions): Promise<NotebookStore> {
  const problems = createProblems(told);
  const guard = await watchDataFolder({ dataFolder, problems, log });
  const quarantine = createQuarantine(dataFolder, guard);
  const context: StorageContext = {
    dataFolder,
    folder: guard,
    quarantine,
    problems,
    log,
    claim,
    writing: createLimiter(WRITING),
    patience,
  };
  const backups = openBackups({ dataFolder, check: guard.check, log, problems, timeAtEnd });
  const texts = openTexts({ folder: keptTextsFolder(dataFolder), context });
  const revisions = new Revisions();
  const pause = createPause();
  const listeners: ((notebook: Notebook, isNew: boolean) => void)[] = [];
  const outside = createOutsideNotes();
  const files = await openNotebookFiles({
    context,
    backups: known,
    cacheFile: localFolder === undefined ? undefined : path.join(localFolder, 'notebooks.sqlite'),
    revisions,
    restAfter,
    onOutside(before, after) {
      outside.take(before, after);
      // Newer than whatever a window has of it.
      revisions.set(after, revisions.after(before));
      for (const listener of listeners) listener(after, before === undefined);
    },
  });
  if (backupDelay !== null) backups.schedule(backupDelay);
  // Thinner, but of the same revision: a window has no need of it.
  const onMoved = (before: Notebook, after: Notebook) => void revisions.set(after, revisions.of(before));
  const archiving = await openArchiving({ context, files, known, onMoved });
  const notebooks = function* () {
    for (const [, { value }] of files.entries()) if (value) yield value;
  };
  const states = function* () {
    for (const [, { summary, copy, locked }] of files.entries()) if (summary || locked) yield summary ?? (copy && outlineOf(copy));
  };
  const traces = createDocumentTraces({ context, archiving, texts, backups, outlines: states });
  let isClosed = false;
  const flush = async () => {
    await archiving.idle();
    await Promise.all([...files.entries()].map(([, file]) => file.idle()));
    await texts.idle();
  };

  /** Brings one lost notebook back, or lets it go. */
  const recoverOne = async (id: string, choice: RecoveryChoice): Promise<Result<string>> => {
    const file = files.open(id);
    const before = file.value;
    const recovered = await file.recover(choice);
    const { value } = file;
    if (value && value !== before && !revisions.has(value)) revisions.set(value, revisions.after(before));
    return recovered;
  };

  /** The same for all that are missing together; what cannot be written stays to be chosen again. */
  const recoverTogether = async (choice: RecoveryChoice): Promise<Result<{ documentIds: string[]; message: string }>> => {
    const documentIds: string[] = [];
    for (const id of files.missing()) {
      const recovered = await recoverOne(id, choice);
      if (recovered.ok) documentIds.push(id);
      else if (recovered.failure.code !== 'problem-solved') return recovered;
    }
    files.settleMissing();
    const what = count(documentIds.length, 'document');
    const message =
      choice === 'restore'
        ? `Your notes on ${what} are back, from the backups.`
        : `You can take notes on ${what} again. The backups that have the earlier ones stay for a while.`;
    return ok({ documentIds, message });
  };

  /** Puts what is seen of a document's files into its notebook, which is the same to the windows; nothing where it has none. */
  const noteFile = async (id: string, next: (notebook: Notebook) => Notebook): Promise<Result<null>> => {
    if (isClosed) return closedFailure;
    const file = files.get(id);
    if (!file?.value) return file?.locked ? { ok: false, failure: file.locked } : ok(null);
    const written = await file.change((notebook = fileMissing(id)) => {
      const after = next(notebook);
      if (after !== notebook) revisions.set(after, revisions.of(notebook));
      return after;
    });
    return written.ok ? ok(null) : written;
  };

  return {
    get: (id) => files.get(id)?.value,
    read: (id) => files.get(id)?.read(pause),
    all: notebooks,
    *ids() {
      for (const [id, { summary }] of files.entries()) if (summary) yield id;
    },
    outline: (id) => files.get(id)?.summary,
    *outlines() {
      for (const [, { summary }] of files.entries()) if (summary) yield summary;
    },
    lockedBecause: (id) => files.get(id)?.locked,
    isLost: (id) => files.get(id)?.isLost ?? false,
    *identities() {
      for (const [id, { summary, copy }] of files.entries()) {
        const identity = (summary ?? copy)?.identity;
        if (identity) yield { id, identity };
      }
    },
    onOutsideChange: (listener) => void listeners.push(listener),
    async recover(problemId, choice) {
      if (problemId === MISSING_TOGETHER) return isClosed ? closedFailure : recoverTogether(choice);
      if (problemId === ARCHIVES_LOST) {
        if (isClosed) return closedFailure;
        const done = await archiving.recover(choice);
        return done.ok ? ok({ documentIds: [], message: done.value }) : done;
      }
      const [id] = [...files.entries()].find(([each]) => lossId(each) === problemId) ?? [];
      if (id === undefined) return undefined;
      if (isClosed) return closedFailure;
      const recovered = await recoverOne(id, choice);
      files.settleMissing();
      return recovered.ok ? ok({ documentIds: [id], message: recovered.value }) : recovered;
    },
    async apply(id, changes, create) {
      if (isClosed) return closedFailure;
      const checked = notebookChangeSchema.array().parse(changes);
      let revision = 0;
      let told: string | undefined;
      let present: Notebook | undefined;
      const written = await files.open(id).change((notebook) => {
        present = notebook;
        const before = notebook ?? newNotebook(id, create);
        const after = checked.reduce(applyChange, before);
        const met = outside.metBy(before, checked);
        if (met.length > 0) told = files.tellConflict(after, met);
        revision = revisions.after(before);
        revisions.set(after, revision);
        return after;
      });
      if (written.ok) backups.count(checked.filter(({ type }) => type !== 'set-position').length);
      if (!written.ok) {
        if (told !== undefined) problems.solve(told);
        return written;
      }
      archiving.moveOldest(id);
      return ok({ savedAt: new Date().toISOString(), revision, before: present, after: written.value });
    },
    async update(id, next) {
      if (isClosed) return closedFailure;
      let before: Notebook | undefined;
      const file = files.open(id);
      const change = (present: Notebook | undefined): Notebook => {
        before = present;
        const after = next(present);
        if (after === present) return after;
        const checked = notebookSchema.parse(after);
        if (checked.id !== id) throw new Error(`What is to be the notebook of ${id} names ${checked.id}`);
        revisions.set(checked, revisions.after(present));
        return checked;
      };
      // One that was lost is found again by it.
      const written = await (file.isLost ? file.replace(change) : file.change(change));
      files.settleMissing();
      return written.ok ? ok({ before, after: written.value }) : written;
    },
    async removeNothing(id) {
      if (isClosed) return closedFailure;
      const removed = await files.get(id)?.removeNothing(holdsNothing);
      return removed?.ok === false ? removed : ok(null);
    },
    revisionOf: (notebook) => revisions.of(notebook),
    changeIdentity: (id, next) =>
      noteFile(id, (notebook) => {
        const identity = identitySchema.parse(next(notebook.identity));
        return isDeepStrictEqual(notebook.identity, identity) ? notebook : { ...notebook, identity };
      }),
    addEditions: (id, rawHashes) =>
      noteFile(id, (notebook) => rawHashes.reduce((all, rawHash) => withEdition(all, rawHash, true), notebook)),
    keepText: (textHash, text) => (isClosed ? Promise.resolve(closedFailure) : texts.keep(textHash, text)),
    readText: (textHash) => texts.read(textHash),
    traces,
    folder: guard,
    archivedVersions: archiving.read,
    lackingVersions: archiving.lacking,
    bringVersions: async (id, versions) => (isClosed ? closedFailure : archiving.bring(id, versions)),
    problems: () => problems.list(),
    flush,
    async close() {
      isClosed = true;
      await flush();
      await files.close();
      guard.close();
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
