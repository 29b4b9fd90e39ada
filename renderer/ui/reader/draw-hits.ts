import type { HighlightLayer } from '../../reader/highlights';
import { openedRow } from '../../state/results';
import { type AppState, getState, store } from '../../state/store';

/** Marks in the text what the search found in it whose results stand beside it, and the passage that was gone to; a find in the text goes before. */
export function drawHits(highlights: Pick<HighlightLayer, 'find'>, opening: number): () => void {
  let isDrawn = false;
  const draw = ({ open, results, find }: AppState): void => {
    if (open?.opening !== opening) return;
    const row = find ? undefined : results && openedRow(results, open.documentId);
    const places = (row?.group.hits ?? [])
      .flatMap(({ place }) => (place && place.textHash === open.textHash ? place : []))
      .sort((a, b) => a.start - b.start);
    const current = places.findIndex(({ start }) => start === row?.hit?.place?.start);
    if (places.length > 0) highlights.find(places, current < 0 ? undefined : current);
    else if (isDrawn && !find) highlights.find([]);
    isDrawn = places.length > 0;
  };
  draw(getState());
  return store.subscribe((state, before) => {
    const isSame = state.results === before.results && state.find === before.find && state.open?.textHash === before.open?.textHash;
    if (!isSame) draw(state);
  });
}
