import { readFile, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log';
import { keptPathOf, syncFolder } from './guarded-write';
import type { Quarantine } from './quarantine';

/** The name of the file that a leftover of a cut-off write belongs to; `undefined` for every other file's name. */
export const leftoverOwner = (name: string): string | undefined => /^(.+)(?:\.kept|\.tmp-\d{10}[0-9a-f]{6})$/.exec(name)?.[1];

export interface Leftovers {
  file: string;
  /** Absolute paths: the old state that was kept, and the temporary files of `atomically`. */
  leftovers: readonly string[];
  /** Whether these bytes are a whole file of this kind. */
  isWhole(bytes: Buffer): boolean;
  quarantine: Quarantine;
  log: Log;
}

export interface Settled {
  /** The path to read: the file's, or a leftover's where the disk does not let it be moved. */
  source: string;
  /** Where the damaged file was put whose earlier state is back. */
  damaged?: string;
}

interface Candidate {
  path: string;
  bytes: Buffer;
  whole: boolean;
  changedAt: number;
}

/**
 * Settles what a write that was cut off (crash, kill, power) left beside a file: the newest state that is whole becomes
 * the file, the rest goes to the quarantine, what says nothing (empty, or the same again) is deleted.
 */
export async function settleLeftovers({ file, leftovers, isWhole, quarantine, log }: Leftovers): Promise<Settled> {
  const read = async (candidate: string): Promise<Candidate | undefined> => {
    try {
      const [bytes, stats] = await Promise.all([readFile(candidate), stat(candidate)]);
      return { path: candidate, bytes, whole: isWhole(bytes), changedAt: stats.mtimeMs };
    } catch (error) {
      if (candidate !== file) log.warn(`${candidate} could not be read`, error);
      return undefined;
    }
  };
  const current = await read(file);
  const others = (await Promise.all(leftovers.map(read))).filter((candidate) => candidate !== undefined);
  const winner = chooseNewest(current, others, keptPathOf(file));
  try {
    for (const loser of others) {
      if (loser === winner) continue;
      if (loser.bytes.length === 0 || (winner && loser.bytes.equals(winner.bytes))) await unlink(loser.path);
      else await quarantine.move(loser.path);
    }
    if (!winner || winner === current) return { source: file };
    log.warn(`a write of ${file} was cut off; ${path.basename(winner.path)} is its newest whole state`);
    const place = current && (await quarantine.move(file));
    await rename(winner.path, file);
    await syncFolder(path.dirname(file));
    return { source: file, damaged: current?.whole ? undefined : place };
  } catch (error) {
    log.warn(`what a cut-off write left of ${file} could not be put in order`, error);
    return { source: winner?.path ?? file };
  }
}

/**
 * A whole temporary file is newer than the file unless the file was changed since; the kept state is the older one
 * always, so it counts only when the file is damaged.
 */
function chooseNewest(current: Candidate | undefined, others: readonly Candidate[], kept: string): Candidate | undefined {
  const written = others
    .filter((other) => other.whole && other.path !== kept && !(current?.whole && current.changedAt > other.changedAt))
    .sort((one, other) => other.changedAt - one.changedAt)[0];
  if (written) return written;
  if (current?.whole) return current;
  return others.find((other) => other.whole && other.path === kept) ?? current;
}
