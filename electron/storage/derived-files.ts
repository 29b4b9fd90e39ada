import { hash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { threadId } from 'node:worker_threads';
import { PRIVATE } from '../private-folder';
import { systemCode } from './errno';

/** A folder of what can be made anew. It may be deleted at any time, and where nothing can be kept it is done without. Nothing of it rejects. */
export interface DerivedFiles {
  /** `name`: a file name that stands for what it is derived from, and for the code that made it. */
  of(name: string): DerivedFile;
}

export interface DerivedFile {
  /** What was kept; `undefined` where nothing is, or it is damaged. */
  read(): Promise<Uint8Array | undefined>;
  keep(chunks: readonly Uint8Array[]): Promise<void>;
}

export interface DerivedFilesOptions {
  /** Made when it is needed. */
  folder: string;
  /** Bytes of all files; what was not read for longest goes first. */
  most: number;
  /** Told, once, why nothing can be kept: the system’s code, or what was thrown. */
  warn(why: string): void;
}

/** Each file begins with the SHA-256 of what follows, in bytes. */
const DIGEST = 32;
/** It is looked at how much there is once so great a part of the most was added. */
const PART = 1 / 16;

export function openDerivedFiles({ folder, most, warn }: DerivedFilesOptions): DerivedFiles {
  let isWritable = true;
  let count = 0;
  /** Bytes; another run may have left any number. */
  let addedSinceLook = Number.POSITIVE_INFINITY;

  async function write(file: string, chunks: readonly Uint8Array[]): Promise<void> {
    const content = Buffer.concat(chunks);
    await mkdir(folder, { recursive: true, mode: PRIVATE });
    const temporary = `${file}.tmp-${process.pid}-${threadId}-${count++}`;
    try {
      await writeFile(temporary, [hash('sha256', content, 'buffer'), content], { mode: 0o600 });
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** Deletes what is too much; another thread may do the same. */
  async function makePlace(): Promise<void> {
    const names = await readdir(folder);
    const found = await Promise.all(names.map((name) => lookAt(path.join(folder, name))));
    const files = found.filter((file) => file !== undefined).sort((a, b) => b.usedAt - a.usedAt);
    let total = 0;
    for (const file of files) {
      total += file.size;
      if (total > most) await rm(file.path, { force: true });
    }
  }

  return {
    of(name) {
      const file = path.join(folder, name);
      return {
        async read() {
          const bytes = await readFile(file).catch(() => undefined);
          if (!bytes) return undefined;
          const content = bytes.subarray(DIGEST);
          if (!hash('sha256', content, 'buffer').equals(bytes.subarray(0, DIGEST))) {
            await rm(file, { force: true }).catch(() => undefined);
            return undefined;
          }
          const now = new Date();
          // Where its time cannot be set it only goes earlier.
          await utimes(file, now, now).catch(() => undefined);
          return content;
        },
        async keep(chunks) {
          const size = chunks.reduce((sum, { length }) => sum + length, 0);
          if (!isWritable || size > most / 2) return;
          try {
            await write(file, chunks);
            addedSinceLook += size;
            if (addedSinceLook < most * PART) return;
            addedSinceLook = 0;
            await makePlace();
          } catch (error) {
            isWritable = false;
            warn(systemCode(error) ?? String(error));
          }
        },
      };
    },
  };
}

interface KeptFile {
  path: string;
  size: number;
  /** ms */
  usedAt: number;
}

async function lookAt(file: string): Promise<KeptFile | undefined> {
  const stats = await stat(file).catch(() => undefined);
  return stats && { path: file, size: stats.size, usedAt: stats.mtimeMs };
}
