import type { DocumentBytes } from '../../format';
import type { FileBytes } from './objects';

/** Bytes that are read at once at least, and of which more are not kept from one act to the next. */
const PIECE = 16 * 1024;
const KEPT = 16 * 1024 * 1024;

/** More would have to be read than is worth it. */
export class TooMuchError extends Error {
  override name = 'TooMuchError';
}

/** Bytes that are not there yet. */
class MissingBytesError extends Error {
  override name = 'MissingBytesError';
  readonly start: number;
  readonly end: number;
  constructor(start: number, end: number) {
    super(`Bytes ${start} to ${end} are not there`);
    [this.start, this.end] = [start, end];
  }
}

/** A file of which only those parts are in memory that something asked for. */
export interface Parts {
  bytes: FileBytes;
  /** Does what needs bytes as often as some are missing, which are read then. Throws `TooMuchError`, and what reading throws. */
  whenThere<T>(act: () => T): Promise<T>;
}

/** The parts of a file, of which no more than `most` bytes are read in all. */
export function createParts({ size, read }: Pick<DocumentBytes, 'size' | 'read'>, most = Number.POSITIVE_INFINITY): Parts {
  const parts: { start: number; bytes: Uint8Array }[] = [];
  let held = 0;
  let readInAll = 0;
  return {
    bytes: {
      length: size,
      from(at, least) {
        const end = Math.min(at + least, size);
        const part = parts.find(({ start, bytes }) => start <= at && start + bytes.length >= end);
        if (!part) throw new MissingBytesError(at, end);
        return part.bytes.subarray(at - part.start);
      },
    },
    async whenThere(act) {
      if (held > KEPT) held = parts.length = 0;
      for (;;) {
        try {
          return act();
        } catch (error) {
          if (!(error instanceof MissingBytesError)) throw error;
          const end = Math.min(size, Math.max(error.end, error.start + PIECE));
          held += end - error.start;
          readInAll += end - error.start;
          if (readInAll > most) throw new TooMuchError('It is more than is worth it');
          parts.push({ start: error.start, bytes: await read(error.start, end) });
        }
      }
    },
  };
}
