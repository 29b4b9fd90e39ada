import type { OpenBytes } from '../formats/format';
import type { ByteRange } from './range';

/** Bytes that are read at once. */
const PIECE = 1024 * 1024;

/** Parts of an open file, and what stands between them, one after the other; the file is closed when they are taken, or not waited for any more. */
export function piecesOf(file: Omit<OpenBytes, 'size'>, parts: readonly (Uint8Array | ByteRange)[]): AsyncIterableIterator<Uint8Array> {
  const pieces = parts.flatMap((part): (Uint8Array | ByteRange)[] => (part instanceof Uint8Array ? [part] : cut(part))).values();
  let isClosed = false;
  const close = async (): Promise<IteratorResult<Uint8Array>> => {
    if (!isClosed) await file.close();
    isClosed = true;
    return { done: true, value: undefined };
  };
  // No generator: one that was not begun does not close what it was given.
  return {
    async next() {
      const { done, value } = pieces.next();
      if (isClosed || done) return close();
      if (value instanceof Uint8Array) return { done: false, value };
      try {
        const bytes = await file.read(value.start, value.end);
        if (bytes.length < value.end - value.start) throw new Error('The file ends earlier than it did');
        return { done: false, value: bytes };
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

function cut({ start, end }: ByteRange): ByteRange[] {
  return Array.from({ length: Math.ceil((end - start) / PIECE) }, (_, index) => {
    const from = start + index * PIECE;
    return { start: from, end: Math.min(end, from + PIECE) };
  });
}
