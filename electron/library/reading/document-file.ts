import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result } from '#api';
import type { DocumentBytes } from '../../formats/format';
import { fileFailures } from '../failures';
import { openFile } from '../read-document';
import type { FileToRead } from './protocol';

/** A document's file while it is open. */
export interface DocumentFile extends DocumentBytes {
  /** Whether it was written to since it was opened. */
  hasChanged(): Promise<boolean>;
  close(): Promise<void>;
}

/** Bytes that are read at once. */
const PIECE = 1024 * 1024;

/** Opens a document's file; fails for what is no document, and with `document-changed` where it does not hold what the page was told of. */
export async function openDocumentFile({ path: file, folder, rawHash }: FileToRead): Promise<Result<DocumentFile>> {
  const opened = await openFile(file, folder);
  if (!opened.ok) return opened;
  const { handle, stats } = opened.value;
  const read = (start: number, end: number) => readRange(handle, start, Math.min(end, stats.size));
  try {
    if (rawHash !== undefined && (await hashOf(stats.size, read)) !== rawHash) {
      await handle.close();
      return fileFailures.changed(path.basename(file));
    }
  } catch (error) {
    await handle.close();
    return fileFailures.unreadable(path.basename(file), error);
  }
  return ok({
    size: stats.size,
    fileName: path.basename(file),
    read,
    hasChanged: async () => !isSameState(stats, await handle.stat()),
    close: () => handle.close(),
  });
}

/** All bytes of an open file, which is closed when they are taken, or not waited for any more. */
export function piecesOf(file: DocumentFile): AsyncIterableIterator<Uint8Array> {
  let start = 0;
  let isClosed = false;
  const close = async (): Promise<IteratorResult<Uint8Array>> => {
    if (!isClosed) await file.close();
    isClosed = true;
    return { done: true, value: undefined };
  };
  // No generator: one that was not begun does not close what it was given.
  return {
    async next() {
      if (isClosed || start >= file.size) return close();
      try {
        const value = await file.read(start, start + PIECE);
        start += PIECE;
        return { done: false, value };
      } catch (error) {
        // Nobody calls `return` on what has failed.
        await close();
        throw error;
      }
    },
    return: close,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Fewer bytes than asked for where the file ends before. */
async function readRange(handle: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, end - start));
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, start + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

async function hashOf(size: number, read: DocumentBytes['read']): Promise<string> {
  const hash = createHash('sha256');
  for (let start = 0; start < size; start += PIECE) hash.update(await read(start, start + PIECE));
  return hash.digest('hex');
}

const isSameState = (before: Stats, now: Stats): boolean => before.size === now.size && before.mtimeMs === now.mtimeMs;
