import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type ExportFile, type Failure, fail, ok, type Result } from '#api';
import { systemCode } from '../storage/errno';

/** Writes one file where the reader chose; what was there stays whole until the new file is complete on the disk. */
export async function saveFile(target: string, text: string): Promise<Result<{ place: string }>> {
  try {
    await replaceFile(target, text);
    return ok({ place: target });
  } catch (error) {
    return { ok: false, failure: describeWriteError(error, target) };
  }
}

/** Writes files into a folder, under names that are free there; nothing is ever overwritten. */
export async function saveFilesInto(folder: string, files: readonly ExportFile[]): Promise<Result<{ place: string }>> {
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, text } of files) {
      const target = await reserveName(folder, name);
      try {
        await replaceFile(target, text);
      } catch (error) {
        await rm(target, { force: true });
        throw error;
      }
    }
    return ok({ place: folder });
  } catch (error) {
    return { ok: false, failure: describeWriteError(error, folder) };
  }
}

/** Whether a name is a name and no path, on any system. */
export const isPlainFileName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && ![...name].some((sign) => '/\\:'.includes(sign) || sign < ' ');

/** Makes an empty file `name`, `name (2)`, … whichever is free, and gives its path. */
async function reserveName(folder: string, name: string): Promise<string> {
  const { name: stem, ext } = path.parse(name);
  for (let number = 1; ; number += 1) {
    const target = path.join(folder, number === 1 ? name : `${stem} (${number})${ext}`);
    try {
      await (await open(target, 'wx')).close();
      return target;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}

async function replaceFile(target: string, text: string): Promise<void> {
  const temporary = path.join(path.dirname(target), `.lectern-${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text, 'utf8');
      // A full disk may show only now.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Says why a file could not be written. Throws what is not the disk's. */
export function describeWriteError(error: unknown, place: string): Failure {
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return fail('disk-full', `The disk is full: ${place} was not written. Make room, or choose another place.`).failure;
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return fail('disk-read-only', `Lectern may not write to ${place}. Choose another place.`).failure;
  }
  if (code === undefined) throw error;
  return fail('write-failed', `${place} could not be written (${code}). Choose another place.`).failure;
}
