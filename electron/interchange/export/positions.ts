import { type Anchor, firstIndex } from '#model';
import type { ExportSource, SelectedDocument } from '../selection';

/** A passage in Unicode code points of its text. */
export interface CodePointRange {
  start: number;
  end: number;
}

/**
 * Where a document's notes stand in Unicode code points, by note id: anchors count UTF-16 code units. A note is left out when the
 * text that it was made on was not kept, or does not hold its quote there.
 */
export async function positionsOf(source: ExportSource, { notes }: SelectedDocument): Promise<Map<string, CodePointRange>> {
  const byText = new Map<string, { id: string; anchor: Anchor }[]>();
  for (const { id, anchor } of notes) {
    if (!anchor) continue;
    const known = byText.get(anchor.textHash);
    if (known) known.push({ id, anchor });
    else byText.set(anchor.textHash, [{ id, anchor }]);
  }
  const positions = new Map<string, CodePointRange>();
  // One text at a time: together they may be larger than the memory.
  for (const [textHash, anchored] of byText) {
    const text = await source.text(textHash);
    if (text === undefined) continue;
    const pairs = Uint32Array.from(text.matchAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g), ({ index }) => index);
    for (const { id, anchor } of anchored) {
      const { start, end, exact } = anchor;
      if (text.slice(start, end) === exact)
        positions.set(id, { start: start - pairsBefore(pairs, start), end: end - pairsBefore(pairs, end) });
    }
  }
  return positions;
}

/** How many surrogate pairs end at or before a code unit; `pairs` are where they begin, ascending. */
const pairsBefore = (pairs: Uint32Array, offset: number): number => firstIndex(pairs.length, (index) => (pairs[index] ?? 0) + 2 > offset);
