import type { Words } from './words';

/** A stretch of words: indexes, the end not included. */
export interface Stretch {
  from: number;
  to: number;
}

/** Of a comparison: most old words by most new ones. */
const CELLS = 256 * 512;
const ROWS = 255;
/** By cell: what is best up to there, and what is best when the two words there are taken for one another. */
const reached = new Int32Array(CELLS);
const matched = new Int32Array(CELLS);

/** What it counts that a word is found, and that it follows the one before it as it did. */
const FOUND = 1;
const FOLLOWS = 2;

/**
 * Which words of a stretch of `now` the words of a stretch of `old` are, in the same order: for each the index in `now`, -1 where it is gone. Words that
 * follow each other as they did count most, so that "the" is not found far from where it was. The longest common subsequence with weights
 * (Needleman and Wunsch 1970). At most 255 old words are compared, with as many new ones as 131,072 cells have room for; new
 * words that are `taken` are none of them.
 */
export function alignStretch(old: Words, { from, to }: Stretch, now: Words, within: Stretch, taken?: Uint8Array): Int32Array {
  const start = Math.max(0, within.from);
  const rows = Math.min(to - from, ROWS);
  const columns = Math.max(0, Math.min(now.count, within.to) - start);
  const width = Math.min(columns, Math.floor(CELLS / (rows + 1)) - 1) + 1;
  const found = new Int32Array(to - from).fill(-1);
  if (width <= 1) return found;
  reached.fill(0, 0, (rows + 1) * width);
  matched.fill(0, 0, (rows + 1) * width);
  for (let row = 1; row <= rows; row++) {
    const word = old.ids[from + row - 1];
    for (let column = 1; column < width; column++) {
      const cell = row * width + column;
      const before = cell - width - 1;
      let best = Math.max(reached[cell - width] ?? 0, reached[cell - 1] ?? 0);
      if (word === now.ids[start + column - 1] && taken?.[start + column - 1] !== 1) {
        const follows = matched[before] ?? 0;
        const value = FOUND + Math.max(reached[before] ?? 0, follows > 0 ? follows + FOLLOWS : 0);
        matched[cell] = value;
        if (value > best) best = value;
      } else matched[cell] = 0;
      reached[cell] = best;
    }
  }
  let isMatch = false;
  for (let row = rows, column = width - 1; row > 0 && column > 0; ) {
    const cell = row * width + column;
    const before = cell - width - 1;
    if (!isMatch && reached[cell] === reached[cell - width]) row -= 1;
    else if (!isMatch && reached[cell] === reached[cell - 1]) column -= 1;
    else {
      row -= 1;
      column -= 1;
      found[row] = start + column;
      const follows = matched[before] ?? 0;
      isMatch = follows > 0 && matched[cell] === FOUND + follows + FOLLOWS;
    }
  }
  return found;
}
