import type { DocumentMetadata } from '#model';
import { nameWithoutExtension } from './list';

/** A cut at a clause mark must leave this many code units. */
const SHORTEST_CLAUSE = 60;

/** UTF-16 code units of a text in which a title is looked for. */
export const OPENING = 10_000;

/** A sentence longer than this (code units) is cut anyway. */
const SENTENCE_SEARCHED = 2000;

/** The segmenter takes the point of these for the end of a sentence. */
const abbreviation =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|St|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|vs|etc|No|Nr|Fig|Vol|pp?|ca|cf|e\.g|i\.e|z\.B|d\.h|u\.a|\p{Lu}(?:\.\p{Lu})*)\.\s*$/u;

interface Titled {
  metadata: DocumentMetadata;
  /** The document's first heading of the first level. */
  heading?: string | undefined;
  /** How its text begins, paragraphs apart by blank lines. */
  opening: string;
  fileName: string;
}

/** The title that a document gives itself: metadata, first heading, title line, first sentence, file name. */
export function titleOf({ metadata, heading, opening, fileName }: Titled): string {
  const found = metadata.title ?? (fold(heading ?? '') || undefined) ?? openingOf(opening.slice(0, OPENING));
  return shorten(found ?? '') || nameWithoutExtension(fileName);
}

/**
 * A sentence as a title: cut at its last clause mark (comma, semicolon, colon, dash) within the limit, or else at a
 * word, with an ellipsis.
 */
export function shorten(sentence: string, limit = LONGEST_TITLE): string {
  if (sentence.length <= limit) return sentence;
  const clause = lastClauseEnd(sentence, limit);
  if (clause >= SHORTEST_CLAUSE) return sentence.slice(0, clause).trimEnd();
  const space = sentence.lastIndexOf(' ', limit - 1);
  const cut = sentence.slice(0, space >= SHORTEST_CLAUSE ? space : lastGraphemeEnd(sentence, limit - 1));
  return `${cut.replace(/[\s,;:–—-]+$/u, '')}…`;
}

/** Where the last clause that ends within `limit` ends: a mark within a number or a word ends none. */
function lastClauseEnd(sentence: string, limit: number): number {
  const marks = /[,;:،؛](?=\s)|\s[–—](?=\s)|[，；：、]/gu;
  return [...sentence.slice(0, limit + 2).matchAll(marks)].map(({ index }) => index).findLast((index) => index <= limit) ?? -1;
}

/** Where the last whole character that ends within `limit` ends. */
function lastGraphemeEnd(text: string, limit: number): number {
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text.slice(0, 2 * limit));
  return [...graphemes].findLast(({ index }) => index <= limit)?.index ?? 0;
}

const fold = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** A title line above the text, or the first sentence of its first paragraph. */
function openingOf(text: string): string | undefined {
  const paragraph = text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .reduce<{ lines: string[]; done: boolean }>(addLine, { lines: [], done: false }).lines;
  const [first, second] = paragraph;
  if (!first) return undefined;
  const alone = second === undefined || !/[\p{L}\p{N}]/u.test(second);
  if (alone && isTitleLine(first)) return fold(first.replace(/^#{1,6}\s+/, ''));
  return firstSentence(fold(paragraph.join(' ').slice(0, SENTENCE_SEARCHED)));
}

/** Gathers the lines of the first paragraph that has a letter; rules and ornaments before it are passed over. */
function addLine(state: { lines: string[]; done: boolean }, line: string): { lines: string[]; done: boolean } {
  const ended = state.done || (state.lines.length > 0 && line === '');
  if (ended) return { lines: state.lines, done: true };
  const wordless = !/[\p{L}\p{N}]/u.test(line);
  if (state.lines.length === 0 && wordless) return state;
  state.lines.push(line);
  return state;
}

function firstSentence(paragraph: string): string | undefined {
  let sentence = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(paragraph)) {
    sentence += segment;
    if (/\p{L}/u.test(sentence) && !abbreviation.test(sentence)) break;
  }
  return sentence.trim() || undefined;
}

/** UTF-16 code units that a title may have. */
export const LONGEST_TITLE = 120;

/** Whether a line that stands alone above a text is its title: short, with a letter or figure, and not a sentence. */
export const isTitleLine = (line: string): boolean =>
  line.length <= LONGEST_TITLE && /[\p{L}\p{N}]/u.test(line) && !/[.!?…。！？؟,;:،؛；：]["'”’»)]*$/u.test(line);
