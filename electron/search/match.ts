import type { Term } from '#model';

/** Where a term was found in a folded text, in its UTF-16 code units. */
export interface Span {
  start: number;
  end: number;
  /** Whether it begins and ends where words do. */
  whole: boolean;
}

/** How many places of one term in one text are kept for ranking and showing; all are counted. */
export const SPANS_KEPT = 1000;

const WORD = /[\p{L}\p{N}\p{M}_]/u;

/**
 * Scripts that join words (Chinese, Japanese, Thai, Lao, Khmer, Burmese write no spaces; Korean joins nouns; Arabic and Hebrew join articles
 * and prepositions): a beginning is anywhere.
 */
const JOINED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Arabic}\p{Script=Hebrew}ー]/u;

/** Whether only whole words are meant: a single letter begins too many. */
export const isWholeWord = ({ kind, text }: Term): boolean => kind === 'word' && text.length === 1 && isJoint(text);

/** The places of `term` in `text`, from left to right without overlap: the first of them, and how many there are. */
export function findTerm(text: string, term: Term): { spans: Span[]; total: number } {
  const spans: Span[] = [];
  let total = 0;
  for (const span of occurrences(text, term)) {
    const begins = beginsWord(text, span.start);
    if (term.kind === 'word' && !begins) continue;
    const whole = begins && endsWord(text, span.end);
    if (!whole && isWholeWord(term)) continue;
    total += 1;
    if (spans.length < SPANS_KEPT) spans.push({ ...span, whole });
  }
  return { spans, total };
}

export function hasTerm(text: string, term: Term): boolean {
  for (const { start, end } of occurrences(text, term))
    if (term.kind === 'phrase' || (beginsWord(text, start) && (!isWholeWord(term) || endsWord(text, end)))) return true;
  return false;
}

function* occurrences(text: string, { text: needle }: Term): Generator<{ start: number; end: number }> {
  if (needle.includes(' ')) {
    yield* occurrencesOfWords(text, needle.split(' '));
    return;
  }
  for (let start = text.indexOf(needle); start >= 0; start = text.indexOf(needle, start + needle.length)) {
    yield { start, end: start + needle.length };
  }
}

/** The same for words with any number of spaces between them: the longest of them is looked for, since fewest places have it, and then the others around it. */
function* occurrencesOfWords(text: string, words: readonly string[]): Generator<{ start: number; end: number }> {
  const longest = words.reduce((most, word, at) => (word.length > (words[most] ?? '').length ? at : most), 0);
  const word = words[longest] ?? '';
  const before = words.slice(0, longest).reverse();
  const after = words.slice(longest + 1);
  let done = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const start = before.reduce((from, each) => startBefore(text, from, each), at);
    if (start < done) continue;
    const end = after.reduce((to, each) => endAfter(text, to, each), at + word.length);
    if (end < 0) continue;
    yield { start, end };
    done = end;
  }
}

/** Where a word begins that ends before the spaces before `at`; -1 where it is another one, or `at` is. */
function startBefore(text: string, at: number, word: string): number {
  let end = at;
  while (end > 0 && text.charCodeAt(end - 1) === SPACE) end -= 1;
  return end < at && text.endsWith(word, end) ? end - word.length : -1;
}

/** Where a word ends that begins after the spaces at `at`; -1 likewise. */
function endAfter(text: string, at: number, word: string): number {
  let start = at;
  while (text.charCodeAt(start) === SPACE) start += 1;
  return at >= 0 && start > at && text.startsWith(word, start) ? start + word.length : -1;
}

const SPACE = 32;

function beginsWord(text: string, start: number): boolean {
  return !isJoint(characterAt(text, start)) || !isJoint(characterBefore(text, start));
}

function endsWord(text: string, end: number): boolean {
  return !isJoint(characterBefore(text, end)) || !isJoint(characterAt(text, end));
}

/** Whether a character forms one word with another such character beside it. */
export function isJoint(character: string): boolean {
  // Most texts are ASCII, and this runs for every place of a letter that was typed.
  if (character < '\x80') return /\w/.test(character);
  return WORD.test(character) && !JOINED.test(character);
}

/** Whether a character is of a script that joins words. */
export const isJoined = (character: string): boolean => character >= '\x80' && WORD.test(character) && JOINED.test(character);

/** The whole character at an offset; a space beyond the end. */
export const characterAt = (text: string, offset: number): string => {
  const code = text.codePointAt(offset);
  return code === undefined ? ' ' : String.fromCodePoint(code);
};

function characterBefore(text: string, offset: number): string {
  const unit = text.charCodeAt(offset - 1);
  return characterAt(text, unit >= 0xdc00 && unit <= 0xdfff ? offset - 2 : offset - 1);
}
