import { createLayerFinder, type LayerFinder } from '../../reader/find-in-layer';
import type { HighlightLayer } from '../../reader/highlights';
import type { View } from '../../reader/places';
import { updateFind } from '../../state/actions/find';
import { reportError } from '../../state/actions/notices';
import type { ReaderHandle } from '../../state/reader-handle';
import type { Place } from './keep-place';

type FindHandle = Pick<ReaderHandle, 'find' | 'showHit' | 'hitNearTop' | 'clearFind' | 'hits'>;

export interface Find {
  handle: FindHandle;
  dispose(): void;
}

/** Find in this document; the hits that come while it is drawn are added, and the current one stays the same passage. */
export function createFind(view: View, highlights: HighlightLayer, place: Place): Find {
  let currentStart: number | undefined;
  const finder: LayerFinder = createLayerFinder(view.layer, () => {
    const { hits } = finder.found;
    const current = currentStart === undefined ? -1 : hits.findIndex(({ start }) => start >= (currentStart ?? 0));
    highlights.find(hits, current < 0 ? undefined : current);
    updateFind({ ...counted(finder), current });
  });
  return {
    handle: {
      find(query) {
        currentStart = undefined;
        highlights.find(finder.find(query).hits);
        return counted(finder);
      },
      showHit(index, { scroll = true } = {}) {
        const { hits } = finder.found;
        const hit = hits[index];
        if (!hit) return;
        currentStart = hit.start;
        highlights.find(hits, index);
        if (scroll) void place.goTo(hit.start, 'center').catch(reportError);
      },
      hitNearTop() {
        const top = view.places.position().offset;
        const index = finder.found.hits.findIndex(({ start }) => start >= top);
        return Math.max(index, 0);
      },
      clearFind() {
        highlights.find(finder.find('').hits);
      },
      hits: () => finder.found.hits,
    },
    dispose: finder.dispose,
  };
}

const counted = ({ found: { hits, total } }: LayerFinder) => ({ count: hits.length, hasMore: total > hits.length });
