import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import {
  type BackupSummary,
  type CallsOf,
  type Emit,
  fail,
  LARGEST_ZIP,
  ok,
  type RestoreOutcome,
  type RestorePlan,
  type Result,
  type UploadedFile,
} from '#api';
import {
  type Applied,
  applyImport,
  type ImportPlan,
  type ImportRecord,
  type Incoming,
  planImport,
  type Target,
  undoImport,
} from './interchange/import';
import type { Library } from './library';
import type { Log } from './log';
import {
  type BackupContents,
  type NotebookStore,
  openDroppedFiles,
  openForeignBackup,
  openOwnBackup,
  summariseBackups,
  type TagStore,
} from './notebook';
import { createPause } from './pacing';

interface RestoringOptions {
  dataFolder: string;
  notebooks: NotebookStore;
  tags: TagStore;
  library: Library;
  emit: Emit;
  /** Tells the windows of the tags as they are now. */
  tellTags(): void;
  log: Log;
}

/** Restoring the library from a backup: a plan, the doing of it, and taking it back. One at a time. */
export interface Restoring {
  list(): Promise<{ backups: BackupSummary[]; last?: RestoreOutcome }>;
  /** From a backup of this library, by its name. */
  plan(name: string): Promise<Result<RestorePlan>>;
  /** From a zip that the reader brought. Throws what its bytes throw as they come. */
  planZip(file: UploadedFile): Promise<Result<RestorePlan>>;
  apply(planId: string, undelete: boolean): Promise<Result<RestoreOutcome>>;
  /** Lets go of a plan, and of the backup that it holds, unless it is being carried out. */
  forget(planId: string): Promise<void>;
  /** Ends what is being applied after the document that it is at. */
  stop(): void;
  undo(): Promise<Result<RestoreOutcome>>;
  /** Ends what is being applied and lets go of the backup. */
  close(): Promise<void>;
}

/** What restoring answers. */
export const restoreCalls = (restoring: Restoring): CallsOf<'restore'> => ({
  'restore.list': () => restoring.list(),
  'restore.plan': ({ name }) => restoring.plan(name),
  'restore.apply': ({ planId, undelete }) => restoring.apply(planId, undelete),
  'restore.forget': async ({ planId }) => {
    await restoring.forget(planId);
    return null;
  },
  'restore.stop': () => {
    restoring.stop();
    return null;
  },
  'restore.undo': () => restoring.undo(),
});

interface Planned {
  id: string;
  contents: BackupContents;
  incoming: Incoming;
  plan: ImportPlan;
}

