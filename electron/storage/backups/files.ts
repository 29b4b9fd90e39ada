import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, link, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fail, ok, type Result } from '#api';
import type { Log } from '../../log';
import { ignoreMissing, systemCode } from '../errno';
import { NotVerifiedError, writeFailure } from '../failures';
import { syncFolder } from '../guarded-write';
import { backupFolder, type FileState, type KeptFile } from './manifest';

/** Bytes that a copy of a dropped file leaves free on the disk, for the notes. */
const LEFT_FREE = 256 * 1_048_576;

const filesFolder = (dataFolder: string): string => path.join(backupFolder(dataFolder), 'files');

/** Where the content of a dropped file is kept. */
const keptFilePath = (dataFolder: string, sha256: string): string => path.join(filesFolder(dataFolder), sha256);

/** A dropped file as it lies in `DATA/documents`. */
export interface DroppedFile extends FileState {
  path: string;
  /** Its modification time, ms since 1970. */
  changedAt: number;
}

/** The dropped files of a data folder, without hidden ones: those are being written. */
export async function listDropped(dataFolder: string): Promise<DroppedFile[]> {
  const entries = await readdir(path.join(dataFolder, 'documents'), { recursive: true, withFileTypes: true }).catch(ignoreMissing);
  const found: DroppedFile[] = [];
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(dataFolder, file).split(path.sep).join('/');
    if (!entry.isFile() || name.includes('/.')) continue;
    const stats = await stat(file).catch(ignoreMissing);
    if ('mtimeMs' in stats) found.push({ name, path: file, size: stats.size, changedAt: stats.mtimeMs, stateAt: stats.ctimeMs });
  }
  return found;
}

interface Keeping {
  dataFolder: string;
  dropped: readonly DroppedFile[];
  /** As the newest backup has them. A file that looks as it did then is not read again. */
  before: ReadonlyMap<string, KeptFile>;
  signal: AbortSignal;
  log: Log;
}

/**
 * Keeps the content of dropped files, each once, as copies that are read back: a hard link would be damaged with the file.
 * One that cannot be kept hinders no other; the first such error comes back. Throws the signal's reason only.
 */
export async function keepFiles({ dataFolder, dropped, before, signal, log }: Keeping): Promise<{
  files: Map<string, KeptFile>;
  failed: { name: string; error: unknown }[];
}> {
  const files = new Map<string, KeptFile>();
  const failed: { name: string; error: unknown }[] = [];
  for (const { name, path: file, size, changedAt, stateAt } of dropped) {
    signal.throwIfAborted();
    try {
      const earlier = before.get(name);
      const isSame = earlier?.size === size && earlier.changedAt === changedAt && earlier.stateAt === stateAt;
      const sha256 = isSame ? earlier.sha256 : await hashFile(file, signal);
      if (!(await isKept(dataFolder, sha256, size))) {
        // What is there has another size, so it is damaged.
        await rm(keptFilePath(dataFolder, sha256), { force: true });
        const { bavail, bsize } = await statfs(dataFolder);
        if (bavail * bsize < size + LEFT_FREE) throw new NotVerifiedError(keptFilePath(dataFolder, sha256), true);
        await copyFile(file, keptFilePath(dataFolder, sha256), { sha256, signal });
      }
      files.set(name, { sha256, size, changedAt, stateAt });
    } catch (error) {
      signal.throwIfAborted();
      log.warn(`${file} could not be copied into the backups`, error);
      if (systemCode(error) !== 'ENOENT') failed.push({ name, error });
    }
  }
  return { files, failed };
}

/** The dropped files of a data folder, for bringing back what a backup names. Names are as in a backup's list. */
export interface DroppedFiles {
  has(name: string): Promise<boolean>;
  /** Whether the backups have the content. */
  isKept(file: KeptFile): Promise<boolean>;
  /** Brings a file back, whole or not at all, where there is none of that name; whether it did. */
  bring(name: string, file: KeptFile): Promise<Result<boolean>>;
  /** Takes a file away that still has that content. */
  take(name: string, file: KeptFile): Promise<Result<null>>;
}

export function openDroppedFiles(dataFolder: string): DroppedFiles {
  const pathOf = (name: string) => path.join(dataFolder, ...name.split('/'));
  const has = (name: string) =>
    access(pathOf(name)).then(
      () => true,
      () => false,
    );
  const attempt = async <T>(name: string, act: () => Promise<T>): Promise<Result<T>> => {
    try {
      return ok(await act());
    } catch (error) {
      if (error instanceof NotVerifiedError && !error.diskFull) {
        return fail('backup-unreadable', `The copy of “${path.basename(name)}” in the backups is damaged, so it was not brought back.`);
      }
      return writeFailure(error, path.dirname(pathOf(name)));
    }
  };
  return {
    has,
    isKept: ({ sha256, size }) => isKept(dataFolder, sha256, size),
    bring: (name, { sha256 }) =>
      attempt(name, async () => {
        if (await has(name)) return false;
        await copyFile(keptFilePath(dataFolder, sha256), pathOf(name), { sha256 });
        return true;
      }),
    take: (name, { sha256 }) =>
      attempt(name, async () => {
        if ((await has(name)) && (await hashFile(pathOf(name))) === sha256) await rm(pathOf(name));
        return null;
      }),
  };
}

/** Takes away the kept contents that no backup names any more, and what a copy that was cut off left. */
export async function removeUnnamed(dataFolder: string, named: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(filesFolder(dataFolder)).catch(ignoreMissing)) {
    if (!named.has(name)) await rm(path.join(filesFolder(dataFolder), name), { force: true });
  }
}

/** Whether a content is kept, by its size: that it is whole was seen when it was written, and is seen when it is needed. */
const isKept = (dataFolder: string, sha256: string, size: number): Promise<boolean> =>
  stat(keptFilePath(dataFolder, sha256)).then(
    (stats) => stats.isFile() && stats.size === size,
    () => false,
  );

/** The SHA-256 of a file, in hexadecimal. */
async function hashFile(file: string, signal?: AbortSignal): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(file), digest, { signal });
  return digest.digest('hex');
}

/** Copies a file so that it is there whole or not at all, and reads it back. */
async function copyFile(source: string, target: string, { sha256, signal }: { sha256: string; signal?: AbortSignal }): Promise<void> {
  const folder = path.dirname(target);
  await mkdir(folder, { recursive: true });
  // Of one name, so that what a cut-off copy left is written over.
  const temporary = path.join(folder, `.copy-${sha256}`);
  try {
    await pipeline(createReadStream(source), createWriteStream(temporary, { flush: true }), { signal });
    if ((await hashFile(temporary, signal)) !== sha256) throw new NotVerifiedError(target, false);
    await giveName(temporary, target);
    await syncFolder(folder);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Never over another file: a link fails then, where a rename would overwrite. */
async function giveName(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw error;
    // A file system without hard links.
    const isTaken = await access(target).then(
      () => true,
      () => false,
    );
    if (isTaken) throw error;
    await rename(temporary, target);
  }
}
