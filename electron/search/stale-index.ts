import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { removeIndexFile } from './index-file';

const markOf = (file: string): string => `${file}.stale`;

/**
 * Has the index at `file` made anew at the next start: what is taken out of a full-text index stays in its file, in pieces, for long. Throws
 * the system's error.
 */
export const markIndexStale = (file: string): Promise<void> => writeFile(markOf(file), '');

/** Removes an index that is to be made anew; to be called before it is opened. Throws the system's error. */
export async function removeStaleIndex(file: string): Promise<void> {
  if (!existsSync(markOf(file))) return;
  removeIndexFile(file);
  await rm(markOf(file), { force: true });
}