export function createRestoring(options: RestoringOptions): Restoring {
  const { dataFolder, log, emit } = options;
  const dropped = openDroppedFiles(dataFolder);
  let planned: Planned | undefined;
  let last: { record: ImportRecord; outcome: RestoreOutcome; files: BackupContents['files'] } | undefined;
  let running: { abort: AbortController; ended: Promise<unknown>; isPlan: boolean } | undefined;

  const forget = async () => {
    const { contents } = planned ?? {};
    planned = undefined;
    await contents?.close();
  };

  /** Lets one thing happen at a time, so that nothing is undone while it is being done. */
  const alone = async <T>(act: (signal: AbortSignal) => Promise<Result<T>>, isPlan = false): Promise<Result<T>> => {
    // Looking at one backup and then at another changes nothing, so the second waits for the first.
    while (running?.isPlan) await running.ended;
    if (running) return fail('cancelled', 'A restore is going on, perhaps in another window. Wait for it to end.');
    const abort = new AbortController();
    const ended = act(abort.signal);
    running = { abort, ended: ended.catch(() => undefined), isPlan };
    try {
      return await ended;
    } finally {
      running = undefined;
    }
  };

  const plan = async (open: () => Promise<Result<BackupContents>>): Promise<Result<RestorePlan>> => {
    await forget();
    const opened = await open();
    if (!opened.ok) return opened;
    const contents = opened.value;
    try {
      const files: string[] = [];
      for (const [name, file] of contents.files) if (await dropped.isKept(file)) files.push(name);
      const { notebooks, tags, text, archives, versions } = contents;
      const incoming = { notebooks, tags, text, files, archives, versions };
      const target = openTarget(options, contents.files);
      const made = await planImport(incoming, target, createPause());
      planned = { id: randomUUID(), contents, incoming, plan: made };
      const missing = [...contents.files.keys()].filter((name) => !files.includes(name));
      const absent: string[] = [];
      for (const name of missing) if (!(await dropped.has(name))) absent.push(name);
      const notices = absent.length > 0 ? [absentFiles(absent.length)] : [];
      return ok({
        ...made.shown,
        id: planned.id,
        madeAt: contents.madeAt?.toISOString(),
        notices: [...contents.notices, ...notices],
      });
    } catch (error) {
      await contents.close();
      throw error;
    }
  };

  const apply = async (planId: string, undelete: boolean, signal: AbortSignal): Promise<Result<RestoreOutcome>> => {
    if (planned?.id !== planId) return fail('cancelled', 'Another backup was chosen meanwhile. Choose again what to restore from.');
    const { plan: made, incoming, contents } = planned;
    const target = openTarget(options, contents.files);
    const needed = made.files.reduce((sum, name) => sum + (contents.files.get(name)?.size ?? 0), made.bytes);
    const missing = await missingRoom(dataFolder, needed);
    if (missing > 0) return noRoom(missing);
    const onProgress = (done: number, total: number) => {
      if (done === total || done % Math.ceil(total / 100) === 0) emit('restore.progress', { done, total });
    };
    const applied = await applyImport(made, incoming, target, { undelete, signal, onProgress });
    await forget();
    options.tellTags();
    const outcome = describe(applied, made.notebooks.length);
    log.info(`restored ${applied.record.notebooks.length} notebooks and ${applied.record.files.length} files`);
    for (const message of applied.skipped) log.warn(message);
    if (outcome.undoable) {
      // The rest of one that ended early is taken back together with it.
      const earlier = last?.outcome.complete === false ? last : undefined;
      const notebooks = [...(earlier?.record.notebooks ?? []), ...applied.record.notebooks];
      const files = [...(earlier?.record.files ?? []), ...applied.record.files];
      last = { record: { ...applied.record, notebooks, files }, outcome, files: new Map([...(earlier?.files ?? []), ...contents.files]) };
    }
    return ok(outcome);
  };

  const undo = async (): Promise<Result<RestoreOutcome>> => {
    if (!last) return fail('problem-solved', 'There is no restore to take back.');
    const target = openTarget(options, last.files);
    const { failure } = await undoImport(last.record, target, new Date().toISOString());
    options.tellTags();
    if (failure) return fail(failure.code, `Not everything of the restore could be taken back. ${failure.message}`);
    last = undefined;
    return ok({
      message: 'The restore was taken back. Notes that it had brought are in the trash; what you changed since is as you left it.',
      complete: true,
      undoable: false,
    });
  };

  return {
    async list() {
      return { backups: await summariseBackups(dataFolder, log), ...(last && { last: last.outcome }) };
    },
    plan: (name) => alone(() => plan(() => openOwnBackup(dataFolder, name)), true),
    async planZip(file) {
      const bytes = await collect(file, LARGEST_ZIP);
      if (!bytes) return zipTooLarge(file.name, dataFolder);
      return alone(() => plan(() => openForeignBackup(file.name, bytes)), true);
    },
    apply: (planId, undelete) => alone((signal) => apply(planId, undelete, signal)),
    async forget(planId) {
      if (planned?.id === planId && !running) await forget();
    },
    stop: () => running?.abort.abort(),
    undo: () => alone(undo),
    async close() {
      running?.abort.abort();
      await running?.ended;
      await forget();
    },
  };
}

/** The bytes of a file, when there are at most `most`. */
async function collect({ size, chunks }: UploadedFile, most: number): Promise<Uint8Array | undefined> {
  if ((size ?? 0) > most) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of chunks) {
    length += part.length;
    if (length > most) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const zipTooLarge = (name: string, dataFolder: string) =>
  fail(
    'document-too-large',
    `“${name}” has more than the ${LARGEST_ZIP / 1_048_576} MB that a zip may have to be opened here. Copy it under its own name into the folder “backups” in ${dataFolder}: it is listed here then.`,
  );

/** Bytes that are left free for what the reader writes meanwhile. */
const LEFT_FREE = 4 * 1_048_576;

/** How many bytes too few are free. A notebook is written beside the old one before it takes its place. */
async function missingRoom(folder: string, needed: number): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return needed === 0 ? 0 : needed + LEFT_FREE - bavail * bsize;
}

