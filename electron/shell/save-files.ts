import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { Failure } from '#api';
import { fail } from '#api';
import { systemCode } from '../storage/errno';

/** What a file holds, piece by piece. */
type Pieces = AsyncIterable<Uint8Array>;

/** The next file begins, or some bytes of it. */
type FilePiece = { name: string } | { bytes: Uint8Array };

/** A file or folder could not be written; nothing of what was to be written stays. */
export class NotWritten extends Error {
  override name = 'NotWritten';
  readonly failure: Failure;
  constructor(place: string, cause: unknown, failure = describeWriteError(cause, place)) {
    super(`${place} could not be written`, { cause });
    this.failure = failure;
  }
}

/**
 * Writes one file where the reader chose, as its bytes come; what was there stays whole until the new file is complete on the disk.
 * Throws `NotWritten`, or what `pieces` throws.
 */
export const saveFile = (target: string, pieces: Pieces): Promise<void> => replaceFile(target, pieces);

/**
 * Writes files into a folder as their bytes come, under names that are free there; nothing is ever overwritten. Throws as `saveFile` does,
 * and then takes away those that it had written.
 */
export async function saveFilesInto(folder: string, pieces: AsyncIterable<FilePiece>): Promise<void> {
  const made = await orNotWritten(folder, mkdir(folder, { recursive: true }));
  const written: string[] = [];
  const rest = pieces[Symbol.asyncIterator]();
  try {
    for (let piece = await rest.next(); !piece.done; ) {
      if (!('name' in piece.value)) throw new Error('Bytes came before the name of their file.');
      const target = await orNotWritten(folder, reserveName(folder, piece.value.name));
      written.push(target);
      const until: { next: IteratorResult<FilePiece> } = { next: piece };
      await replaceFile(target, bytesOfOne(rest, until));
      piece = until.next;
    }
  } catch (error) {
    await rest.return?.();
    for (const target of written) await rm(target, { force: true });
    // Where the reader put something into it meanwhile, it stays.
    if (made !== undefined) await rmdir(folder).catch(() => undefined);
    throw error;
  }
}

/** The bytes up to where the next file begins, or to the end: that is put into `until`. */
async function* bytesOfOne(rest: AsyncIterator<FilePiece>, until: { next: IteratorResult<FilePiece> }): AsyncGenerator<Uint8Array> {
  for (;;) {
    until.next = await rest.next();
    if (until.next.done || !('bytes' in until.next.value)) return;
    yield until.next.value.bytes;
  }
}

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

async function replaceFile(target: string, pieces: Pieces): Promise<void> {
  const temporary = path.join(path.dirname(target), `.lectern-${randomUUID()}.tmp`);
  try {
    const file = await orNotWritten(target, open(temporary, 'wx'));
    try {
      for await (const piece of pieces) await orNotWritten(target, file.writeFile(piece));
      // A full disk may show only now.
      await orNotWritten(target, file.sync());
    } finally {
      await orNotWritten(target, file.close());
    }
    await orNotWritten(target, rename(temporary, target));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const orNotWritten = <T>(place: string, writing: Promise<T>): Promise<T> =>
  writing.catch((error: unknown) => {
    throw new NotWritten(place, error);
  });

/** Says why a file could not be written. Throws what is not the disk's. */
export function describeWriteError(error: unknown, place: string): Failure {
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return fail(
      'disk-full',
      `The disk is full: ${place} was not written, and what was there is as it was. Make room, or choose another place.`,
    ).failure;
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return fail('disk-read-only', `Lectern may not write to ${place}. Choose another place.`).failure;
  }
  if (code === undefined) throw error;
  return fail('write-failed', `${place} could not be written (${code}). Choose another place.`).failure;
}
