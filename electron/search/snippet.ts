import type { Sliceable } from './packed-text';

/**
 * How much of the text stands before and after a match, in UTF-16 code units before white space is folded: little before, so that the match is
 * in the first two lines also of a narrow window.
 */
const CONTEXT = { before: 30, after: 90 };

/** What a side is cut by so that it ends at a word; one longer than 20 code points is cut within. */
const FIRST_WORD = /^\S{0,20}\s+/u;
const LAST_WORD = /\s+\S{0,20}$/u;

/** Signs that would be one row of points with an ellipsis right after them. */
const SENTENCE_END = /[.!?]$/;

/** All up to a line that parts, such as the one that ends the header of a Markdown file: what stands above is another matter. */
const PARTED = /^[\s\S]*\n[ \t]*[-*_=~+]{3,}[ \t]*\n/u;

/** A match with the passage around it, white space folded; each part is as it stands in the original text otherwise. */
export interface Snippet {
  before: string;
  match: string;
  after: string;
  /** What else was looked for, and the match, in the three parts as one. */
  marks: [start: number, end: number][];
}

/** A stretch of a text, in UTF-16 code units. */
interface Stretch {
  start: number;
  end: number;
}

interface SnippetOptions {
  context?: { before: number; after: number };
  /** Stretches of the text that were looked for, in any order. */
  found?: readonly Stretch[];
}

/**
 * The passage around `start` to `end` of `text`, with an ellipsis where it is cut, at words where there are any. Long matches are
 * shown whole, and so is all of `text` when `context` has no end.
 */
export function makeSnippet(text: Sliceable, { start, end }: Stretch, { context = CONTEXT, found = [] }: SnippetOptions = {}): Snippet {
  const from = Math.max(0, start - context.before);
  const to = Math.min(text.length, end + context.after);
  const passage = text.slice(from, to);
  const foldSpace = FOLDABLE.test(passage) ? foldEachSpace : (part: string) => part;
  const match = passage.slice(start - from, end - from);
  let before = passage.slice(0, start - from);
  let after = passage.slice(end - from);
  const isParted = context.before !== Number.POSITIVE_INFINITY && PARTED.test(before);
  if (isParted) before = before.replace(PARTED, '');
  else if (from > 0) before = before.replace(FIRST_WORD, '');
  const isCutAtWord = to < text.length && LAST_WORD.test(after);
  if (isCutAtWord) after = after.replace(LAST_WORD, '');
  before = before.replace(LAST_HALF, '').trimStart();
  after = after.replace(FIRST_HALF, '').trimEnd();
  const [ellipsis, first] = [from > 0 && !isParted ? '…' : '', start - before.length];
  /** Where a place of the text is in what is shown. */
  const shownAt = (at: number): number => ellipsis.length + foldSpace(passage.slice(first - from, at - from)).length;
  const marks = merge([{ start, end }, ...found.filter((each) => each.start >= first && each.end <= end + after.length)]);
  return {
    before: ellipsis + foldSpace(before),
    match: foldSpace(match),
    after: foldSpace(after) + (to < text.length ? (isCutAtWord && SENTENCE_END.test(after) ? ' …' : '…') : ''),
    marks: marks.map((each) => [shownAt(each.start), shownAt(each.end)]),
  };
}

/** The stretches in order; those that overlap or touch as one. */
function merge(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const { start, end } of stretches.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** White space that is no single space: few passages have any. */
const FOLDABLE = /\s\s|[^\S ]/u;

const foldEachSpace = (text: string): string => text.replace(/\s+/gu, ' ');

/** Half a surrogate pair at either end, which a cut can leave. */
const LAST_HALF = /^[\uDC00-\uDFFF]/;
const FIRST_HALF = /[\uD800-\uDBFF]$/;
