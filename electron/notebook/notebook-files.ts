import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  isBlank,
  isDocumentId,
  isSameVersion,
  mergeNotebooks,
  type Note,
  type Notebook,
  type NotebookOutline,
  outlineOf,
  versionOf,
  wholeNotes,
} from '#model';
import { createPause } from '../pacing';
import type { KnownBackups } from '../storage/backups/known';
import { isAsSeen } from '../storage/disk-state';
import { systemCode } from '../storage/errno';
import type { FileKind, MergeMessage, StorageContext } from '../storage/file-kind';
import { CONFLICT, createFileMessages } from '../storage/file-messages';
import { watchFolder } from '../storage/folder-watch';
import type { Holding } from '../storage/held-value';
import { createLimiter } from '../storage/limiter';
import { dateOf, dayOf } from '../storage/losses';
import { findMissing } from '../storage/missing-files';
import { listOpenCases } from '../storage/quarantine';
import { count } from '../storage/records';
import { StoredFile } from '../storage/stored-file';
import { type KnownNotebook, openNotebookCache } from './notebook-cache';
import { findFiles, notebookIdIn, prepareFolder, strangerId, tellStranger, tellWaiting } from './notebook-folder';
import { recoveryOfNotebook, titleOf } from './recover-notebook';
import { validateNotebook } from './repair-notebook';
import { createRest } from './rest';
import type { Revisions } from './revisions';

/** The files of `DATA/notebooks`: all that are there, and those of which only a backup or the quarantine knows. */
export interface NotebookFiles {
  get(id: string): StoredFile<Notebook, NotebookOutline> | undefined;
  /** That of a document which may have none yet. */
  open(id: string): StoredFile<Notebook, NotebookOutline>;
  entries(): Iterable<[id: string, file: StoredFile<Notebook, NotebookOutline>]>;
  /** The documents whose files are missing together: told as one problem, and brought back together. */
  missing(): string[];
  /** Tells that these notes of a notebook were changed on both sides; the message's id. */
  tellConflict(notebook: Notebook, noteIds: readonly string[]): string;
  /** To be called when one of them was brought back or let go. */
  settleMissing(): void;
  /** Writes again what another program took away in the last moment, and watches no longer. */
  close(): Promise<void>;
}

interface NotebookFilesOptions {
  context: StorageContext;
  /** Where it is kept what the files held, so that not all of them are read at each start; absolute. Absent: they are. */
  cacheFile: string | undefined;
  backups: KnownBackups;
  revisions: Revisions;
  /** ms without a change until a notebook is packed; the usual ones, but in tests. */
  restAfter?: number;
  onOutside: OutsideListener;
}

/** Told of a notebook as another program or machine changed it. */
export type OutsideListener = (before: Notebook | undefined, after: Notebook) => void;

/** The problem of several notebooks that are missing together. */
export const MISSING_TOGETHER = 'notebooks:missing';

/** Files read at the same time at the start. */
const READING = 64;
/** ms without a change until a notebook is packed and kept for the next start: nobody waits for it, and a large one takes a while. */
const REST = 10_000;
const JSON_FILE = /^notebooks\/(.+)\.json$/;

