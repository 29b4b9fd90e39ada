import type { Pause } from '../pacing';
import type { FactsCache } from './cache';
import { Catalog } from './catalog';
import type { Folder } from './folders';
import type { NotebookIndex } from './identity';

/** Files placed between two pauses. */
const BATCH = 200;

/**
 * What was known of the folders' files at the end of the last run: the list is there at once, and is put right as the scan goes on. Reads
 * the cache whole, for the scan to be compared with.
 */
export async function readRemembered(
  cache: FactsCache,
  { folders, index, pause }: { folders: readonly Folder[]; index: NotebookIndex; pause: Pause },
): Promise<Catalog> {
  await cache.read(pause);
  const remembered = new Catalog(index);
  const files = folders.flatMap(({ id }) => cache.under(id)).filter(({ absent }) => !absent);
  for (let start = 0; start < files.length; start += BATCH) {
    remembered.place({ files: files.slice(start, start + BATCH), gone: [], settled: false });
    await pause();
  }
  remembered.settle();
  return remembered;
}
