import { constants } from 'node:fs';
import { access, copyFile, link, lstat, mkdir, open, readdir, rename, rm, statfs, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log';
import { readSeen, type Seen } from './disk-state';
import { ignoreMissing, systemCode } from './errno';
import { NotVerifiedError } from './failures';

/** Where a file's old state is kept while it is written. */
export const keptPathOf = (file: string): string => `${file}.kept`;

export interface GuardedWrite {
  file: string;
  /** What the file must hold afterwards. */
  bytes: Uint8Array;
  /** Replaces the file, synchronously. Need not be trusted: what it did is read back. */
  write(): void;
  /** Told the path of the file's old state when the new one is safe; takes it away. */
  discardOld(kept: string): Promise<void>;
  log: Log;
}

/**
 * Replaces a file so that whatever happens, either its old or its new state is there whole: keeps the old one beside it,
 * writes, reads back and compares, puts the old one back where that fails, and makes the folder's entry durable.
 * Throws the system's error or a NotVerifiedError, with the old state in its place; `EEXIST` (from `link` or `copyfile`)
 * when an old state is still kept from a write that was cut off, which must be settled first. Gives what was read back.
 */
export async function writeGuarded({ file, bytes, write, discardOld, log }: GuardedWrite): Promise<Seen> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  // electron-store retries a forbidden write for a second, blocking everything: ask beforehand.
  await access(folder, constants.W_OK);
  const kept = keptPathOf(file);
  const hadOld = await keepOld(file, kept);
  let written: Seen;
  try {
    write();
    written = await verify(file, bytes);
    await syncFolder(folder);
  } catch (error) {
    await putBack(file, hadOld ? kept : undefined, log);
    throw error;
  }
  try {
    if (hadOld) await discardOld(kept);
  } catch (error) {
    // The new state is safe all the same; the kept one is settled before the next write.
    log.warn(`${kept} could not be taken away`, error);
  }
  return written;
}

/** Keeps the file's old inode under a second name, or a copy where that is no protection or cannot be had. */
async function keepOld(file: string, kept: string): Promise<boolean> {
  try {
    if (await isReplacedByRename(file)) {
      await link(file, kept).catch((error: unknown) => {
        if (systemCode(error) === 'EEXIST' || systemCode(error) === 'ENOENT') throw error;
        // No hard links on this file system (FAT, some network drives).
        return copyDurably(file, kept);
      });
    } else {
      await copyDurably(file, kept);
    }
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** electron-store writes into the same inode under Snap and sometimes on Windows, and through a symbolic link: a hard link would see that. */
async function isReplacedByRename(file: string): Promise<boolean> {
  if (process.env.SNAP || process.platform === 'win32') return false;
  return !(await lstat(file)).isSymbolicLink();
}

async function copyDurably(file: string, kept: string): Promise<void> {
  try {
    await copyFile(file, kept, constants.COPYFILE_EXCL);
    const handle = await open(kept, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') await rm(kept, { force: true });
    throw error;
  }
}

async function verify(file: string, bytes: Uint8Array): Promise<Seen> {
  const found = await readSeen(file);
  if (found.bytes.equals(bytes)) return found.seen;
  // `atomically` does not look at how much of the text was written: on a full disk it puts a truncated file in place.
  const space = await statfs(path.dirname(file));
  throw new NotVerifiedError(file, space.bavail * space.bsize < bytes.length);
}

/** Puts the old state back, or takes away the remains of a first write. Where even that fails, the kept file stays. */
async function putBack(file: string, kept: string | undefined, log: Log): Promise<void> {
  try {
    if (kept === undefined) await rm(file, { force: true });
    // Renaming a name of an inode onto another of the same inode does nothing and leaves both.
    else if (await isSameInode(file, kept)) await unlink(kept);
    else await rename(kept, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    log.error(`${file} could not be put back as it was`, error);
  }
}

async function isSameInode(file: string, kept: string): Promise<boolean> {
  const [one, other] = await Promise.all([lstat(file, { bigint: true }).catch(() => undefined), lstat(kept, { bigint: true })]);
  return one !== undefined && one.ino === other.ino && one.dev === other.dev;
}

/** Makes new and renamed entries of a folder outlive a power cut. Windows has no such call; there the file system sees to it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems have no fsync of folders.
    if (systemCode(error) !== 'EINVAL' && systemCode(error) !== 'ENOTSUP') throw error;
  } finally {
    await handle.close();
  }
}

/** How `writeNewFile` calls a file until it is whole: by the process and the moment. */
const unfinishedName = /\.tmp-\d+-[0-9a-z]+$/;

/**
 * Removes what `writeNewFile` was about to make in these folders when Lectern was killed, or its machine ended: it was never told to be there, and
 * might hold words that are forgotten since. Folders need not be there.
 */
export async function removeUnfinishedWrites(folders: readonly string[], log: Log): Promise<void> {
  for (const folder of folders) {
    try {
      for (const name of await readdir(folder).catch(ignoreMissing))
        if (unfinishedName.test(name)) await rm(path.join(folder, name), { force: true });
    } catch (error) {
      log.warn(`what was half written in ${folder} could not be removed`, error);
    }
  }
}

/** Makes a new file whole or not at all: written beside its place, read back, then renamed into it. Throws like `writeGuarded`. */
export async function writeNewFile(file: string, bytes: Uint8Array): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  const temporary = `${file}.tmp-${process.pid}-${Date.now().toString(36)}`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await verify(temporary, bytes);
    await rename(temporary, file);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