/** Reads all notebooks of a data folder, and from then on takes in what others write there. */
export async function openNotebookFiles({
  context,
  cacheFile,
  backups,
  revisions,
  restAfter = REST,
  onOutside,
}: NotebookFilesOptions): Promise<NotebookFiles> {
  const { dataFolder, quarantine, problems, log } = context;
  const folder = path.join(dataFolder, 'notebooks');
  const files = new Map<string, StoredFile<Notebook, NotebookOutline>>();

  const cache = cacheFile === undefined ? undefined : openNotebookCache({ file: cacheFile, log });
  const pause = createPause();
  const rest = createRest({
    delay: restAfter,
    async deal(ids) {
      for (const id of ids) {
        await files.get(id)?.pack(pause);
        await pause();
      }
      cache?.keep(ids.map((id) => [id, toKeep(id)]));
      await setImmediate();
    },
    log,
  });
  const toKeep = (id: string): KnownNotebook | undefined => {
    const content = files.get(id)?.content;
    // What could not be understood is told at each start.
    return content?.summary.isUnclear ? undefined : content;
  };

  const kindOf = (id: string): FileKind<Notebook> => ({
    label: `The notebook file ${id}.json`,
    validate: (content) => validateNotebook(id, content),
    merge: mergeNotebooks,
    recovery: recoveryOfNotebook(id),
    onMerged: onOutside,
    describeMerge: describeConflict,
    onSeen: () => rest.touch(id),
  });
  // The same for all: there are thousands.
  const kindOfFile = (file: string) => kindOf(path.basename(file, '.json'));
  const holding: Holding<Notebook, NotebookOutline> = {
    summarise: outlineOf,
    onPacked: (notebook) => revisions.pack(notebook),
    onUnpacked: (notebook) => revisions.unpack(notebook),
  };
  const pathOf = (id: string): string => {
    if (!isDocumentId(id)) throw new Error(`${id} is no document's id`);
    return `${folder}${path.sep}${id}.json`;
  };
  const open = (id: string): StoredFile<Notebook, NotebookOutline> => {
    const known = files.get(id);
    if (known) return known;
    const file = new StoredFile(pathOf(id), kindOfFile, context, holding);
    files.set(id, file);
    return file;
  };

  /** Gives what stood in the file of another document to its own. */
  const placeStray = async (id: string, file: StoredFile<Notebook, NotebookOutline>, stray: Notebook): Promise<void> => {
    const placed = await open(stray.id).replace((since) => (since ? mergeNotebooks(since, stray) : stray));
    // A name that no backup knows was never a document's, but a copy's.
    if (placed.ok && !file.copy && (await file.recover('without')).ok) files.delete(id);
  };

  const takeCopy = async (file: string): Promise<void> => {
    try {
      const id = file.endsWith('.json') ? await notebookIdIn(file) : undefined;
      if (id === undefined) return tellStranger(file, problems);
      if (open(id).locked) return tellWaiting(file, problems);
      if (!(await open(id).takeCopy(await readFile(file)))) return tellStranger(file, problems);
      problems.solve(strangerId(file));
      log.info(`${file} was merged and is kept as ${await quarantine.move(file)}`);
    } catch (error) {
      // Put away by now, here or by another machine.
      if (systemCode(error) === 'ENOENT') return problems.solve(strangerId(file));
      log.error(`${file} could not be merged`, error);
      tellStranger(file, problems);
    }
  };

  await prepareFolder(folder, context);
  const reading = createLimiter(READING);
  const found = await findFiles(folder, context);
  const known = (await cache?.read(pause)) ?? new Map<string, KnownNotebook>();
  const changed: typeof found.notebooks = [];
  for (const each of found.notebooks) {
    const before = each.interrupted.length === 0 ? known.get(each.id) : undefined;
    if (before && isAsSeen(pathOf(each.id), before.seen)) open(each.id).adopt(before);
    else changed.push(each);
    known.delete(each.id);
    await pause();
  }
  const readChanged = async ({ id, interrupted }: (typeof changed)[number]): Promise<void> => {
    await open(id).load(interrupted);
    await open(id).pack(pause);
  };
  await Promise.all(changed.map((each) => reading(() => readChanged(each))));
  // Of files that are gone nothing is kept either.
  for (const id of known.keys()) rest.touch(id);
  for (const [name, earlier] of await listOpenCases(quarantine, log)) {
    const id = JSON_FILE.exec(name)?.[1] ?? '';
    // A notebook that is there was restored, or begun anew.
    if (isDocumentId(id) && !files.has(id)) await open(id).load([], earlier);
  }
  for (const [id, file] of [...files]) if (file.stray) await placeStray(id, file, file.stray);
  for (const name of found.others) await takeCopy(path.join(folder, name));

  const lost = await findMissing<Notebook>({
    dataFolder,
    known: backups,
    log,
    validatorOf(name) {
      const id = JSON_FILE.exec(name)?.[1] ?? '';
      return isDocumentId(id) ? (content) => validateNotebook(id, content) : undefined;
    },
    itemsOf(name) {
      const file = files.get(JSON_FILE.exec(name)?.[1] ?? '');
      // One that could not be read is told already.
      return file && (file.summary?.itemCount ?? Number.POSITIVE_INFINITY);
    },
  });
  const gone = lost.filter(({ loss }) => loss === 'missing');
  const isTogether = gone.length > 1;
  for (const { loss, copy } of lost) open(copy.value.id).offer(loss, copy, loss === 'emptied' || !isTogether);
  const missing = isTogether ? gone.map(({ copy }) => copy.value.id) : [];
  if (isTogether) {
    const newest = new Date(Math.max(...gone.map(({ copy }) => copy.madeAt.getTime())));
    const notes = gone.reduce((sum, { copy }) => sum + wholeNotes(copy.value.notes).length, 0);
    problems.add({
      id: MISSING_TOGETHER,
      message: `The files of your notes on ${gone.length} documents are no longer in the data folder, and Lectern did not remove them. The backups, the newest of ${dateOf(newest)}, have them, with ${count(notes, 'note')}. Until you choose, no notes can be taken on these documents.`,
      path: folder,
      recovery: { subject: 'notebooks', loss: 'missing', backup: dayOf(newest) },
    });
  }

  /** Ends the problem of what was missing together, once each of it is back or let go. */
  const settleMissing = () => {
    if (!missing.some((id) => files.get(id)?.isLost)) problems.solve(MISSING_TOGETHER);
  };

  const lookAt = async (name: string): Promise<void> => {
    if (name.startsWith('.') || !name.endsWith('.json')) return;
    const file = path.join(folder, name);
    const id = path.basename(name, '.json');
    if (!isDocumentId(id)) return takeCopy(file);
    const known = files.get(id);
    // A new one is opened only once it is whole: another program may still be writing it.
    if (!known && (await notebookIdIn(file).catch(() => undefined)) === id) await open(id).refresh();
    else if ((await known?.lookOutside()) === 'back') settleMissing();
  };
  const watching = watchFolder({
    folder,
    known: () => [...files.keys()].map((id) => `${id}.json`),
    lookAt,
    onUnwatched: (by) => context.folder.tellUnwatched(folder, by),
    log,
  });
  context.folder.onRenewed(() => {
    const writeAll = async () => {
      await prepareFolder(folder, context);
      await Promise.all([...files.values()].map((file) => file.writeAgain()));
      settleMissing();
      watching.restart();
    };
    writeAll().catch((error: unknown) => log.error('the notebooks could not all be written again', error));
  });

  return {
    get: (id) => files.get(id),
    open,
    entries: () => files.entries(),
    missing: () => missing,
    tellConflict(notebook, noteIds) {
      const { message, about } = conflictOn(notebook, noteIds);
      const { label } = kindOf(notebook.id);
      return createFileMessages({ ...context, file: pathOf(notebook.id), label }).happened(CONFLICT, message, about);
    },
    settleMissing,
    async close() {
      await watching.close();
      const closing: Promise<void>[] = [];
      for (const file of files.values()) {
        closing.push(file.close());
        await pause();
      }
      await Promise.all(closing);
      await rest.close();
      cache?.close();
    },
  };
}

