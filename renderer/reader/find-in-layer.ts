import { createFinder, type Finder, type FindResult, MAX_HITS } from '#model';
import type { TextLayer } from './text-layer';

/** Finds in a document that may still be drawn: what comes is found as it comes. */
export interface LayerFinder {
  /** The hits of the last query in what there is of the text. The array is the same one while hits are only added. */
  readonly found: FindResult;
  find(query: string): FindResult;
  dispose(): void;
}

const nothing = (): FindResult => ({ hits: [], total: 0 });

/**
 * A finder in `layer`; `onMore` is called, at most once a frame, when the text that came changed what is found. Each section is looked
 * through once, by itself; when the text is whole it is looked through as one, for the hits across sections.
 */
export function createLayerFinder(layer: TextLayer, onMore: () => void): LayerFinder {
  /** One for each section as far as it was needed; gone when the text is whole. */
  const pieces: Finder[] = [];
  let whole: Finder | undefined;
  let query = '';
  let found = nothing();
  let next = 0;
  let frame = 0;

  function findInWhole(): void {
    whole ??= createFinder(layer.text);
    pieces.length = 0;
    found = whole.find(query);
  }

  function findInPieces(): void {
    for (; next < layer.sections.length; next += 1) {
      const section = layer.sections[next];
      if (!section) return;
      const piece = pieces[next] ?? createFinder(section.element.textContent);
      pieces[next] = piece;
      const { hits, total } = piece.find(query);
      found.total += total;
      for (const { start, end } of hits.slice(0, MAX_HITS - found.hits.length))
        found.hits.push({ start: section.start + start, end: section.start + end });
    }
  }

  const stopGrowing = layer.onGrow(() => {
    if (query.trim() === '' || whole) return;
    if (layer.whole) {
      cancelAnimationFrame(frame);
      findInWhole();
      onMore();
      return;
    }
    const before = found.total;
    findInPieces();
    if (found.total === before) return;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(onMore);
  });

  return {
    get found() {
      return found;
    },
    find(wanted) {
      query = wanted;
      found = nothing();
      next = 0;
      if (layer.whole) findInWhole();
      else if (query.trim() !== '') findInPieces();
      return found;
    },
    dispose() {
      stopGrowing();
      cancelAnimationFrame(frame);
    },
  };
}
