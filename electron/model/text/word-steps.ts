const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** UTF-16 code units around an offset that are looked at; longer than any word worth stepping over. */
const WINDOW = 400;

/** The start of the first word after the one at `offset`; the text's end when there is none near. */
export function nextWordStart(text: string, offset: number): number {
  for (const { index, isWordLike } of segmenter.segment(text.slice(offset, offset + WINDOW))) {
    if (index > 0 && isWordLike) return offset + index;
  }
  return Math.min(offset + WINDOW, text.length);
}

/** The start of the last word that begins before `offset`; the text's start when there is none near. */
export function previousWordStart(text: string, offset: number): number {
  const from = Math.max(0, offset - WINDOW);
  let last = from;
  for (const { index, isWordLike } of segmenter.segment(text.slice(from, offset))) if (isWordLike) last = from + index;
  return last;
}

/** The word at `offset`, or the one that ends there; of nothing but spaces and signs the offset itself. */
export function wordAround(text: string, offset: number): { start: number; end: number } {
  const from = Math.max(0, offset - WINDOW);
  let found = { start: offset, end: offset };
  for (const { index, segment, isWordLike } of segmenter.segment(text.slice(from, offset + WINDOW))) {
    const start = from + index;
    if (start > offset) break;
    if (isWordLike && start + segment.length >= offset) found = { start, end: start + segment.length };
  }
  return found;
}
