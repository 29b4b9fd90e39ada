import { chmod, mkdir, stat } from 'node:fs/promises';
import type { Log } from './log';

/** Owner only: nobody else on the machine reads what is in it. */
export const PRIVATE = 0o700;

/**
 * Makes a folder that nobody else on the machine can look into, and tightens one that is there already. Windows keeps the
 * reader's own folders so by itself. Rejects when the folder cannot be made.
 */
export async function makePrivateFolder(folder: string, log: Pick<Log, 'info' | 'warn'>): Promise<void> {
  await mkdir(folder, { recursive: true, mode: PRIVATE });
  if (process.platform === 'win32') return;
  const { mode } = await stat(folder);
  if ((mode & 0o077) === 0) return;
  try {
    await chmod(folder, PRIVATE);
    log.info(`Other users of this machine could look into the data folder (mode ${(mode & 0o777).toString(8)}); now they cannot`);
  } catch (error) {
    // It may be another's, or lie on a disk that knows no owners.
    log.warn('Other users of this machine may look into the data folder', error);
  }
}
