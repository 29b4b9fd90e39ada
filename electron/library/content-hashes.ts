import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { FileFacts } from './facts';
import { hashFile } from './file-bytes';

/** Tells what files hold without reading them each time that somebody asks. */
export interface ContentHashes {
  /** SHA-256 of an open file; it is read where it was written to since the library read it, or since this was asked last. Rejects as reading it does. */
  of(file: FileFacts, handle: FileHandle, stats: Stats): Promise<string>;
}

interface Hashed {
  stats: Stats;
  rawHash: Promise<string>;
}

/** Files whose hashes are kept: those that were written to and are open now. */
const MOST = 16;

export function createContentHashes(): ContentHashes {
  const hashed = new Map<string, Hashed>();
  return {
    async of({ path, size, changedAt, rawHash }, handle, stats) {
      if (rawHash !== undefined && size === stats.size && changedAt === stats.mtimeMs) return rawHash;
      const known = hashed.get(path);
      if (known?.stats.size === stats.size && known.stats.mtimeMs === stats.mtimeMs) return known.rawHash;
      const reading = hashFile(handle, stats.size);
      hashed.delete(path);
      hashed.set(path, { stats, rawHash: reading });
      const [oldest] = hashed.keys();
      if (hashed.size > MOST && oldest !== undefined) hashed.delete(oldest);
      // One that could not be read is read anew the next time.
      reading.catch(() => hashed.delete(path));
      return reading;
    },
  };
}
