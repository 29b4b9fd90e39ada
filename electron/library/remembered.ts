import path from 'node:path';
import { createPause, type Pause } from '../pacing';
import { type FactsCache, openCache } from './cache';
import { Catalog } from './catalog';
import type { FileFacts } from './facts';
import type { Folder } from './folders';
import { FrameTitles } from './frame-titles';
import { knownOf, NotebookIndex } from './identity';
import type { LibraryOptions } from './types';

/** Files placed between two pauses. */
const BATCH = 200;

/** What is known before the folders are looked at. */
export interface Remembered {
  /** What was known of the documents with notebooks. */
  index: NotebookIndex;
  cache: FactsCache;
  /** The files as they were. */
  catalog: Catalog;
  titles: FrameTitles;
}

/**
 * What was known of notebooks and of the folders' files at the end of the last run: the list is there at once, and is put right as the scan
 * goes on. Reads the cache whole, for the scan to be compared with.
 */
export async function readRemembered(options: LibraryOptions, folders: readonly Folder[]): Promise<Remembered> {
  const pause = createPause();
  const index = await indexNotebooks(options, pause);
  const cache = openCache(path.join(options.localFolder, 'files.sqlite'), options.log);
  await cache.read(pause);
  const catalog = await placeFiles(
    folders.flatMap(({ id }) => cache.under(id)).filter(({ absent }) => !absent),
    { index, pause },
  );
  const titles = new FrameTitles();
  for (const id of catalog.ids()) {
    titles.put(id, catalog.locate(id)?.files[0]);
    await pause();
  }
  return { index, cache, catalog, titles };
}

async function indexNotebooks({ notebooks, machine }: LibraryOptions, pause: Pause): Promise<NotebookIndex> {
  const index = new NotebookIndex();
  for (const { id, identity } of notebooks.identities()) {
    const { sameAs, editions } = notebooks.outline(id) ?? {};
    if (sameAs !== undefined) continue;
    index.put(id, knownOf(identity, machine.sighting(id), editions));
    await pause();
  }
  return index;
}

async function placeFiles(files: readonly FileFacts[], { index, pause }: { index: NotebookIndex; pause: Pause }): Promise<Catalog> {
  const catalog = new Catalog(index);
  for (let start = 0; start < files.length; start += BATCH) {
    catalog.place({ files: files.slice(start, start + BATCH), gone: [], settled: false });
    await pause();
  }
  catalog.settle();
  return catalog;
}
