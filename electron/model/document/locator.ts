import { z } from 'zod';
import { firstIndex } from '../text/search-sorted';
import { linkName } from '../text/titles';
import type { DocumentSection, PageStart } from './document';
import { type Heading, headingTitle } from './outline';

/** Where a passage is found in print, as citations say it (CSL, "locator"): the heading before it, and the labels of the pages it begins and ends on. */
export const locatorSchema = z.looseObject({
  chapter: z.string().optional(),
  page: z.string().optional(),
  /** Where that is another one. */
  lastPage: z.string().optional(),
});
export type Locator = z.infer<typeof locatorSchema>;

/** What tells where passages of a text are: its headings and the beginnings of its pages, both in order. */
export interface Landmarks {
  headings: readonly Heading[];
  pages: readonly PageStart[];
}

/** UTF-16 code units of the longest heading that is said beside a quote. */
const LONGEST = 120;

/** The headings of a section that are of its article: what stands beside that, such as a menu, is no chapter of it. */
export const articleHeadings = ({ headings, outside = [] }: Pick<DocumentSection, 'headings' | 'outside'>): readonly Heading[] =>
  outside.length === 0 ? headings : headings.filter(({ start }) => !outside.some(([from, to]) => start >= from && start < to));

/** The page that a place is on; `undefined` before the first and where there are none. */
export const pageAt = (pages: readonly PageStart[], offset: number): string | undefined =>
  pages[firstIndex(pages.length, (index) => (pages[index]?.[1] ?? 0) > offset) - 1]?.[0];

/** Where the passage from `start` to `end` is (UTF-16 code units); `undefined` where nothing tells. */
export function locate({ headings, pages }: Landmarks, start: number, end: number): Locator | undefined {
  const title = chapterAbove(headings, start);
  const chapter = title.length > LONGEST ? `${title.slice(0, LONGEST).toWellFormed().trimEnd()}…` : title;
  const page = pageAt(pages, start);
  const lastPage = pageAt(pages, Math.max(start, end - 1));
  if (chapter === '' && page === undefined && lastPage === undefined) return undefined;
  return {
    ...(chapter !== '' && { chapter }),
    ...(page !== undefined && { page }),
    ...(lastPage !== undefined && lastPage !== page && { lastPage }),
  };
}

/** A number alone, in figures or Roman: what it counts is said by the heading above it. */
const NUMBER = /^[\p{P}\s]*(?:[\p{N}.]+|[ivxlc]+)[\p{P}\s]*$/iu;

/** What the heading before a place is called; of one that is a number alone with those that it is under: “The sea, II”. */
function chapterAbove(headings: readonly Heading[], offset: number): string {
  const titles: string[] = [];
  let level = Number.POSITIVE_INFINITY;
  for (let at = firstIndex(headings.length, (index) => (headings[index]?.start ?? 0) > offset) - 1; at >= 0; at--) {
    const heading = headings[at];
    if (!heading || heading.level >= level) continue;
    titles.unshift(heading.title);
    level = heading.level;
    if (!NUMBER.test(heading.title)) break;
  }
  return titles.join(', ');
}

/** The pages of a passage: “143”, “143–144”. */
export const pagesOf = ({ page, lastPage }: Locator): string | undefined =>
  page !== undefined && lastPage !== undefined ? `${page}–${lastPage}` : (page ?? lastPage);

/** The same as citations have it: “p. 143”, “pp. 143–144”. */
export function writePages(locator: Locator): string | undefined {
  const pages = pagesOf(locator);
  return pages === undefined ? undefined : `${locator.page !== undefined && locator.lastPage !== undefined ? 'pp.' : 'p.'} ${pages}`;
}

/** Chapter and pages of a passage, as they stand beside its quote in a document that is called `title`: that is not said again. */
export function writeLocator(locator: Locator | undefined, title: string): string | undefined {
  if (!locator) return undefined;
  // Another program may have written an empty chapter: no line may begin with a comma, by which nothing knows it again.
  const parts = [chapterIn(locator, title), writePages(locator)].filter((part) => part !== undefined && part.trim() !== '');
  // On one line, also where another program wrote it.
  return headingTitle(parts.join(', ')) || undefined;
}

/** The chapter of a passage, without the document's title. */
export function chapterIn({ chapter }: Locator, title: string): string | undefined {
  if (chapter === undefined || linkName(chapter) === linkName(title)) return undefined;
  return title !== '' && chapter.startsWith(`${title}, `) ? chapter.slice(title.length + 2) : chapter;
}
