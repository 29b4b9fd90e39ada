import type { Anchor } from '../notebook';
import { alignWords } from './align';
import type { Stretch } from './align-stretch';
import type { TextRange } from './carry-over';
import { indexPairs } from './pairs';
import { type Gathered, gather } from './passages';
import type { Placement } from './placement';
import { rangeOfWords } from './ranges';
import { resolve } from './resolve';
import { createSeek } from './seek';
import { readWords, wordsIn } from './words';

/** Places anchors that count on one earlier text. */
export type PlaceAnchor = (anchor: Anchor) => Placement;

/** The share of a quote's words, by their length, that must still be there for it to be placed in silence. */
const FLOOR = 0.5;
/** The share of them that may have gone elsewhere. */
const MOST_ELSEWHERE = 0.2;
/** Words at an end of a quote that may be gone. */
const MOST_MISSING = 2;
/** Words within it that may have come or gone at one place. */
const MOST_REWRITTEN = 8;
/** The share of a quote's words from which its own words are enough. */
const PLAIN = 0.75;
/** By how much another place may fit less well for it to be a rival, where the text reads alike. */
const RIVAL = 0.1;
/** Else so much of what stands around the passage must have gone along, as a share of so many words before and after it. */
const TOGETHER = 0.5;
const AROUND = 30;
/**
 * With so much of it, also right beside the passage, the quote may fit better elsewhere: a short one reads alike in many places. And its words
 * that must still be there may be counted, too.
 */
const CERTAIN = 0.75;
/** Words by which they may be nearer or farther than they were. */
const NEAR = 6;
/** A quote of at most so many words may stand anywhere: some of so many words right beside it must have gone along, as a share. */
const SHORT = 12;
const BESIDE = 6;
const LEAST_BESIDE = 0.25;
/** Words by which the two witnesses may differ at either end. */
const TOLERANCE = 1;
/** By how much less well a place may fit than the best one to be as good as it. */
const TIE = 0.02;
/** By how much more of a quote must stand elsewhere for that to be shown rather than where its text went; of so few words most stand anywhere. */
const MUCH = 0.3;
const FEW = 3;
/** How well a place must fit (0 to 1) to be shown as close. */
const LEAST_SCORE = 0.4;

/**
 * Prepares a document's present text once, for anchors of any earlier text of it. With `earlier`, two witnesses must agree to place a quote
 * in silence: where its own words and context are, and where the whole text around it went. Without, only an exact quote in its context is.
 */
export function createPlacing(text: string): (earlier?: string) => PlaceAnchor {
  const now = readWords(text);
  const index = indexPairs(now);
  const seek = createSeek(index);

  return (earlier) => {
    if (earlier === undefined) return placeByQuote;
    const old = readWords(earlier);
    const map = alignWords(old, index);
    return (anchor) => {
      const { start, end, exact } = anchor;
      if (exact === '' || earlier.slice(start, end) !== exact) return placeByQuote(anchor);
      const passage = wordsIn(old, anchor);
      if (passage.from === passage.to) return placeByQuote(anchor);
      const followed = gather(old, passage, map, now);
      const { places } = seek(anchor, followed?.from);
      const [best] = places;
      const along = followed ? surroundings(map, passage, followed, AROUND) : 0;
      const agreeing = followed && places.find((place) => isSameStretch(place, followed));
      const beside = followed ? surroundings(map, passage, followed, BESIDE) : 0;
      const isCertain = along >= CERTAIN && beside >= CERTAIN;
      if (followed && agreeing && isWhole(followed, isCertain)) {
        const isBest = agreeing.score >= (best?.score ?? 0) - TIE;
        const hasRival = places.some((place) => place !== agreeing && place.score >= agreeing.score - RIVAL);
        const isPlain = !hasRival && followed.here >= PLAIN;
        const isKnown = passage.to - passage.from > SHORT || beside >= LEAST_BESIDE;
        if (isCertain || (isBest && isKnown && (isPlain || along >= TOGETHER)))
          return placedAt(anchor, rangeOfWords(old, anchor, passage, now, followed));
      }

      const score = followed ? Math.max((followed.here + along) / 2, agreeing?.score ?? 0) : 0;
      const isElsewhere = best && best.here > (followed?.here ?? 0) + MUCH && passage.to - passage.from > FEW;
      const place = followed && score >= LEAST_SCORE && !isElsewhere ? { ...followed, score } : best;
      if (!place || place.score < LEAST_SCORE) return { state: 'unplaced' };
      return { state: 'close', score: place.score, ...rangeOfWords(old, anchor, passage, now, place) };
    };
  };

  function placedAt({ start, end, exact }: Anchor, range: TextRange): Placement {
    const isWhereItWas = range.start === start && range.end === end && text.slice(start, end) === exact;
    return { state: isWhereItWas ? 'exact' : 'moved', ...range };
  }

  function placeByQuote(anchor: Anchor): Placement {
    if (anchor.exact === '') return { state: 'unplaced' };
    const found = resolve(anchor, text, '');
    if (found.state !== 'unplaced') return placedAt(anchor, { start: found.start, end: found.end });
    const { words, quote, range, places } = seek(anchor);
    const [best] = places;
    if (!best || best.score < LEAST_SCORE || quote.from === quote.to) return { state: 'unplaced' };
    return { state: 'close', score: best.score, ...rangeOfWords(words, range, quote, now, best) };
  }
}

const isSameStretch = (a: Stretch, b: Stretch): boolean => Math.abs(a.from - b.from) <= TOLERANCE && Math.abs(a.to - b.to) <= TOLERANCE;

/** Whether enough of a passage is still together; `isCounted`: its words may be counted, too. */
const isWhole = ({ here, hereByNumber, elsewhere, missing, rewritten }: Gathered, isCounted: boolean): boolean =>
  (here >= FLOOR || (isCounted && hereByNumber >= FLOOR)) &&
  elsewhere <= MOST_ELSEWHERE &&
  missing <= MOST_MISSING &&
  rewritten <= MOST_REWRITTEN;

/** The share of so many words before and after a passage that went along with it. */
function surroundings(map: Int32Array, passage: Stretch, found: Stretch, around: number): number {
  let words = 0;
  let along = 0;
  for (let step = 1; step <= around; step++) {
    for (const [at, expected] of [
      [passage.from - step, found.from - step],
      [passage.to - 1 + step, found.to - 1 + step],
    ] as const) {
      if (at < 0 || at >= map.length) continue;
      words += 1;
      const place = map[at] ?? -1;
      if (place >= 0 && Math.abs(place - expected) <= NEAR) along += 1;
    }
  }
  return words === 0 ? 1 : along / words;
}