const noRoom = (bytes: number) =>
  fail(
    'disk-full',
    `Nothing was restored: there is not enough room on the disk. Make ${Math.ceil(bytes / 1_048_576)} MB more free and try again.`,
  );

/** The library as what is brought in sees and changes it; open windows are told of each notebook. */
function openTarget({ dataFolder, notebooks, tags, library, emit }: RestoringOptions, files: BackupContents['files']): Target {
  const dropped = openDroppedFiles(dataFolder);
  const kept = (name: string) => {
    const file = files.get(name);
    if (!file) throw new Error(`${name} is in no list of the backup`);
    return file;
  };
  return {
    notebook: notebooks.get,
    notebooks: notebooks.all,
    lockedBecause: (id) => (notebooks.isLost(id) ? undefined : notebooks.lockedBecause(id)),
    tags: tags.list,
    hasText: async (textHash) => (await notebooks.readText(textHash)).ok,
    hasFile: dropped.has,
    async update(id, next) {
      const written = await notebooks.update(id, next);
      if (!written.ok || written.value.before === written.value.after) return written;
      await library.notebookRestored(id);
      const notebook = notebooks.get(id);
      if (notebook) emit('notebook.restored', { notebook, revision: notebooks.revisionOf(notebook) });
      return written;
    },
    async addTags(added) {
      const remembered = await tags.remember(added.map(({ name }) => name));
      const colours = added.flatMap(({ name, colour }) => (colour ? [{ type: 'set-tag-colour' as const, name, colour }] : []));
      return remembered.ok && colours.length > 0 ? tags.apply(colours) : remembered;
    },
    keepText: notebooks.keepText,
    countLacking: async (id, versions) => (await notebooks.lackingVersions(id, versions)).length,
    bringVersions: notebooks.bringVersions,
    async bringFile(name) {
      const failure = await notebooks.folder.refusal();
      return failure ? { ok: false, failure } : dropped.bring(name, kept(name));
    },
    takeFile: (name) => dropped.take(name, kept(name)),
  };
}

function describe({ record, failure, skipped, stopped }: Applied, total: number): RestoreOutcome {
  const undoable = record.notebooks.length + record.files.length > 0;
  const done = [
    ...(record.added > 0 ? [`${count(record.added, 'note')} ${record.added === 1 ? 'is' : 'are'} back`] : []),
    ...(record.changed > 0 ? [`${count(record.changed, 'note')} now ${record.changed === 1 ? 'has' : 'have'} both texts`] : []),
    ...(record.versions > 0 ? [`${count(record.versions, 'old version')} ${record.versions === 1 ? 'is' : 'are'} back`] : []),
    ...(record.files.length > 0 ? [`${count(record.files.length, 'file')} ${record.files.length === 1 ? 'is' : 'are'} back`] : []),
  ].join(', ');
  const told = done === '' ? '' : ` ${done}.`;
  const ended = failure
    ? `The restore ended before everything was done: ${failure.message} ${record.notebooks.length} of ${count(total, 'document')} ${record.notebooks.length === 1 ? 'was' : 'were'} restored, and nothing is half done.${told} Restore again for the rest, or undo.`
    : stopped
      ? `The restore was stopped. Nothing is half done.${told}`
      : undoable || record.versions > 0
        ? `Restored.${told}`
        : 'Everything in this backup is here already, so nothing was changed.';
  return { message: [ended, ...new Set(skipped)].join(' '), complete: !failure && !stopped, undoable };
}

const count = (number: number, singular: string): string => `${number} ${singular}${number === 1 ? '' : 's'}`;

const absentFiles = (number: number): string =>
  number === 1
    ? 'One file that was dropped into Lectern is not here, and its content does not lie beside these backups.'
    : `${number} files that were dropped into Lectern are not here, and their contents do not lie beside these backups.`;