/** What the reader is to know of a merge: nothing when each note has the words of only one side, or all of the other's. */
function describeConflict(before: Notebook, other: Notebook, after: Notebook): MergeMessage | undefined {
  const ours = new Map(before.notes.map((note) => [note.id, note]));
  const theirs = new Map(other.notes.map((note) => [note.id, note]));
  const both = after.notes.filter((note) => {
    const [one, two] = [ours.get(note.id), theirs.get(note.id)];
    return one && two && !knows(one, two) && !knows(two, one);
  });
  if (both.length === 0) return undefined;
  const added = after.notes.filter(({ id }) => !ours.has(id)).length;
  return conflictOn(
    after,
    both.map(({ id }) => id),
    added > 0 ? ` ${count(added, 'note')} came from there.` : '',
  );
}

function conflictOn(notebook: Notebook, noteIds: readonly string[], rest = ''): MergeMessage {
  const notes = noteIds.length === 1 ? 'One note was' : `${noteIds.length} notes were`;
  const message = `The notes on “${titleOf(notebook)}” were also changed by another machine or program. ${notes} changed on both sides: the later words are shown, the others are under “Earlier versions” in the note’s menu.${rest} Nothing was lost.`;
  return { about: noteIds.join(' '), message };
}

/** Whether `note` was made knowing the words of `other`. */
function knows(note: Note, other: Note): boolean {
  const version = versionOf(other);
  return isBlank(other) || note.body.startsWith(other.body) || note.history.some((each) => isSameVersion(each, version));
}
