import type { Stretch } from './align-stretch';
import type { Words } from './words';

/** Where words of a passage went. */
export interface Gathered extends Stretch {
  /** The share (0 to 1) of the passage's words, by their length, that stand there. */
  here: number;
  /** The same, each word counting alike. */
  hereByNumber: number;
  /** The share of them that stand elsewhere. */
  elsewhere: number;
  /** Words at an end that are not found, the more of both. */
  missing: number;
  /** The most words one after the other that came or went between those that are found. */
  rewritten: number;
}

/** New words that may have been put in within a passage, at one place: so many, and not more than twice what stands on either side of them. */
const PUT_IN = 40;
/** New words between two words of a passage that always belong to it. */
const CLOSE_BY = 2;

/**
 * Where most words of a passage went, by the `map` that `alignWords` gives; words at its ends that were changed are told by what stood before
 * and after the passage. `undefined` where nothing of it is found.
 */
export function gather(old: Words, { from, to }: Stretch, map: Int32Array, now: Words): Gathered | undefined {
  const weigh = (index: number) => (old.ends[index] ?? 0) - (old.starts[index] ?? 0);
  let all = 0;
  let mapped = 0;
  const groups: Group[] = [];
  for (let at = from; at < to; at++) {
    const weight = weigh(at);
    all += weight;
    if ((map[at] ?? -1) < 0) continue;
    mapped += weight;
    const group = groups.at(-1);
    const added = group ? putIn(map, group.last, at) : -1;
    if (group && added >= 0 && added <= CLOSE_BY) {
      group.last = at;
      group.words += 1;
      group.weight += weight;
    } else groups.push({ first: at, last: at, words: 1, weight });
  }
  const best = heaviestChain(groups, map);
  if (!best) return between(map, from, to, now.count);
  const start = edge(map, best.first, from, -1);
  const end = edge(map, best.last, to - 1, 1);
  return {
    from: Math.max(0, start),
    to: Math.min(now.count, end + 1),
    here: best.weight / all,
    hereByNumber: best.words / (to - from),
    elsewhere: (mapped - best.weight) / all,
    missing: Math.max(best.first - from, to - 1 - best.last),
    rewritten: rewrittenIn(map, best),
  };
}

/** Words of a passage that went together: indexes in the old text. */
interface Group {
  first: number;
  last: number;
  words: number;
  weight: number;
}

/** How many words were put in between where two words went, beside as many as there were; below 0 when they are not in order any more. */
const putIn = (map: Int32Array, first: number, second: number): number => {
  const step = (map[second] ?? 0) - (map[first] ?? 0);
  return step <= 0 ? -1 : Math.max(0, step - (second - first));
};

/** The most words that came or went at one place of a group. */
function rewrittenIn(map: Int32Array, { first, last }: Group): number {
  let most = 0;
  let known = first;
  for (let at = first + 1; at <= last; at++) {
    const step = (map[at] ?? -1) - (map[known] ?? 0);
    if (step <= 0 || step > at - known + PUT_IN) continue;
    most = Math.max(most, at - known - 1, step - 1);
    known = at;
  }
  return most;
}

/** Groups that are looked back over: those between may have gone astray, common words are found anywhere. */
const LOOKED_BACK = 64;

/** Of groups that follow each other in both texts, with little put in between them, those that have most of the passage. */
function heaviestChain(groups: readonly Group[], map: Int32Array): Group | undefined {
  const chains: Group[] = [];
  let heaviest: Group | undefined;
  for (const [index, group] of groups.entries()) {
    let chain = group;
    for (let before = index - 1; before >= 0 && before >= index - LOOKED_BACK; before--) {
      const other = chains[before];
      if (!other || other.weight + group.weight <= chain.weight) continue;
      const added = putIn(map, other.last, group.first);
      if (added < 0 || added > Math.min(PUT_IN, 2 * Math.min(other.words, group.words))) continue;
      chain = { first: other.first, last: group.last, words: other.words + group.words, weight: other.weight + group.weight };
    }
    chains.push(chain);
    if (!heaviest || chain.weight > heaviest.weight) heaviest = chain;
  }
  return heaviest;
}

/** Changed words at an end of a passage in whose place as many others are taken to stand, where what stood beyond them is gone too. */
const MOST_CHANGED = 4;

/**
 * Where a passage's end is in the new text when its last words, after `known`, were changed: next to where the word beyond it went, or as far from
 * `known` as it was. Words that went elsewhere are not part of it.
 */
function edge(map: Int32Array, known: number, end: number, direction: 1 | -1): number {
  const place = map[known] ?? 0;
  let changed = known;
  while (changed !== end && (map[changed + direction] ?? -1) < 0) changed += direction;
  const missing = (changed - known) * direction;
  if (missing === 0) return place;
  const beyond = changed === end ? (map[end + direction] ?? -1) : -1;
  const reach = beyond < 0 ? -1 : (beyond - place) * direction - 1;
  if (reach >= 0 && reach <= 2 * missing + CLOSE_BY) return place + reach * direction;
  return changed === end && missing <= MOST_CHANGED ? place + missing * direction : place;
}

/** What stands where the whole passage was: between the words before and after it, when they are still near each other. */
function between(map: Int32Array, from: number, to: number, count: number): Gathered | undefined {
  const before = from > 0 ? (map[from - 1] ?? -1) : -1;
  const after = to < map.length ? (map[to] ?? -1) : count;
  if ((before < 0 && from > 0) || after < 0) return undefined;
  const length = after - before - 1;
  if (length <= 0 || length > 2 * (to - from) + CLOSE_BY) return undefined;
  return { from: before + 1, to: after, here: 0, hereByNumber: 0, elsewhere: 0, missing: to - from, rewritten: 0 };
}
