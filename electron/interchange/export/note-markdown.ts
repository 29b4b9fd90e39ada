import { Marked, type MarkedExtension } from 'marked';
import { inlineText } from '../../formats/markdown/inline-text';
import { withinTime } from '../../time-limit';

/** A parser of notes' Markdown: of its own, for what was ended midway may have left one in disorder. */
export const createMarkdown = ({ tokenizer, ...extension }: MarkedExtension = {}): Marked =>
  new Marked({ gfm: true, ...extension, tokenizer: { inlineText, ...tokenizer } });

/** ms of the thread's own time for one note. */
const TIME_LIMIT = 50;

/** UTF-16 code units of notes that no parser takes long for. */
const ALWAYS_QUICK = 1000;

/** What `parse` makes of a note's Markdown; `undefined` when it is nested too deep, or takes too long. */
export function parseNote<T>(body: string, parse: () => T): T | undefined {
  if (isTooDeep(body)) return undefined;
  try {
    return body.length <= ALWAYS_QUICK ? parse() : withinTime(TIME_LIMIT, parse)?.value;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Whether Markdown nests deeper than people write: marked needs seconds for 1,500 levels of lists and overflows its
 * stack at 5,000 `>`.
 */
const isTooDeep = (body: string): boolean =>
  /^([ \t]*([>*+-]|\d{1,9}[.)])){60}/m.test(body) || /^[ \t]{400}/m.test(body) || /[[*_]{400}/.test(body);
