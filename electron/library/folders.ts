import { hash } from 'node:crypto';
import { lstat, opendir, realpath } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Failure, type LibraryFolder, ok, type Result } from '#api';
import { systemCode } from '../storage/errno';
import { folderFailures } from './failures';

/** A library folder, without what is counted of it. */
export type Folder = Omit<LibraryFolder, 'isInbox' | 'documentCount' | 'missingCount' | 'unreadCount'>;

/** An added folder; its identifier is made of its path, so that it is the same after a restart. */
export const addedFolder = (folder: string): Folder => ({
  id: hash('sha256', folder).slice(0, 16),
  name: folder,
  path: folder,
  kind: 'added',
});

/** Whether `inner` is `outer` or lies in it; both absolute. */
export function isWithin(outer: string, inner: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

/** The folder that a path lies in, the innermost one. */
export const folderOf = (folders: readonly Folder[], file: string): Folder | undefined =>
  folders.filter((folder) => isWithin(folder.path, file)).sort((a, b) => b.path.length - a.path.length)[0];

/** Why a folder cannot be read; `undefined` when it can. */
export async function folderProblem(folder: string): Promise<Failure | undefined> {
  try {
    const directory = await opendir(folder);
    await directory.close();
    return undefined;
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return folderFailures.notFolder(folder).failure;
    if (systemCode(error) === 'ENOENT') return folderFailures.missing(folder).failure;
    return folderFailures.unreadable(folder, error).failure;
  }
}

/** The absolute path of a folder that the reader wants to add; fails when it cannot be read or is in the library already. */
export async function checkNewFolder(wanted: string, folders: readonly Folder[]): Promise<Result<string>> {
  const written = wanted.trim();
  const expanded = /^~(?=$|[/\\])/.test(written) ? path.join(os.homedir(), written.slice(1)) : written;
  if (!path.isAbsolute(expanded)) return folderFailures.notAbsolute(written);
  const folder = path.resolve(expanded);
  const problem = await folderProblem(folder);
  if (problem) return { ok: false, failure: problem };
  const real = await realpath(folder);
  for (const { path: other } of folders) {
    if (isWithin(other, folder) || isWithin(await realpathOf(other), real)) return folderFailures.added(folder, other);
  }
  return ok(folder);
}

/** Whether a file is a symbolic link that leads out of its folder; both absolute. Links within the folder are the reader's order. */
export async function leadsOutside(folder: string, file: string): Promise<boolean> {
  try {
    if (!(await lstat(file)).isSymbolicLink()) return false;
    return !isWithin(await realpath(folder), await realpath(file));
  } catch {
    // A link to nowhere, or in a circle: reading it says so.
    return false;
  }
}

/** The path without symbolic links; a path that is not there, as it is. */
async function realpathOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    return file;
  }
}
