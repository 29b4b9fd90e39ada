import { withoutSoftHyphens } from '../text/line-breaks';
import { firstIndex } from '../text/search-sorted';

/** A heading of a document; offsets are UTF-16 code units in its text layer, `level` is 1 to 6. */
export interface Heading {
  level: number;
  start: number;
  end: number;
  /** Its text on one line, or how a table of contents calls it. */
  title: string;
}

/** A heading with those under it. `depth` counts from 0 and has no gaps, whatever levels the document skips. */
export interface OutlineEntry extends Heading {
  depth: number;
  children: OutlineEntry[];
}

/** The headings as a tree. */
export function buildOutline(headings: readonly Heading[]): OutlineEntry[] {
  const roots: OutlineEntry[] = [];
  const open: OutlineEntry[] = [];
  for (const heading of headings) {
    while ((open.at(-1)?.level ?? 0) >= heading.level) open.pop();
    const entry: OutlineEntry = { ...heading, depth: open.length, children: [] };
    (open.at(-1)?.children ?? roots).push(entry);
    open.push(entry);
  }
  return roots;
}

/** The last heading that begins at or before `offset`. */
export const currentHeading = (headings: readonly Heading[], offset: number): Heading | undefined =>
  headings[firstIndex(headings.length, (index) => (headings[index]?.start ?? 0) > offset) - 1];

/** A heading's text as one line. */
export const headingTitle = (text: string): string => withoutSoftHyphens(text).trim().replace(/\s+/g, ' ');
