import { readFile, stat, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Log } from '../../log';
import { type GivenUp, readGivenUp } from '../given-up';
import { isRecord } from '../records';
import { type Backup, listBackups, withZip } from './copies';
import { backupFolder, type Content, lacks, readManifest } from './manifest';

/** The newest copy of a file that the backups know of, by their lists. */
interface KnownCopy {
  madeAt: Date;
  /** What it holds; `undefined` when the backup's list does not tell. */
  content: Content | undefined;
}

/** What the backups know: read once for all that is compared with it at a start. */
export interface KnownBackups {
  /**
   * By path in the data folder with `/`, without reading more than the backups' lists: of each notebook, of tags and settings the newest
   * copy, or the newest with something in it; of an archive the fullest. What the reader chose to go on without since is not among
   * it. `findCopy` gives the content. Throws the system's error.
   */
  list(): Promise<ReadonlyMap<string, KnownCopy>>;
  /** The start is over: it is not kept in memory any longer. */
  forget(): void;
}

interface KnownOptions {
  dataFolder: string;
  /** Where it is kept what the same backups told last, since each has thousands of entries; absolute. Absent: they are read. */
  cacheFile?: string | undefined;
  log: Log;
}

export function knownBackups({ dataFolder, cacheFile, log }: KnownOptions): KnownBackups {
  let known: Promise<ReadonlyMap<string, KnownCopy>> | undefined;

  const list = async (): Promise<ReadonlyMap<string, KnownCopy>> => {
    const backups = await listBackups(backupFolder(dataFolder));
    if (backups.length === 0) return new Map();
    const givenUp = await readGivenUp(dataFolder);
    const key = await keyOf(backups, givenUp);
    const kept = cacheFile === undefined ? undefined : await readKept(cacheFile, key);
    if (kept) return kept;
    const { copies, isWhole } = await readLists(backups, givenUp, log);
    if (cacheFile !== undefined && isWhole) {
      // Derived: who cannot read it reads the backups.
      await writeFile(cacheFile, keptFile(key, copies)).catch((error: unknown) => log.warn(`${cacheFile} could not be written`, error));
    }
    return copies;
  };
  return {
    list() {
      known ??= list();
      return known;
    },
    forget() {
      known = undefined;
    },
  };
}

async function readLists(
  backups: readonly Backup[],
  givenUp: GivenUp,
  log: Log,
): Promise<{ copies: Map<string, KnownCopy>; isWhole: boolean }> {
  const copies = new Map<string, KnownCopy>();
  let isWhole = true;
  for (const { path: file, madeAt } of backups.toReversed()) {
    try {
      const { contents } = await withZip(file, readManifest);
      for (const [name, content] of contents) {
        const newer = copies.get(name)?.content;
        const isMore = newer !== undefined && (content ? lacks(name, newer, content) : newer.items === 0);
        if ((!copies.has(name) || isMore) && (givenUp.get(name) ?? 0) < madeAt) copies.set(name, { madeAt, content });
      }
    } catch (error) {
      log.warn(`the backup ${file} could not be read`, error);
      isWhole = false;
    }
  }
  return { copies, isWhole };
}

/** What tells whether the backups, or what was given up, are others than before. */
async function keyOf(backups: readonly Backup[], givenUp: GivenUp): Promise<string> {
  const states = backups.map(async ({ path: file }) => {
    const { ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
    return [file, String(ino), String(size), String(mtimeNs), String(ctimeNs)];
  });
  return JSON.stringify([VERSION, await Promise.all(states), [...givenUp].map(([name, at]) => [name, at.getTime()])]);
}

/** Raise the number whenever the same backups tell something else than before. */
const VERSION = 1;

/** A line with the key, one with a checksum of the rest, then a list of `[name, ms since 1970, content]`. */
function keptFile(key: string, copies: ReadonlyMap<string, KnownCopy>): string {
  const rest = JSON.stringify([...copies].map(([name, { madeAt, content }]) => [name, madeAt.getTime(), content ?? null]));
  return `${key}\n${crc32(rest)}\n${rest}`;
}

async function readKept(file: string, key: string): Promise<ReadonlyMap<string, KnownCopy> | undefined> {
  const [itsKey, sum, rest] = (await readFile(file, 'utf8').catch(() => '')).split('\n', 3);
  if (itsKey !== key || rest === undefined || sum !== String(crc32(rest))) return undefined;
  const entries: [name: string, at: number, content: unknown][] = JSON.parse(rest);
  return new Map(
    entries.map(([name, at, content]) => [
      name,
      { madeAt: new Date(at), content: isRecord(content) ? (content as unknown as Content) : undefined },
    ]),
  );
}
