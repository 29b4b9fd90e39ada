import { type Landmarks, locate } from '../document/locator';
import type { Anchor, Area, AreaBox } from '../notebook';
import { quoteFromExact } from '../text/quotes';
import type { TextRange } from './carry-over';
import type { Placement } from './placement';

/** The text of a document that has pages, and how many of these there are. */
export interface PagedText extends Landmarks {
  text: string;
  sheetCount: number;
}

/** Where the text of a page (from 1) is; empty where it has none. */
function textOfPage({ text, pages }: Pick<PagedText, 'text' | 'pages'>, page: number): TextRange {
  const start = pages[page - 1]?.[1] ?? text.length;
  return { start, end: Math.max(start, pages[page]?.[1] ?? text.length) };
}

const rounded = (points: number): number => Math.round(points * 100) / 100;

/** A box as it is kept: to a hundredth of a point, which nobody sees. */
export const roundedBox = ({ x, y, width, height }: AreaBox): AreaBox => ({
  x: Math.max(0, rounded(x)),
  y: Math.max(0, rounded(y)),
  width: rounded(width),
  height: rounded(height),
});

/** Describes a page, or an area of it, in the text that has this hash: by the text of its page, without a quote. */
export function anchorOfArea(whole: Pick<PagedText, 'text' | 'headings' | 'pages'>, { page, box }: Area, textHash: string): Anchor {
  const range = textOfPage(whole, page);
  const area: Area = { page, ...(box && { box: roundedBox(box) }) };
  const locator = locateArea(whole, area);
  return { ...range, exact: '', prefix: '', suffix: '', textHash, area, ...(locator && { locator }) };
}

/** Where an area is in print: its page, and the heading under which that begins. */
export function locateArea(whole: Pick<PagedText, 'text' | 'headings' | 'pages'>, { page }: Area): ReturnType<typeof locate> {
  const { start } = textOfPage(whole, page);
  const label = whole.pages[page - 1]?.[0];
  return locate({ headings: whole.headings, pages: label === undefined ? [] : [[label, start]] }, start, start);
}

/**
 * Where an area is in a document that may be another one by now: on its page where this has the same text, else on the only other page that has it, without
 * doubt; on its page as `close` where that has another one (`earlier`: the text that it was marked in, where it was kept); nowhere where its page is gone.
 */
export function placeArea(anchor: Anchor & { area: Area }, whole: PagedText, textHash: string, earlier?: string): Placement {
  const { area, start, end } = anchor;
  const isThere = area.page <= whole.sheetCount;
  const on = (page: number) => ({ ...textOfPage(whole, page), area: { ...area, page } });
  const own = on(area.page);
  if (anchor.textHash === textHash) return isThere ? { state: 'exact', ...own } : { state: 'unplaced' };
  const before = earlier?.slice(start, end);
  const isSame = (page: number): boolean => {
    const range = textOfPage(whole, page);
    return whole.text.slice(range.start, range.end) === before;
  };
  if (isThere && before !== undefined && isSame(area.page)) return { state: own.start === start ? 'exact' : 'moved', ...own };
  // A page without text says nothing by that.
  const others = before ? whole.pages.flatMap((_, index) => (isSame(index + 1) ? [index + 1] : [])) : [];
  const [page] = others;
  if (page !== undefined && others.length === 1) return { state: 'moved', ...on(page) };
  return isThere ? { state: 'close', score: SAME_PAGE, ...own } : { state: 'unplaced' };
}

/** How sure it is (0 to 1) that an area is where it was on a page whose text is another. */
const SAME_PAGE = 0.5;

/** What areas of one page are ordered by: all of it comes first. */
export const topOfArea = (area: Area | undefined): number => area?.box?.y ?? -1;

/** An area as a sentence names it: “Area of p. 12”, “Page 12”. */
export function nameOfArea({ page, box }: Area, locator: Anchor['locator']): string {
  const label = locator?.page ?? String(page);
  return box ? `Area of p. ${label}` : `Page ${label}`;
}

/** What stands for a note's passage in place of a quote, word for word. */
export const quotedIn = ({ exact, area, locator }: Anchor): string => (area ? nameOfArea(area, locator) : exact);

/** The same as it reads. */
export function quoteOfAnchor(anchor: Anchor): string {
  if (anchor.area) return quotedIn(anchor);
  const known = quotes.get(anchor) ?? quoteFromExact(anchor.exact);
  quotes.set(anchor, known);
  return known;
}

/** A passage can be a whole book, and its quote is drawn often. */
const quotes = new WeakMap<Anchor, string>();
