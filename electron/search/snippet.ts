/**
 * How much of the text stands before and after a match, in UTF-16 code units before white space is folded: little before, so that the match is
 * in the first two lines also of a narrow window.
 */
const CONTEXT = { before: 30, after: 90 };

/** What a side is cut by so that it ends at a word; one longer than 20 code points is cut within. */
const FIRST_WORD = /^\S{0,20}\s+/u;
const LAST_WORD = /\s+\S{0,20}$/u;

/** A match with the passage around it, white space folded; each part is as it stands in the original text otherwise. */
export interface Snippet {
  before: string;
  match: string;
  after: string;
}

/**
 * The passage around `start` to `end` of `text`, with an ellipsis where it is cut, at words where there are any. Long matches are
 * shown whole, and so is all of `text` when `context` has no end.
 */
export function makeSnippet(text: string, start: number, end: number, context = CONTEXT): Snippet {
  const from = Math.max(0, start - context.before);
  const to = Math.min(text.length, end + context.after);
  let before = text.slice(from, start);
  let after = text.slice(end, to);
  if (from > 0) before = before.replace(FIRST_WORD, '');
  if (to < text.length) after = after.replace(LAST_WORD, '');
  return {
    before: (from > 0 ? '…' : '') + foldSpace(dropHalves(before)).trimStart(),
    match: foldSpace(text.slice(start, end)),
    after: foldSpace(dropHalves(after)).trimEnd() + (to < text.length ? '…' : ''),
  };
}

const foldSpace = (text: string): string => text.replace(/\s+/gu, ' ');

/** Drops half a surrogate pair at either end, which a cut can leave. */
const dropHalves = (text: string): string => text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
