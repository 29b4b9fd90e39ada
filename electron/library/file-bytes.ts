import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { DocumentBytes } from '../formats/format';

/** Bytes that are read at once. */
export const PIECE = 1024 * 1024;

/** The bytes of an open file from `start` to `end`, the latter not included; fewer where the file ends before. */
export async function readRange(handle: FileHandle, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(Math.max(0, end - start));
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, start + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

/** SHA-256 of so many bytes in lower-case hexadecimal, read piece by piece: other work of the thread has its turn, and no more than a piece is in memory. */
export async function hashBytes(size: number, read: DocumentBytes['read']): Promise<string> {
  const hash = createHash('sha256');
  for (let start = 0; start < size; start += PIECE) hash.update(await read(start, Math.min(size, start + PIECE)));
  return hash.digest('hex');
}

/** The same of an open file. */
export const hashFile = (handle: FileHandle, size: number): Promise<string> =>
  hashBytes(size, (start, end) => readRange(handle, start, end));
