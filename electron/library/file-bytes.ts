import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { DocumentBytes } from '../formats/format';
import { readRange } from '../storage/read-range';

/** Bytes that are read at once. */
export const PIECE = 1024 * 1024;

/** SHA-256 of so many bytes in lower-case hexadecimal, read piece by piece: other work of the thread has its turn, and no more than a piece is in memory. */
export async function hashBytes(size: number, read: DocumentBytes['read']): Promise<string> {
  const hash = createHash('sha256');
  for (let start = 0; start < size; start += PIECE) hash.update(await read(start, Math.min(size, start + PIECE)));
  return hash.digest('hex');
}

/** The same of an open file. */
export const hashFile = (handle: FileHandle, size: number): Promise<string> =>
  hashBytes(size, (start, end) => readRange(handle, start, end));
