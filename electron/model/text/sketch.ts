import { wordIds } from '../anchors/words';

/**
 * What is kept of a text to tell how much of it another one has, at most `SIZE` numbers, ascending: the smallest hashes of its runs of `RUN` words
 * (MinHash by the k smallest values, Broder 1997; Bar-Yossef et al. 2002). Where words are not spaced a word is a character. Fewer where the text is short.
 */
export type Sketch = Uint32Array<ArrayBuffer>;

const SIZE = 128;
const RUN = 3;

export function sketchOf(text: string): Sketch {
  const ids = wordIds(text);
  const smallest: number[] = [];
  for (let at = 0; at + RUN <= ids.length; at++) {
    let hash = 0;
    for (let word = at; word < at + RUN; word++) hash = Math.imul(hash ^ (ids[word] ?? 0), 0x9e3779b1) ^ (hash >>> 15);
    insert(smallest, mix(hash));
  }
  return Uint32Array.from(smallest);
}

/**
 * The share of the runs of two texts that both have, 0 to 1, off by 0.05 or so; only of those that `counts`. Texts of which hardly any count are
 * like none.
 */
export function likeness(one: Sketch, other: Sketch, counts: (run: number) => boolean = () => true): number {
  // Beyond the last one of a full sketch it is not known what the text has.
  const last = Math.min(...[one, other].map((each) => (each.length < SIZE ? Number.POSITIVE_INFINITY : (each.at(-1) ?? 0))));
  let both = 0;
  let all = 0;
  for (let [i, j] = [0, 0]; i < one.length || j < other.length; ) {
    const [a, b] = [one[i] ?? Number.POSITIVE_INFINITY, other[j] ?? Number.POSITIVE_INFINITY];
    const run = Math.min(a, b);
    if (run > last) break;
    if (counts(run)) {
      all += 1;
      if (a === b) both += 1;
    }
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  return all < LEAST ? 0 : both / all;
}

/** Runs of words below which texts are too short to be told from others. */
const LEAST = 12;

function insert(smallest: number[], hash: number): void {
  const last = smallest[SIZE - 1];
  if (last !== undefined && hash >= last) return;
  let [from, to] = [0, smallest.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((smallest[middle] ?? 0) < hash) from = middle + 1;
    else to = middle;
  }
  if (smallest[from] === hash) return;
  smallest.splice(from, 0, hash);
  if (smallest.length > SIZE) smallest.pop();
}

/** Spreads a hash over all of 32 bits (MurmurHash3). */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
