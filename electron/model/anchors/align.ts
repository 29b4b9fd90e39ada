import { alignStretch } from './align-stretch';
import { alongWith, settleClaims } from './claims';
import { createVoting, type Diagonal } from './diagonals';
import { type PairIndex, pairKeys } from './pairs';
import type { Words } from './words';

/** Words of the old text that are looked for together, and how far the next window begins after one. */
const SIZE = 24;
const STEP = 12;
/** Diagonals that a window votes for, and that are followed at once. */
const VOTED = 4;
const FOLLOWED = 8;
/** Diagonals nearer than this are one passage in which words were put in or taken out. */
const NEAR = 6;
/** Pairs of words that must speak for it before a passage is said to have been moved away from the one before it. */
const JUMP = 6;
/** New words on either side of a window that its words are looked for in. */
const ROOM = 8;

/**
 * Where the words of a text went in another one, moves allowed: for each word of `old` its index in the indexed text, -1 where it is gone.
 *
 * Overlapping windows of the old text vote by their rare pairs of words for diagonals; of all ways through the windows the one is taken in
 * which most pairs stand and least is moved (Viterbi 1967); along it words are compared one by one. Time is in proportion to both texts.
 */
export function alignWords(old: Words, index: PairIndex): Int32Array {
  const { words: now } = index;
  const map = new Int32Array(old.count).fill(-1);
  const { start, end } = equalEnds(old, now);
  for (let at = 0; at < start; at++) map[at] = at;
  for (let at = 1; at <= end; at++) map[old.count - at] = now.count - at;
  const to = old.count - end;
  if (start >= to) return map;

  const windows = Math.max(1, Math.ceil((to - start - (SIZE - STEP)) / STEP));
  const stretchOf = (window: number) => {
    const from = start + window * STEP;
    return { from, to: Math.min(to, from + SIZE) };
  };
  const keys = pairKeys(old);
  const path = findPath(keys, index, windows, stretchOf, {
    before: start > 0,
    after: end > 0 ? now.count - old.count : undefined,
  });
  let before: Int32Array | undefined;
  for (let window = 0; window < windows; window++) {
    const diagonal = path[window];
    const stretch = stretchOf(window);
    const found =
      diagonal === undefined
        ? undefined
        : alignStretch(old, stretch, now, { from: stretch.from + diagonal - ROOM, to: stretch.to + diagonal + ROOM });
    for (let each = 0; each < stretch.to - stretch.from; each++) {
      const earlier = each < SIZE - STEP ? before : undefined;
      // Where two windows tell, the one in which more goes on around the word is believed, else the one that has it nearer to its middle.
      const isEarlier =
        earlier && alongWith(earlier, each + STEP, AROUND) + (each < (SIZE - STEP) / 2 ? 0.5 : 0) > alongWith(found, each, AROUND);
      const place = isEarlier ? earlier[each + STEP] : found?.[each];
      map[stretch.from + each] = place ?? -1;
    }
    before = found;
  }
  settleClaims(old, keys, index, map);
  return map;
}

/** Words on either side that speak for where a word is. */
const AROUND = 4;

/** How many words the two begin and end with alike. */
function equalEnds(old: Words, now: Words): { start: number; end: number } {
  const most = Math.min(old.count, now.count);
  let start = 0;
  while (start < most && old.ids[start] === now.ids[start]) start += 1;
  let end = 0;
  while (end < most - start && old.ids[old.count - 1 - end] === now.ids[now.count - 1 - end]) end += 1;
  return { start, end };
}

/** A way that ends in a window. */
interface Way {
  window: number;
  diagonal: Diagonal;
  /** Pairs that stand along it, less what its jumps cost. */
  score: number;
  before: Way | undefined;
}

/** For each window the diagonal along which its words went; `undefined` where nothing of them is found. */
function findPath(
  keys: Int32Array,
  index: PairIndex,
  windows: number,
  stretchOf: (window: number) => { from: number; to: number },
  ends: { before: boolean; after: Diagonal | undefined },
): (Diagonal | undefined)[] {
  const vote = createVoting(index);
  let ways: Way[] = ends.before ? [{ window: -1, diagonal: 0, score: 0, before: undefined }] : [];
  for (let window = 0; window < windows; window++) {
    const stretch = stretchOf(window);
    const last = Math.min(keys.length, stretch.to - 1);
    const expected = ways[0]?.diagonal ?? 0;
    const candidates = vote(keys, stretch.from, last, expected, VOTED);
    for (const { diagonal } of ways) candidates.push(diagonal);
    const next: Way[] = [];
    for (const candidate of candidates) {
      const { diagonal, pairs } = settle(keys, stretch.from, last, index.keys, candidate);
      if (next.some((each) => Math.abs(each.diagonal - diagonal) < 2)) continue;
      let best: Way | undefined;
      let score = ways.length === 0 ? 0 : -Infinity;
      for (const way of ways) {
        const moved = Math.abs(way.diagonal - diagonal);
        const reached = way.score - (moved <= NEAR ? moved * 0.05 : JUMP);
        if (reached > score) {
          score = reached;
          best = way;
        }
      }
      next.push({ window, diagonal, score: score + pairs, before: best });
    }
    next.sort((a, b) => b.score - a.score);
    ways = next.slice(0, FOLLOWED);
  }
  const { after } = ends;
  const arrival = (way: Way) => way.score - (after === undefined || Math.abs(way.diagonal - after) <= NEAR ? 0 : JUMP);
  const path = new Array<Diagonal | undefined>(windows).fill(undefined);
  let way = ways.reduce<Way | undefined>((best, each) => (best === undefined || arrival(each) > arrival(best) ? each : best), undefined);
  for (; way && way.window >= 0; way = way.before) path[way.window] = way.diagonal;
  return path;
}

/** How far from what was voted for a window's pairs are looked for. */
const REACH = 4;

/** The diagonal near `candidate` on which most pairs stand, and how many stand on it or near it. */
function settle(
  keys: Int32Array,
  from: number,
  to: number,
  nowKeys: Int32Array,
  candidate: Diagonal,
): { diagonal: Diagonal; pairs: number } {
  counts.fill(0);
  let pairs = 0;
  for (let at = from; at < to; at++) {
    const key = keys[at];
    let stands = false;
    for (let shift = -REACH; shift <= REACH; shift++) {
      const place = at + candidate + shift;
      if (place < 0 || place >= nowKeys.length || nowKeys[place] !== key) continue;
      counts[shift + REACH] = (counts[shift + REACH] ?? 0) + 1;
      stands = true;
    }
    if (stands) pairs += 1;
  }
  let best = REACH;
  for (let shift = 0; shift < counts.length; shift++) if ((counts[shift] ?? 0) > (counts[best] ?? 0)) best = shift;
  return { diagonal: candidate + best - REACH, pairs };
}
const counts = new Uint8Array(2 * REACH + 1);
