import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { systemCode } from './errno';

/** What was last read or written of a file: enough to see that another program has changed it since. */
export interface Seen {
  digest: string;
  /** Of the file that had these bytes: inode, size and time of change. */
  stamp: string;
  /** When it was last written or exchanged, ms since 1970: a sync tool may give it an older modification time. */
  changedAt: number;
}

export const digestOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64');

/** A file's bytes, with what tells whether it is changed later. Throws the system's error. */
export async function readSeen(file: string): Promise<{ bytes: Buffer; seen: Seen }> {
  const handle = await open(file, 'r');
  try {
    // Before the bytes: what is written while they are read shows as a change later.
    const stats = await handle.stat({ bigint: true });
    const bytes = await handle.readFile();
    const changedAt = Number(stats.mtimeMs > stats.ctimeMs ? stats.mtimeMs : stats.ctimeMs);
    return { bytes, seen: { digest: digestOf(bytes), stamp: stampOf(stats), changedAt } };
  } finally {
    await handle.close();
  }
}

/** Whether a file is as it was `seen`. Does not wait for a thread of the pool: of thousands of files that would take most of the time. */
export function isAsSeen(file: string, seen: Seen): boolean {
  try {
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    return stats !== undefined && stampOf(stats) === seen.stamp;
  } catch {
    // Who reads it learns why it cannot be looked at.
    return false;
  }
}

export type DiskState = { kind: 'same' } | { kind: 'gone' } | { kind: 'changed'; bytes: Buffer; seen: Seen };

/** What became of a file since it was `seen`; `undefined` for one that was not there. Throws the system's error. */
export async function lookAgain(file: string, seen: Seen | undefined): Promise<DiskState> {
  try {
    if (seen && stampOf(await stat(file, { bigint: true })) === seen.stamp) return { kind: 'same' };
    const now = await readSeen(file);
    return { kind: 'changed', ...now };
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return seen ? { kind: 'gone' } : { kind: 'same' };
  }
}

const stampOf = ({ dev, ino, size, mtimeNs }: { dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint }): string =>
  [dev, ino, size, mtimeNs].join(' ');
