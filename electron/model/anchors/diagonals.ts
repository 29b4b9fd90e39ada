import { firstIndex } from '../text/search-sorted';
import { NO_SLOT, type PairIndex } from './pairs';

/** By how much a passage is moved: the index of its first word in the new text less that in the old one, in words. */
export type Diagonal = number;

/** Places that one pair votes for; of one that stands in more of them the nearest to where it was. */
const MOST_PLACES = 32;
/** Votes that lie so near to each other are for one diagonal: words put in or taken out move the rest of a passage. */
const WIDTH = 8;
/** Open addressing over the votes of one stretch. */
const CELLS = 4096;

/** Tells which diagonals the pairs of a stretch vote for; made once for each index. */
export type VoteForDiagonals = (
  keys: Int32Array,
  from: number,
  to: number,
  expected: Diagonal,
  most: number,
  taken?: Uint8Array,
) => Diagonal[];

/**
 * `from` to `to`: the pairs of `keys` that vote, rare ones with more weight; `expected`: the diagonal to prefer for pairs that stand everywhere;
 * `most`: how many diagonals are given, those with most votes first; `taken`: places that are not voted for.
 */
export function createVoting({ begins, places, slotOf }: PairIndex): VoteForDiagonals {
  const stamps = new Uint32Array(CELLS);
  const bands = new Int32Array(CELLS);
  const weights = new Float64Array(CELLS);
  const sums = new Float64Array(CELLS);
  const used: number[] = [];
  let stamp = 0;

  const vote = (diagonal: number, weight: number): void => {
    const band = Math.floor(diagonal / WIDTH);
    let cell = (Math.imul(band, 0x9e3779b1) >>> 8) & (CELLS - 1);
    for (let tries = 0; stamps[cell] === stamp && bands[cell] !== band; tries++) {
      // Full: what has votes already keeps them.
      if (tries > 64) return;
      cell = (cell + 1) & (CELLS - 1);
    }
    if (stamps[cell] !== stamp) {
      stamps[cell] = stamp;
      bands[cell] = band;
      weights[cell] = 0;
      sums[cell] = 0;
      used.push(cell);
    }
    weights[cell] = (weights[cell] ?? 0) + weight;
    sums[cell] = (sums[cell] ?? 0) + weight * diagonal;
  };

  return (keys, from, to, expected, most, taken) => {
    stamp += 1;
    used.length = 0;
    for (let at = from; at < to; at++) {
      const slot = slotOf(keys[at] ?? 0);
      if (slot === NO_SLOT) continue;
      const begin = begins[slot] ?? 0;
      const count = (begins[slot + 1] ?? 0) - begin;
      const weight = 1 / count;
      let first = begin;
      if (count > MOST_PLACES) {
        const near = firstIndex(count, (each) => (places[begin + each] ?? 0) >= at + expected);
        first = begin + Math.max(0, Math.min(count - MOST_PLACES, near - MOST_PLACES / 2));
      }
      const last = first + Math.min(count, MOST_PLACES);
      for (let each = first; each < last; each++) {
        const place = places[each] ?? 0;
        if (taken?.[place] !== 1) vote(place - at, weight);
      }
    }
    const best: { diagonal: number; weight: number }[] = [];
    for (const cell of used) {
      const weight = weights[cell] ?? 0;
      if (best.length === most && weight <= (best.at(-1)?.weight ?? 0)) continue;
      const diagonal = Math.round((sums[cell] ?? 0) / weight);
      const place = best.findIndex((each) => each.weight < weight);
      best.splice(place < 0 ? best.length : place, 0, { diagonal, weight });
      if (best.length > most) best.pop();
    }
    return best.map(({ diagonal }) => diagonal);
  };
}
