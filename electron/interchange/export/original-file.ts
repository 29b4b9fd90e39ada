import { open } from 'node:fs/promises';
import type { DocumentBytes, OpenBytes } from '../../formats/format';
import { readRange } from '../../storage/read-range';

/** A document's file while a copy of it is made. */
export interface OriginalFile extends DocumentBytes, OpenBytes {
  /** Bytes of their own, fewer at the end of the file. Throws what the file system throws. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Whether it was written to since it was opened. */
  hasChanged(): Promise<boolean>;
}

/** Opens the file of a document that is called `title`. Throws what the file system throws. */
export async function openOriginal(file: string, title: string): Promise<OriginalFile> {
  const handle = await open(file, 'r');
  try {
    const { size, mtimeMs } = await handle.stat();
    return {
      size,
      fileName: title,
      read: (start, end) => readRange(handle, start, Math.min(end, size)),
      async hasChanged() {
        const now = await handle.stat();
        return now.size !== size || now.mtimeMs !== mtimeMs;
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
