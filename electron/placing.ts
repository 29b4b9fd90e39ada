import type { Emit } from '#api';
import type { Anchor, NotebookChange, Placements } from '#model';
import type { BeforeEnd, Library } from './library';
import type { Log } from './log';
import { createCarryAnchors, createLocateAnchors, createPlaceAnchors, type NotebookStore, placeIn, type Review } from './notebook';
import type { Search } from './search';

interface PlacingOptions {
  notebooks: NotebookStore;
  library: Library;
  review: Review;
  search: Pick<Search, 'touch'>;
  emit: Emit;
  log: Log;
}

/** What is done for a document's notes before the end of its text is told: they go along with it, or are placed in it, and say in which chapter and on which page they are. */
export type PlaceNotes = (documentId: string, rawHash: string | undefined) => BeforeEnd;

/** Places notes in each text that is read, and has those read that nobody opens. */
export function createPlaceNotes({ notebooks, library, review, search, emit, log }: PlacingOptions): PlaceNotes {
  const writing = {
    notebooks,
    log,
    tell(documentId: string, changes: NotebookChange[], revision: number) {
      emit('notebook.changed', { documentId, changes, revision });
      void library.notebookChanged(documentId);
    },
  };
  const carryAnchors = createCarryAnchors(writing);
  const locateAnchors = createLocateAnchors(writing);
  const placeAnchors = createPlaceAnchors(notebooks);
  const placeNotes: PlaceNotes = (id, rawHash) => {
    const encoding = notebooks.outline(id)?.encoding;
    return async (read) => {
      if (rawHash !== undefined) await carryAnchors(id, { rawHash, encoding }, read);
      const placements = await placeAnchors(id, read);
      await locateAnchors(id, { ...read, placements });
      review.take(id, read.textHash, placements);
      return placements;
    };
  };
  review.follow({
    ready: library.ready,
    textHash: (id) => library.file(id)?.textHash,
    async place(id) {
      const read = await library.readThrough(id, (rawHash) => placeNotes(id, rawHash));
      if (!read.ok) log.info(`The notes on ${id} are placed when it can be read: ${read.failure.message}`);
    },
    changed: (id) => {
      library.reviewChanged(id);
      search.touch([id]);
    },
  });
  return placeNotes;
}

/**
 * Where passages are in a document's text as it is now, looked for in the thread that takes files in; `undefined` where that cannot be read.
 */
export async function placePassages(
  { library, notebooks }: { library: Pick<Library, 'readThrough'>; notebooks: Pick<NotebookStore, 'readText'> },
  documentId: string,
  anchors: readonly Anchor[],
): Promise<Placements | undefined> {
  let found: Placements = {};
  const read = await library.readThrough(documentId, () => async (text) => {
    found = (await placeIn(text, anchors, notebooks.readText)).placements;
    return undefined;
  });
  return read.ok ? found : undefined;
}
