import { firstIndex } from '../text/search-sorted';
import { buildOutline, type Heading, type OutlineEntry } from './outline';

/** Headings that stand above chapters and are none. */
const PART = /^(?:part|book|volume|vol\.|teil|buch|band|partie|livre|tome|parte|libro|часть|книга|том)\b/iu;

/** Of a book: an entry that holds more of it stands above chapters, as the title of a book does between its foreword and its notes. */
const MOST = 0.5;

/**
 * The chapters of a book of `length` UTF-16 code units out of its table of contents, in order: its first level that has more than one; of parts, and of what
 * holds most of the book, the level below.
 */
export function chaptersOf(headings: readonly Heading[], length: number): Heading[] {
  return chaptersIn(buildOutline(headings), length, length);
}

/** `end`: of the last of the entries. */
function chaptersIn(entries: readonly OutlineEntry[], end: number, length: number): Heading[] {
  return entries.flatMap((entry, index): Heading[] => {
    const entryEnd = entries[index + 1]?.start ?? end;
    const isAbove = entries.length === 1 || PART.test(entry.title) || entryEnd - entry.start > MOST * length;
    return entry.children.length > 0 && isAbove ? chaptersIn(entry.children, entryEnd, length) : [entry];
  });
}

/** Where in a book its reader is. */
export interface ChapterPlace {
  title: string;
  /** From 1. */
  number: number;
  count: number;
  /** How much of the whole text there is to its end, 0 to 1. */
  left: number;
}

/** The chapter that a place is in, in a text of `length` UTF-16 code units; `undefined` before the first, and where there are not two. */
export function chapterAt(chapters: readonly Heading[], offset: number, length: number): ChapterPlace | undefined {
  const next = firstIndex(chapters.length, (index) => (chapters[index]?.start ?? 0) > offset);
  const chapter = chapters[next - 1];
  if (!chapter || chapters.length < 2) return undefined;
  const end = chapters[next]?.start ?? length;
  return {
    title: chapter.title,
    number: next,
    count: chapters.length,
    left: Math.min(1, Math.max(0, (end - offset) / Math.max(1, length))),
  };
}
