import type { Stats } from 'node:fs';
import path from 'node:path';
import { ok, type Result } from '#api';
import type { DocumentBytes, OpenBytes } from '../../formats/format';
import { readRange } from '../../storage/read-range';
import { fileFailures } from '../failures';
import { hashBytes, PIECE } from '../file-bytes';
import { openFile } from '../read-document';
import type { FileToRead } from './protocol';

/** A document's file while it is open. */
export interface DocumentFile extends DocumentBytes, OpenBytes {
  /** Whether it was written to since it was opened, or does not hold what it was opened for. Reads all of it where that is not known yet. */
  hasChanged(): Promise<boolean>;
}

/** Bytes up to which a file is read whole when it is opened; of a larger one only what is asked for is in memory. */
const HELD = 8 * PIECE;

/**
 * Opens a document's file; fails for what is no document, and with `document-changed` where it does not hold what the page was told of. Of a large file
 * `hasChanged` tells that, at the end: nobody waits until all of it is read to see how it begins. `onRead` is told of each stretch that is read.
 */
export async function openDocumentFile(
  { path: file, folder, format, fileName = path.basename(file), rawHash }: FileToRead,
  onRead: () => void = () => {},
): Promise<Result<DocumentFile>> {
  const opened = await openFile(file, folder, format);
  if (!opened.ok) return opened;
  const { handle, stats } = opened.value;
  const { size } = stats;
  const fromDisk: DocumentBytes['read'] = async (start, end) => {
    const bytes = await readRange(handle, start, Math.min(end, size));
    onRead();
    return bytes;
  };
  try {
    const held = size <= HELD ? await fromDisk(0, size) : undefined;
    const read: DocumentBytes['read'] = held ? async (start, end) => held.subarray(start, end) : fromDisk;
    const isOther = async (): Promise<boolean> => rawHash !== undefined && (await hashBytes(size, read)) !== rawHash;
    if (held && (await isOther())) {
      await handle.close();
      return fileFailures.changed(fileName);
    }
    return ok({
      size,
      fileName,
      read,
      hasChanged: async () => !isSameState(stats, await handle.stat()) || (!held && (await isOther())),
      close: () => handle.close(),
    });
  } catch (error) {
    await handle.close();
    return fileFailures.unreadable(fileName, error);
  }
}

const isSameState = (before: Stats, now: Stats): boolean => before.size === now.size && before.mtimeMs === now.mtimeMs;
