import { alignStretch } from './align-stretch';
import { createVoting } from './diagonals';
import type { PairIndex } from './pairs';
import type { Words } from './words';

/** Words that lie on diagonals nearer than this went together. */
const NEAR = 6;
/** Words that are looked for together. */
const SIZE = 24;
const ROOM = 8;
/** Diagonals that are compared word by word. */
const TRIED = 4;
/** UTF-16 code units of a stretch that is looked for; shorter ones stand anywhere. */
const SHORTEST = 16;
/** The share of a stretch's words that must be found together. */
const ENOUGH = 0.6;

/**
 * A word of the new text is only one word of the old one. Where two passages that read alike were both taken to be in one place, the one that goes on
 * together with more of what was around it has it; the other one is looked for where nothing else went, or else is gone. `keys`: the pairs of
 * the old text.
 */
export function settleClaims(old: Words, keys: Int32Array, index: PairIndex, map: Int32Array): void {
  const { words: now } = index;
  const runs = runsOf(map);
  const owners = new Int32Array(now.count).fill(-1);
  for (let at = 0; at < map.length; at++) {
    const place = map[at] ?? -1;
    if (place < 0) continue;
    const owner = owners[place] ?? -1;
    if (owner < 0 || isStronger(at, owner)) owners[place] = at;
  }
  /** Whether the words around one old word went along with it more than those around another: near by, then in the whole run. */
  function isStronger(at: number, owner: number): boolean {
    const [here, there] = [alongWith(map, at, AROUND), alongWith(map, owner, AROUND)];
    if (here !== there) return here > there;
    return (runs.lengths[runs.ids[at] ?? 0] ?? 0) > (runs.lengths[runs.ids[owner] ?? 0] ?? 0);
  }

  const taken = new Uint8Array(now.count);
  for (let at = 0; at < map.length; at++) {
    const place = map[at] ?? -1;
    if (place < 0) continue;
    if (owners[place] === at) taken[place] = 1;
    else map[at] = -1;
  }
  seekFree(old, keys, index, map, taken);
}

/** Words on either side that speak for where a word went. */
const AROUND = 12;

/** How many of so many words on either side of one went exactly along with it, itself among them; -1 when it is not found. */
export function alongWith(map: Int32Array | undefined, at: number, around: number): number {
  const place = map?.[at] ?? -1;
  if (!map || place < 0) return -1;
  let count = 0;
  for (let step = -around; step <= around; step++) {
    const other = map[at + step] ?? -1;
    if (other >= 0 && Math.abs(other - place - step) <= 1) count += 1;
  }
  return count;
}

/** Which words went together: for each the number of its run, and for each run how many words it has. */
function runsOf(map: Int32Array): { ids: Int32Array; lengths: number[] } {
  const ids = new Int32Array(map.length).fill(-1);
  const lengths: number[] = [];
  let last = -1;
  for (let at = 0; at < map.length; at++) {
    const place = map[at] ?? -1;
    if (place < 0) continue;
    const before = last < 0 ? undefined : (map[last] ?? 0);
    const moved = before === undefined ? NEAR + 1 : Math.abs(place - at - (before - last));
    if (moved > NEAR) lengths.push(0);
    ids[at] = lengths.length - 1;
    lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + 1;
    last = at;
  }
  return { ids, lengths };
}

/** Looks for stretches of words that are nowhere yet, such as a short paragraph that was moved, where nothing else went. */
function seekFree(old: Words, keys: Int32Array, index: PairIndex, map: Int32Array, taken: Uint8Array): void {
  const { words: now } = index;
  const vote = createVoting(index);
  for (let from = 0; from < map.length; ) {
    if ((map[from] ?? -1) >= 0) {
      from += 1;
      continue;
    }
    let to = from + 1;
    while (to < map.length && to - from < SIZE && (map[to] ?? -1) < 0) to += 1;
    if ((old.ends[to - 1] ?? 0) - (old.starts[from] ?? 0) >= SHORTEST) seekStretch(from, to);
    from = to;
  }

  function seekStretch(from: number, to: number): void {
    let best: { found: Int32Array; count: number } | undefined;
    for (const diagonal of vote(keys, from, to - 1, 0, TRIED, taken)) {
      const found = alignStretch(old, { from, to }, now, { from: from + diagonal - ROOM, to: to + diagonal + ROOM }, taken);
      const count = found.reduce((sum, place) => sum + (place >= 0 ? 1 : 0), 0);
      if (!best || count > best.count) best = { found, count };
    }
    if (!best || best.count < (to - from) * ENOUGH) return;
    for (const [each, place] of best.found.entries()) {
      if (place < 0) continue;
      map[from + each] = place;
      taken[place] = 1;
    }
  }
}
