import { hash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { threadId } from 'node:worker_threads';
import { PRIVATE } from '../../private-folder';
import { systemCode } from '../../storage/errno';
import type { FileToRead } from './protocol';

/**
 * The lines that long documents were sent as, so that whoever opens one again does not wait until it is parsed. Derived: they may be deleted at any
 * time, and where they cannot be kept they are done without. Nothing of it rejects.
 */
export interface Models {
  /** Of a file of `size` bytes; `undefined` where none is kept. */
  of(file: FileToRead, size: number): Model | undefined;
}

export interface Model {
  /** All lines; `undefined` where there are none, or no whole ones. */
  read(): Promise<Uint8Array | undefined>;
  keep(lines: readonly Uint8Array[]): Promise<void>;
}

export interface ModelsOptions {
  /** Made when it is needed. */
  folder: string;
  /** What made the lines: those of another version are not read. */
  version: string;
  /** Bytes of the shortest document whose model is kept; what is shorter is parsed as fast. */
  smallest?: number;
  /** Bytes of all models; what was not read for longest goes first. */
  most?: number;
  /** Told, once, why models cannot be kept. */
  warn(message: string): void;
}

const SMALLEST = 256 * 1024;
const MOST = 200 * 1024 * 1024;
/** Each file begins with the SHA-256 of what follows, in bytes. */
const DIGEST = 32;

export function openModels({ folder, version, smallest = SMALLEST, most = MOST, warn }: ModelsOptions): Models {
  let isWritable = true;
  let count = 0;

  async function write(file: string, lines: readonly Uint8Array[]): Promise<void> {
    const content = Buffer.concat(lines);
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
    of({ rawHash, format, encoding }, size) {
      if (rawHash === undefined || size < smallest) return undefined;
      const name = hash('sha256', JSON.stringify([rawHash, format, encoding ?? '', version]));
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
        async keep(lines) {
          if (!isWritable || lines.reduce((sum, { length }) => sum + length, 0) > most / 2) return;
          try {
            await write(file, lines);
            await makePlace();
          } catch (error) {
            isWritable = false;
            warn(`Documents that were opened are not kept for the next time (${systemCode(error) ?? String(error)})`);
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
