import { joinLines, withoutSoftHyphens } from './line-breaks';
import { firstIndex } from './search-sorted';

/** A paragraph of the text layer, as far as quoting needs to know it. */
export interface QuotedParagraph {
  start: number;
  end: number;
  /** Its line breaks are seen by the reader and so belong to the quote. */
  preformatted: boolean;
}

/**
 * A passage as the reader sees it: hard wraps inside a paragraph become spaces, paragraphs stay apart by a blank line, and
 * the lines of preformatted paragraphs stay; soft hyphens are left out. Without `paragraphs` they are told from the text itself.
 */
export function quoteText(text: string, range: { start: number; end: number }, paragraphs?: readonly QuotedParagraph[]): string {
  if (!paragraphs) return quoteFromExact(text.slice(range.start, range.end));
  const parts: string[] = [];
  for (let index = firstEndingAfter(paragraphs, range.start); index < paragraphs.length; index += 1) {
    const paragraph = paragraphs[index];
    if (!paragraph || paragraph.start >= range.end) break;
    const part = withoutSoftHyphens(text.slice(Math.max(range.start, paragraph.start), Math.min(range.end, paragraph.end)));
    parts.push(paragraph.preformatted ? keptLines(part) : joinLines(part));
  }
  const quote = parts.filter((part) => part !== '').join('\n\n');
  return quote === '' ? quoteFromExact(text.slice(range.start, range.end)) : quote;
}

/** A quote out of an anchor alone: blank lines part paragraphs, and a paragraph whose lines are all indented keeps them. */
export function quoteFromExact(exact: string): string {
  return withoutSoftHyphens(exact)
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n/)
    .map((part) => (isIndented(part) ? keptLines(part) : oneLine(part)))
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A quote as a Markdown block quotation. */
export const blockquote = (quote: string): string =>
  quote
    .split('\n')
    .map((line) => (line.trim() === '' ? '>' : `> ${line}`))
    .join('\n');

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const keptLines = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd();

/** Whether every line after the first is indented: a passage's first line begins where the reader's selection does. */
function isIndented(text: string): boolean {
  const [, ...rest] = text.replace(/^\n+/, '').trimEnd().split('\n');
  return rest.length > 0 && rest.every((line) => /^(?: {4}|\t)/.test(line));
}

const firstEndingAfter = (paragraphs: readonly QuotedParagraph[], offset: number): number =>
  firstIndex(paragraphs.length, (index) => (paragraphs[index]?.end ?? 0) > offset);
