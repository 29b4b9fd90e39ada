import type { Anchor, Note } from '#model';
// Not by `#model`, which loads all of it: a thread begins with this.
import { firstIndex } from '../../model/text/search-sorted';

/** A passage in Unicode code points of its text. */
export interface CodePointRange {
  start: number;
  end: number;
}

/** A kept text by its hash; `undefined` when there is none. */
export type ReadText = (textHash: string) => Promise<string | undefined>;

/** UTF-16 code units of texts that are kept at hand: all together they may be larger than the memory. */
const AT_HAND = 2_000_000;

/** A text, and where its surrogate pairs begin, ascending. */
interface CountedText {
  text: string;
  pairs: Uint32Array;
}

/**
 * Finds where notes stand in Unicode code points, by note id: anchors count UTF-16 code units. A note is left out when the
 * text that it was made on was not kept, or does not hold its quote there.
 */
export function createPositions(readText: ReadText): (notes: readonly Note[]) => Promise<Map<string, CodePointRange>> {
  const texts = createTexts(readText);
  return async (notes) => {
    const positions = new Map<string, CodePointRange>();
    for (const [textHash, anchored] of Map.groupBy(notes.filter(isAnchored), ({ anchor }) => anchor.textHash)) {
      const counted = await texts(textHash);
      if (!counted) continue;
      const { text, pairs } = counted;
      for (const { id, anchor } of anchored) {
        const { start, end, exact } = anchor;
        if (text.slice(start, end) === exact)
          positions.set(id, { start: start - pairsBefore(pairs, start), end: end - pairsBefore(pairs, end) });
      }
    }
    return positions;
  };
}

/** Reads texts, and keeps those at hand that were asked for last. */
function createTexts(readText: ReadText): (textHash: string) => Promise<CountedText | undefined> {
  const kept = new Map<string, CountedText | undefined>();
  return async (textHash) => {
    if (!kept.has(textHash)) {
      const text = await readText(textHash);
      const pairs = text?.matchAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g).map(({ index }) => index);
      kept.set(textHash, text === undefined || !pairs ? undefined : { text, pairs: Uint32Array.from(pairs) });
    }
    const counted = kept.get(textHash);
    // The last that was asked for is the last in the map.
    kept.delete(textHash);
    kept.set(textHash, counted);
    let length = [...kept.values()].reduce((sum, each) => sum + (each?.text.length ?? 0), 0);
    for (const [hash, each] of kept) {
      if (length <= AT_HAND || hash === textHash) break;
      length -= each?.text.length ?? 0;
      kept.delete(hash);
    }
    return counted;
  };
}

const isAnchored = (note: Note): note is Note & { anchor: Anchor } => note.anchor !== undefined && !note.anchor.area;

/** How many surrogate pairs end at or before a code unit. */
const pairsBefore = (pairs: Uint32Array, offset: number): number => firstIndex(pairs.length, (index) => (pairs[index] ?? 0) + 2 > offset);
