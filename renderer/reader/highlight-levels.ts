/** On how many levels highlights lie over one another; what lies deeper is painted with those of the last. */
export const LEVELS = 3;

/**
 * For each passage (its offsets, in any order) the lowest level on which nothing else shares a character with it; a longer one comes before
 * what lies within it.
 */
export function highlightLevels(passages: readonly { start: number; end: number }[]): number[] {
  const levels: number[] = new Array(passages.length).fill(0);
  const order = [...passages.entries()].sort(([, a], [, b]) => a.start - b.start || b.end - a.end);
  /** Where what lies on each level ends so far. */
  const ends: number[] = new Array(LEVELS).fill(0);
  for (const [index, { start, end }] of order) {
    const free = ends.findIndex((last) => last <= start);
    const level = free < 0 ? LEVELS - 1 : free;
    levels[index] = level;
    ends[level] = Math.max(ends[level] ?? 0, end);
  }
  return levels;
}
