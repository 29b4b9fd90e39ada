import { readFile, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log';
import { keptPathOf, syncFolder } from './guarded-write';
import type { Quarantine } from './quarantine';

/** The name of the file that a leftover of a cut-off write belongs to; `undefined` for every other file's name. */
export const interruptedFileOf = (name: string): string | undefined => /^(.+)(?:\.kept|\.tmp-\d{10}[0-9a-f]{6})$/.exec(name)?.[1];

export interface InterruptedWrites {
  file: string;
  /** Absolute paths: the old state that was kept, and the temporary files of `atomically`. */
  interrupted: readonly string[];
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
  /** Whole states that a write was about to put in the file's place: what they hold and the file does not is to be taken in. */
  unfinished: Buffer[];
}

interface Candidate {
  path: string;
  bytes: Buffer;
  whole: boolean;
  changedAt: number;
}

/**
 * Settles what a write that was cut off (crash, kill, power) left beside a file: a file that is whole stays, a damaged one gives way to the
 * newest state that is whole. The rest goes to the quarantine; what says nothing (empty, or the same again) is deleted.
 */
export async function finishInterruptedWrites({ file, interrupted, isWhole, quarantine, log }: InterruptedWrites): Promise<Settled> {
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
  const others = (await Promise.all(interrupted.map(read))).filter((candidate) => candidate !== undefined);
  const kept = keptPathOf(file);
  const winner = current?.whole ? current : (newestWhole(others, kept) ?? current);
  const unfinished = others
    .filter((other) => other.whole && other.path !== kept && other !== winner && !(winner && other.bytes.equals(winner.bytes)))
    .map(({ bytes }) => bytes);
  try {
    for (const loser of others) {
      if (loser === winner) continue;
      if (loser.bytes.length === 0 || (winner && loser.bytes.equals(winner.bytes))) await unlink(loser.path);
      else await quarantine.move(loser.path);
    }
    if (!winner || winner === current) return { source: file, unfinished };
    log.warn(`a write of ${file} was cut off; ${path.basename(winner.path)} is its newest whole state`);
    const damaged = current && (await quarantine.move(file));
    await rename(winner.path, file);
    await syncFolder(path.dirname(file));
    return { source: file, damaged, unfinished };
  } catch (error) {
    log.warn(`what a cut-off write left of ${file} could not be put in order`, error);
    return { source: winner?.path ?? file, unfinished };
  }
}

/** The newest temporary file that is whole, else the state that was kept, which is older always. */
function newestWhole(others: readonly Candidate[], kept: string): Candidate | undefined {
  const whole = others.filter((other) => other.whole);
  const written = whole.filter((other) => other.path !== kept).sort((one, other) => other.changedAt - one.changedAt);
  return written[0] ?? whole.find((other) => other.path === kept);
}
