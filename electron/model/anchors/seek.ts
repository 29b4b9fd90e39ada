import type { Anchor } from '../notebook';
import { firstIndex } from '../text/search-sorted';
import { alignWords } from './align';
import { alignStretch, type Stretch } from './align-stretch';
import { createVoting } from './diagonals';
import { type PairIndex, pairKeys } from './pairs';
import { gather } from './passages';
import { readWords, type Words, wordsIn } from './words';

/** Where a quote may be, as words of the new text. */
export interface Sighting extends Stretch {
  /** The share (0 to 1) of the quote's words, by their length, that stand there. */
  here: number;
  /** How well the place fits (0 to 1): quote, context and nearness to where it was. */
  score: number;
}

/** What is known of a quote from itself and its context alone. */
export interface Sightings {
  /** The words of prefix, quote and suffix. */
  words: Words;
  quote: Stretch;
  /** Range of the quote in the text of `words`. */
  range: { start: number; end: number };
  /** Best first; none overlaps another. */
  places: Sighting[];
}

/** What the parts of an anchor count, after Hypothesis's client (`match-quote.ts`). */
const QUOTE_WEIGHT = 50;
const CONTEXT_WEIGHT = 20;
const NEARNESS_WEIGHT = 2;
/** UTF-16 code units; farther than this from where it was, all places are equally far. */
const NEAR = 2_000;

/** Diagonals that are compared word by word. */
const TRIED = 6;
/** Words of quote and context up to which each of these is compared; more are aligned as a text of their own. */
const SHORT = 200;
/** UTF-16 code units of context that are looked at; anchors of others may have more. */
const CONTEXT = 64;
/** New words on either side of a place that are compared. */
const ROOM = 6;

/**
 * Finds quotes in a text by their pairs of words (seed and extend, Altschul 1990); made once for each text. `alsoAt`: a word of the text where the
 * quote may begin, which is looked at beside what its pairs vote for: those of common words vote for too many places.
 */
export function createSeek(index: PairIndex): (anchor: Anchor, alsoAt?: number) => Sightings {
  const { words: now } = index;
  const vote = createVoting(index);

  return (anchor, alsoAt) => {
    const { exact, start } = anchor;
    const prefix = anchor.prefix.slice(-CONTEXT);
    const suffix = anchor.suffix.slice(0, CONTEXT);
    const words = readWords(prefix + exact + suffix);
    const range = { start: prefix.length, end: prefix.length + exact.length };
    const quote = wordsIn(words, range);
    const all = { from: isCutAt(prefix, 0) ? Math.min(1, quote.from) : 0, to: words.count };
    if (isCutAt(suffix, -1)) all.to = Math.max(quote.to, all.to - 1);
    const expected = firstIndex(now.count, (at) => (now.starts[at] ?? 0) >= start) - quote.from;
    const sights = all.to - all.from > SHORT ? seekLong() : seekShort();
    const places: Sighting[] = [];
    for (const sight of sights.sort((a, b) => b.score - a.score))
      if (!places.some((other) => sight.from < other.to && sight.to > other.from)) places.push(sight);
    return { words, quote, range, places };

    function seekShort(): Sighting[] {
      const keys = pairKeys(words);
      const diagonals = vote(keys, all.from, Math.max(all.from, all.to - 1), expected, TRIED);
      if (alsoAt !== undefined) diagonals.push(alsoAt - quote.from);
      return diagonals.flatMap((diagonal) => {
        const map = new Int32Array(words.count).fill(-1);
        const within = { from: all.from + diagonal - ROOM, to: all.to + diagonal + ROOM };
        map.set(alignStretch(words, all, now, within), all.from);
        return sightOf(map) ?? [];
      });
    }

    function seekLong(): Sighting[] {
      return [sightOf(alignWords(words, index))].filter((sight) => sight !== undefined);
    }

    function sightOf(map: Int32Array): Sighting | undefined {
      const found = gather(words, quote, map, now);
      if (!found) return undefined;
      const nearness = 1 - Math.min(1, Math.abs((now.starts[found.from] ?? 0) - start) / NEAR);
      let score = QUOTE_WEIGHT * found.here + NEARNESS_WEIGHT * nearness;
      let most = QUOTE_WEIGHT + NEARNESS_WEIGHT;
      for (const context of [
        { from: all.from, to: quote.from },
        { from: quote.to, to: all.to },
      ]) {
        if (context.from >= context.to) continue;
        most += CONTEXT_WEIGHT;
        score += CONTEXT_WEIGHT * shareNear(words, context, map, now, found);
      }
      return { from: found.from, to: found.to, here: found.here, score: score / most };
    }
  };
}

/** UTF-16 code units between a quote and the words of its context that do not matter: context is 32 on either side. */
const APART = 80;

/** The share of a stretch's words, by their length, that went near `place`. */
function shareNear({ starts, ends }: Words, { from, to }: Stretch, map: Int32Array, now: Words, place: Stretch): number {
  const first = (now.starts[place.from] ?? 0) - APART;
  const last = (now.ends[place.to - 1] ?? 0) + APART;
  let all = 0;
  let near = 0;
  for (let at = from; at < to; at++) {
    const weight = (ends[at] ?? 0) - (starts[at] ?? 0);
    all += weight;
    const found = map[at] ?? -1;
    if (found >= 0 && (now.starts[found] ?? 0) >= first && (now.ends[found] ?? 0) <= last) near += weight;
  }
  return all === 0 ? 0 : near / all;
}

/** Context is cut after so many code units, which may be within a word. */
const isCutAt = (context: string, at: 0 | -1): boolean => context.length >= 32 && /[\p{L}\p{N}\p{M}]/u.test(context.at(at) ?? '');
