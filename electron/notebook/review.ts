import { anchorKey, type Notebook, type Placements } from '#model';
import type { Log } from '../log';
import { createPause } from '../pacing';
import type { NotebookStore } from './notebook-store';
import { createRest } from './rest';
import { type NotesToReview, openReviewCache, type Reviewed, type States } from './review-cache';

/** ms after the last change of a document: a window that shows it reads it at once, and nobody need do so again. */
const REST = 500;

/** What is asked of the library, once it is there. */
interface PlacedLibrary {
  /** Every file was seen. */
  ready: Promise<void>;
  /** SHA-256 of the present text of a document; `undefined` where its file cannot be read. */
  textHash(documentId: string): string | undefined;
  /** Reads a document and places its notes in it, which is told by `take`. */
  place(documentId: string): Promise<void>;
  /** `of` answers otherwise for this document. */
  changed(documentId: string): void;
}

/** Knows of every document which notes wait for the reader's look since its text changed, whether or not it was opened since. */
export interface Review {
  /** Another object each time that it is another; `undefined` where no note waits. */
  of(documentId: string): NotesToReview | undefined;
  /** These documents may have other texts or notes: what is not known of their places is found out in time. */
  touch(documentIds: Iterable<string>): void;
  /** A document's text was read, and this is where the anchors of earlier texts are in it. */
  take(documentId: string, textHash: string, placements: Placements | undefined): void;
  follow(library: PlacedLibrary): void;
  /** Places no more. */
  close(): Promise<void>;
}

interface ReviewOptions {
  notebooks: Pick<NotebookStore, 'get' | 'outline'>;
  /** Absolute; in LOCAL. */
  cacheFile: string;
  log: Log;
}

export async function openReview({ notebooks, cacheFile, log }: ReviewOptions): Promise<Review> {
  const cache = openReviewCache({ file: cacheFile, log });
  const pause = createPause();
  const known = await cache.read(pause);
  let library: PlacedLibrary | undefined;
  let isClosed = false;

  const tell = (documentId: string, before: Reviewed | undefined): void => {
    const after = known.get(documentId);
    if (String([before?.close ?? [], before?.unplaced ?? []]) !== String([after?.close ?? [], after?.unplaced ?? []]))
      library?.changed(documentId);
  };

  const put = (documentId: string, reviewed: Reviewed, states: States): void => {
    const before = known.get(documentId);
    known.set(documentId, reviewed);
    cache.keep(documentId, reviewed, states);
    tell(documentId, before);
  };

  const forget = (documentId: string): void => {
    const before = known.get(documentId);
    if (!before) return;
    known.delete(documentId);
    cache.forget(documentId);
    tell(documentId, before);
  };

  /** Takes in what states are known; false where some notes have none. */
  const settle = (documentId: string, textHash: string, states: States): boolean => {
    const [notebook, outline] = [notebooks.get(documentId), notebooks.outline(documentId)];
    const waiting = notebook && sort(notebook, textHash, states);
    if (!waiting || !outline) return false;
    put(documentId, { ...waiting, textHash, notesState: outline.notesState }, states);
    return true;
  };

  const look = async (documentId: string, from: PlacedLibrary): Promise<void> => {
    const outline = notebooks.outline(documentId);
    const before = known.get(documentId);
    const present = outline && outline.noteTexts.length > 0 ? from.textHash(documentId) : undefined;
    // Of a document that is missing it stays as it was.
    const textHash = present ?? before?.textHash;
    if (!outline || textHash === undefined || outline.noteTexts.every((each) => each === textHash)) {
      forget(documentId);
      return;
    }
    if (before?.textHash === textHash) {
      if (before.notesState === outline.notesState) return;
      const states = cache.states(documentId);
      if (states && settle(documentId, textHash, states)) return;
    }
    if (present !== undefined) await from.place(documentId);
  };

  const rest = createRest({
    delay: REST,
    async deal(documentIds) {
      await library?.ready;
      for (const documentId of documentIds) {
        await pause();
        if (isClosed || !library) return;
        await look(documentId, library).catch((error: unknown) => log.error(`The notes on ${documentId} could not be placed`, error));
      }
    },
    log,
  });

  return {
    of(documentId) {
      const reviewed = known.get(documentId);
      return reviewed && reviewed.close.length + reviewed.unplaced.length > 0 ? reviewed : undefined;
    },
    touch(documentIds) {
      for (const documentId of documentIds) rest.touch(documentId);
    },
    take(documentId, textHash, placements) {
      const states = Object.fromEntries(Object.entries(placements ?? {}).map(([key, { state }]) => [key, state]));
      if (!placements) forget(documentId);
      else settle(documentId, textHash, states);
    },
    follow(from) {
      library = from;
    },
    async close() {
      isClosed = true;
      await rest.close();
      cache.close();
    },
  };
}

/** The notes that wait; `undefined` where of one it is not known what became of it. */
function sort({ notes }: Notebook, textHash: string, states: States): NotesToReview | undefined {
  const close: string[] = [];
  const unplaced: string[] = [];
  for (const { id, anchor } of notes) {
    if (!anchor || anchor.textHash === textHash) continue;
    const state = states[anchorKey(anchor)];
    if (!state) return undefined;
    if (state === 'close') close.push(id);
    else if (state === 'unplaced') unplaced.push(id);
  }
  return { close, unplaced };
}
