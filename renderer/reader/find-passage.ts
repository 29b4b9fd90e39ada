import type { SearchHit } from '#api';
import { createFinder, resolve, type TextRange } from '#model';

/** A passage that was found in a text, with what stands around it. */
export type FoundPassage = Pick<SearchHit, 'place' | 'before' | 'match' | 'after'>;

/**
 * Where a passage that was found in a text is in the text as it is now; `isSure` is false where only the same words are there, and may be
 * others. `undefined` when they are not.
 */
export function findPassage(
  { place = { start: 0, end: 0, textHash: '' }, before, match, after }: FoundPassage,
  text: string,
  textHash: string,
): { place: TextRange; isSure: boolean } | undefined {
  const { start, end } = place;
  if (place.textHash === textHash) return { place: { start, end }, isSure: true };
  const [prefix, suffix] = [before.replace(/^…/, ''), after.replace(/…$/, '')];
  const found = resolve({ start, end, exact: match, prefix, suffix, textHash: place.textHash }, text, textHash);
  if (found.state !== 'unplaced') return { place: { start: found.start, end: found.end }, isSure: true };
  const [nearest] = createFinder(text)
    .find(match)
    .hits.sort((a, b) => Math.abs(a.start - start) - Math.abs(b.start - start));
  return nearest && { place: nearest, isSure: false };
}
