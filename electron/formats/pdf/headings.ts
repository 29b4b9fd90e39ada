import { type Line, UNKNOWN_LETTER } from './lines';
import type { Paragraph } from './paragraphs';

/** An entry of the file's own outline, and the page that it leads to, counted from 0. */
export interface OutlineItem {
  title: string;
  page: number;
  /** 0 for those of the first level. */
  depth: number;
}

/** Tells the headings of a document that comes page by page; asked for all pages in order. */
export interface HeadingFinder {
  /** Takes in the sizes of a page that will be asked for: several of them, so that the size of the body is known from the first on. */
  see(lines: readonly Pick<Line, 'size' | 'text'>[]): void;
  /** The size of most of the text that was seen, in points. */
  bodySize(): number;
  /** The level (1 to 6) of each paragraph of a page that is a heading. */
  levels(page: number, paragraphs: readonly Paragraph[]): Map<Paragraph, number>;
}

/** UTF-16 code units, and lines, of a heading at most. */
const LONGEST = 200;
const MOST_LINES = 4;
/** A heading is so many times as large as the body; the title of the document, and chapters, more. */
const LARGER = 1.15;
const CHAPTER = 1.5;

/** Headings are what the outline of the file names; where there is none, what is larger than the text. */
export function createHeadingFinder(outline: readonly OutlineItem[]): HeadingFinder {
  const units = new Map<number, number>();
  const named = new Map<string, number>();
  for (const { title, page, depth } of outline) named.set(`${page} ${plain(title)}`, depth);
  let titled = false;

  const bodySize = (): number =>
    [...units].reduce((most, each) => (each[1] > most[1] ? each : most), [Number.POSITIVE_INFINITY, 0] as [number, number])[0];

  return {
    bodySize,
    see(lines) {
      for (const { size, text } of lines) {
        const rounded = Math.round(size * 2) / 2;
        units.set(rounded, (units.get(rounded) ?? 0) + text.length);
      }
    },
    levels(page, paragraphs) {
      const body = bodySize();
      const can = paragraphs.filter(canBeHeading);
      const levels = new Map<Paragraph, number>();
      if (!titled && can.length > 0) {
        const largest = can.reduce((most, each) => (each.size > most.size ? each : most));
        if (page === 0 && largest.size >= CHAPTER * 0.87 * body) levels.set(largest, 1);
        titled = true;
      }
      for (const paragraph of can) {
        if (levels.has(paragraph)) continue;
        const depth = named.get(`${page} ${plain(paragraph.text)}`);
        if (depth !== undefined) levels.set(paragraph, Math.min(6, depth + 2));
        else if (named.size === 0 && paragraph.size >= LARGER * body) levels.set(paragraph, paragraph.size >= CHAPTER * body ? 2 : 3);
      }
      return levels;
    },
  };
}

const canBeHeading = ({ text, lines, isTable }: Paragraph): boolean =>
  !isTable &&
  text.length <= LONGEST &&
  lines.length <= MOST_LINES &&
  lines.every(({ isTurned }) => !isTurned) &&
  // A formula.
  !text.includes(UNKNOWN_LETTER) &&
  /\p{L}{2}|\p{Lo}/u.test(text);

/** Without numbers before it, spaces, case and marks: as an outline and a page write the same heading differently. */
const plain = (title: string): string =>
  title
    .toLowerCase()
    .replace(/^[\s\d.]+/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
