import { type Landmarks, locate } from '../document/locator';
import type { Anchor } from '../notebook';
import type { TextRange } from './carry-over';
import type { Placement } from './placement';

/** Code units of text kept on either side of a quote. */
const CONTEXT_LENGTH = 32;

/** How much matching context counts against lying near the old place. */
const CONTEXT_WEIGHT = 0.9;
const NEARNESS_WEIGHT = 0.1;
/** Code units; farther than this from the old place, all places are equally far. */
const NEAR = 2_000;
/** How far the best place must be ahead of the next one. */
const MARGIN = 0.05;
/** The share of the context that must still be there for a place to count as recognised by its context. */
const MIN_AGREEMENT = 0.25;
/**
 * The length from which a quote that occurs once is taken without any of its context: a shorter one ("the next day") comes
 * back by chance in a rewritten text and would point at something that the reader never marked.
 */
const MIN_BARE_LENGTH = 32;

/** Describes a passage of `text` by place and by quote, so that `resolve` finds it again. Ends inside a surrogate pair take the whole pair. */
export function describe(text: string, start: number, end: number, textHash: string): Anchor {
  const from = startOfCharacter(text, start);
  const to = endOfCharacter(text, end);
  return {
    start: from,
    end: to,
    exact: text.slice(from, to),
    prefix: text.slice(endOfCharacter(text, Math.max(0, from - CONTEXT_LENGTH)), from),
    suffix: text.slice(to, startOfCharacter(text, Math.min(text.length, to + CONTEXT_LENGTH))),
    textHash,
  };
}

/** The same of a document of which it is known where its chapters and pages begin. */
export function anchorIn(whole: Landmarks & { text: string }, { start, end }: TextRange, textHash: string): Anchor {
  const anchor = describe(whole.text, start, end, textHash);
  const locator = locate(whole, anchor.start, anchor.end);
  return { ...anchor, ...(locator && { locator }) };
}

/**
 * Finds an anchor's passage in `text`: by its offsets when the text is the one it was made in, else by its quote, the
 * occurrence chosen by context and nearness. White space that differs (new line breaks, say) does not matter.
 */
export function resolve(anchor: Anchor, text: string, textHash: string): Placement {
  const { start, end, exact } = anchor;
  if (exact === '') return { state: 'unplaced' };
  if (anchor.textHash === textHash && text.slice(start, end) === exact) return { state: 'exact', start, end };
  const place = best(anchor, text, literalPlaces(text, exact)) ?? best(anchor, text, foldedPlaces(text, exact));
  return place === undefined || place === 'ambiguous' ? { state: 'unplaced' } : { state: 'moved', ...place };
}

interface Place {
  start: number;
  end: number;
}

/** The place with the best score, `ambiguous` when none can be trusted, `undefined` when there is none at all. */
function best(anchor: Anchor, text: string, places: Iterable<Place>): Place | 'ambiguous' | undefined {
  let first: Place | undefined;
  let firstAgreement = 0;
  let firstScore = -1;
  let secondScore = -1;
  let count = 0;
  for (const place of places) {
    count += 1;
    const agreement = contextAgreement(anchor, text, place);
    const nearness = 1 - Math.min(1, Math.abs(place.start - anchor.start) / NEAR);
    const score = CONTEXT_WEIGHT * agreement + NEARNESS_WEIGHT * nearness;
    if (score > firstScore) {
      secondScore = firstScore;
      first = place;
      firstAgreement = agreement;
      firstScore = score;
    } else if (score > secondScore) {
      secondScore = score;
    }
  }
  if (!first) return undefined;
  if (count > 1 && firstScore - secondScore < MARGIN) return 'ambiguous';
  if (firstAgreement >= MIN_AGREEMENT) return first;
  return count === 1 && weightedLength(anchor.exact) >= MIN_BARE_LENGTH ? first : 'ambiguous';
}

function* literalPlaces(text: string, exact: string): Generator<Place> {
  for (let at = text.indexOf(exact); at !== -1; at = text.indexOf(exact, at + 1)) yield { start: at, end: at + exact.length };
}

/** Places that equal `exact` but for the kind and amount of white space between words. */
function* foldedPlaces(text: string, exact: string): Generator<Place> {
  const [first = '', ...others] = exact.trim().split(/\s+/);
  if (others.length === 0) return;
  for (const { start, end: next } of literalPlaces(text, first)) {
    const end = endOfWords(text, next, others);
    if (end !== undefined) yield { start, end };
  }
}

/** Where `words` end in `text` when they follow at `at`, each after white space. A regular expression of a whole chapter's words would be refused. */
function endOfWords(text: string, at: number, words: readonly string[]): number | undefined {
  const space = /\s+/y;
  let end = at;
  for (const word of words) {
    space.lastIndex = end;
    if (!space.test(text) || !text.startsWith(word, space.lastIndex)) return undefined;
    end = space.lastIndex + word.length;
  }
  return end;
}

/** The share (0 to 1) of prefix and suffix that stands around `place`, compared from the quote outwards without regard to white space. */
function contextAgreement({ prefix, suffix }: Anchor, text: string, { start, end }: Place): number {
  const reach = 2 * CONTEXT_LENGTH;
  const wantedBefore = withoutSpace(prefix);
  const wantedAfter = withoutSpace(suffix);
  const wanted = wantedBefore.length + wantedAfter.length;
  if (wanted === 0) return start === 0 && end === text.length ? 1 : 0;
  const before = withoutSpace(text.slice(Math.max(0, start - reach), start));
  const after = withoutSpace(text.slice(end, end + reach));
  return (commonSuffixLength(wantedBefore, before) + commonPrefixLength(wantedAfter, after)) / wanted;
}

const withoutSpace = (text: string): string => text.replace(/\s+/g, '');

function commonPrefixLength(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

function commonSuffixLength(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length += 1;
  return length;
}

/** Length without white space, where a Chinese, Japanese or Korean character says as much as three Latin letters. */
function weightedLength(text: string): number {
  let length = 0;
  for (const character of withoutSpace(text))
    length += /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(character) ? 3 : 1;
  return length;
}

const splitsPair = (text: string, at: number): boolean =>
  at > 0 && at < text.length && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;

const startOfCharacter = (text: string, at: number): number => (splitsPair(text, at) ? at - 1 : at);
const endOfCharacter = (text: string, at: number): number => (splitsPair(text, at) ? at + 1 : at);
