import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { DATA_FOLDER_RENEWED, type Failure } from '#api';
import type { Log } from '../log';
import { makePrivateFolder } from '../private-folder';
import { digestOf } from './disk-state';
import { systemCode } from './errno';
import { DataFolderGone, writeFailure } from './failures';
import type { Problems } from './problems';
import { describeUnwatched, type Exhausted } from './unwatched';

/** Sees to it that nothing is written where the data folder only seems to be: into the empty mount point of a disk that is gone. */
export interface DataFolder {
  /** Resolves when writing is right: the folder is there, or may be made anew. Throws `DataFolderGone` when it is not. */
  check(): Promise<void>;
  /** Why nothing may be written there at the moment; `undefined` when it may. */
  refusal(): Promise<Failure | undefined>;
  /** Tells when the folder is another one than before (removed, renamed, connected again): whoever has something in memory writes it again. */
  onRenewed(listener: () => void): void;
  /** Says how a file that is in the folder can be known by its content, so that a disk that comes back is known. */
  remember(file: string, digest: string): void;
  /** Tells that files in it, named by one of them or their folder, cannot be watched; `undefined`: that they are again. */
  tellUnwatched(name: string, by: Exhausted | undefined): void;
  close(): void;
}

interface DataFolderOptions {
  /** Absolute. */
  dataFolder: string;
  problems: Problems;
  log: Log;
  /** ms between two looks while nothing is written; `null` for none. */
  interval?: number | null;
}

const INTERVAL = 10_000;
/** Files by which a folder that comes back is known: another machine may have changed some of them meanwhile. */
const SAMPLES = 32;
const PROBLEM = 'data-folder:gone';
const UNWATCHED = 'data-folder:unwatched';

/** Watches over a data folder that is there. */
export async function watchDataFolder(options: DataFolderOptions): Promise<DataFolder> {
  const { dataFolder, problems, log, interval = INTERVAL } = options;
  const listeners: (() => void)[] = [];
  // Where it cannot be looked at, it is as one that is not there yet.
  let known = await statFolder(dataFolder).catch((error: unknown) => void log.error(`${dataFolder} could not be looked at`, error));
  /** By file, the last written last. */
  const samples = new Map<string, string>();
  const unwatched = new Set<string>();
  let isGone = false;
  let looking: Promise<void> | undefined;

  const renew = (found: Folder | undefined) => {
    known = found;
    isGone = false;
    problems.solve(PROBLEM);
    for (const listener of listeners) listener();
  };

  const refuse = (message: string): never => {
    if (!isGone) {
      log.error(message);
      problems.add({ id: PROBLEM, message, path: dataFolder });
    }
    isGone = true;
    throw new DataFolderGone(message);
  };

  /** Whether one of the files that were last in the folder is there, as it was. */
  const holdsSample = async (): Promise<boolean> => {
    for (const [file, digest] of samples) {
      const bytes = await readFile(file).catch(() => undefined);
      if (bytes !== undefined && digestOf(bytes) === digest) return true;
    }
    return false;
  };

  const look = async (): Promise<void> => {
    const found = await statFolder(dataFolder);
    if (!known) {
      // It could not be made at the start, or was not there yet.
      known = found;
      return;
    }
    if (found && found.device === known.device) {
      if (isGone || found.inode !== known.inode) {
        // On some network disks a folder has another number each time.
        if (found.inode !== known.inode && !(await holdsSample())) tellRenewed();
        renew(found);
      }
      return;
    }
    if (found) {
      if (await holdsSample()) return renew(found);
      refuse(
        `The disk with your notes is no longer at ${dataFolder}: another folder is in its place. Nothing is written there. All notes of this session are kept in memory and are saved as soon as the disk is back; until then, do not close Lectern.`,
      );
    }
    const parent = await nearestFolder(path.dirname(dataFolder));
    if (parent?.device !== known.device)
      refuse(
        `The folder ${dataFolder} with your notes is gone; its disk seems not to be connected. All notes of this session are kept in memory and are saved as soon as it is back; until then, do not close Lectern.`,
      );
    await makePrivateFolder(dataFolder, log);
    tellRenewed();
    renew(await statFolder(dataFolder));
  };

  /** Files that are written at the same time share a look, so that what one finds out is not concluded twice. */
  const check = (): Promise<void> => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };

  const tellRenewed = () => {
    const message = `The folder ${dataFolder} with your notes was removed, renamed or exchanged while Lectern was running. Your notes, tags and settings are written there again from memory. Copies of dropped files, kept texts, old versions of notes and backups are where the old folder went; put them back if you have it.`;
    log.warn(message);
    problems.tell({ id: DATA_FOLDER_RENEWED, message, path: dataFolder });
  };

  const timer = interval === null ? undefined : setInterval(() => void check().catch(ignoreGone(log)), interval);
  timer?.unref();
  return {
    check,
    refusal: () =>
      check().then(
        () => undefined,
        (error: unknown) => writeFailure(error, dataFolder).failure,
      ),
    onRenewed: (listener) => void listeners.push(listener),
    remember(file, digest) {
      samples.delete(file);
      samples.set(file, digest);
      const [oldest] = samples.keys();
      if (samples.size > SAMPLES && oldest !== undefined) samples.delete(oldest);
    },
    tellUnwatched(name, by) {
      if (by && unwatched.size === 0)
        problems.add({ id: UNWATCHED, message: describeUnwatched('The folder with your notes', by), path: dataFolder });
      if (by) unwatched.add(name);
      else if (unwatched.delete(name) && unwatched.size === 0) problems.solve(UNWATCHED);
    },
    close: () => clearInterval(timer),
  };
}

/** `check` has told the reader already. */
const ignoreGone = (log: Log) => (error: unknown) => {
  if (!(error instanceof DataFolderGone)) log.error('the data folder could not be looked at', error);
};

interface Folder {
  device: bigint;
  inode: bigint;
}

/** `undefined` only when it is known not to be there: a failing disk may not be taken for a folder that was removed. Throws the system's error. */
async function statFolder(folder: string): Promise<Folder | undefined> {
  try {
    const { dev, ino } = await stat(folder, { bigint: true });
    return { device: dev, inode: ino };
  } catch (error) {
    if (!gone.has(systemCode(error) ?? '')) throw error;
    return undefined;
  }
}

const gone = new Set(['ENOENT', 'ENOTDIR']);

async function nearestFolder(folder: string): Promise<Folder | undefined> {
  const found = await statFolder(folder);
  const parent = path.dirname(folder);
  return found ?? (parent === folder ? undefined : nearestFolder(parent));
}
