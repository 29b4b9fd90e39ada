import { type DocumentMetadata, joinLines, withoutSoftHyphens } from '#model';
import { titleFromName } from './list';

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
  /** It goes by its file's name where it states no title: a page of a vault of Markdown, to which links lead by that name. */
  isNamedByFile?: boolean;
}

/** Paragraphs of which the beginnings may be titles. */
const PARAGRAPHS = 4;

/**
 * The titles that a document can have, the best first. One that it states (metadata, its first heading) stands alone. Otherwise they are how its
 * first paragraphs begin, as a title line or a first sentence, and last the name of its file: what stands above many texts is a frame and no title.
 * What holds a letter that is not known is none, and nothing is where many are. Neither is what a template (of Hugo, Jinja or Liquid) has in the
 * place of a title.
 */
export function titlesOf({ metadata, heading, opening, fileName, isNamedByFile }: Titled): readonly [string, ...string[]] {
  const name = titleFromName(fileName);
  const isLost = opening.split(UNKNOWN).length - 1 > MANY_UNKNOWN * opening.length;
  const called = [metadata.title, heading !== undefined && !isLost && isKnown(heading) ? fold(heading) : undefined];
  const stated = called.find((title) => title !== undefined && title !== '' && !isPlaceholder(title));
  if (stated !== undefined) return [shorten(stated) || name];
  if (isNamedByFile || isLost || TEMPLATE.test(opening)) return [name];
  const [first = name, ...others] = [
    ...new Set([
      ...openingsOf(opening.slice(0, OPENING))
        .filter(isKnown)
        .map((each) => shorten(each)),
      name,
    ]),
  ];
  return [first, ...others];
}

const UNKNOWN = '\ufffd';
/** Where so many of all signs are not known, the others mean nothing either. */
const MANY_UNKNOWN = 0.08;

const isKnown = (title: string): boolean => !title.includes(UNKNOWN);

/** How a template begins. */
const TEMPLATE = /^\s*\{[{%]/;

/** Whether others are to put the words of a title there: no letter or figure stands outside of a template’s tags. */
const isPlaceholder = (title: string): boolean =>
  TEMPLATE.test(title) && !hasWord(title.replace(/\{\{[^{}]{0,1000}\}\}|\{%[^{}]{0,1000}%\}/g, ''));

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

const fold = (text: string): string =>
  withoutSoftHyphens(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

/** How the first paragraphs that have a letter or figure begin: each a title line above the text, or a first sentence. */
function openingsOf(text: string): string[] {
  const paragraphs: string[][] = [[]];
  for (const line of text.split(/\r\n?|\n/).map((each) => each.trim())) {
    const current = paragraphs.at(-1) ?? [];
    // Rules and ornaments before the words of a paragraph are passed over.
    if (line !== '' && (current.length > 0 || hasWord(line))) current.push(line);
    if (line !== '' || current.length === 0) continue;
    if (paragraphs.length === PARAGRAPHS) break;
    paragraphs.push([]);
  }
  return paragraphs.map(openingOf).filter((opening) => opening !== undefined);
}

function openingOf(paragraph: readonly string[]): string | undefined {
  const [first, second] = paragraph;
  if (!first) return undefined;
  const alone = second === undefined || !hasWord(second);
  if (alone && isTitleLine(first)) return fold(first.replace(/^#{1,6}\s+/, ''));
  return firstSentence(fold(joinLines(paragraph.join('\n').slice(0, SENTENCE_SEARCHED))));
}

const hasWord = (line: string): boolean => /[\p{L}\p{N}]/u.test(line);

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
  line.length <= LONGEST_TITLE && hasWord(line) && !/[.!?…。！？؟,;:،؛；：]["'”’»)]*$/u.test(line);
