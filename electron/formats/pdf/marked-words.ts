import type { DocumentSection, PrintedRun } from '#model';
import { isRtl } from './line-order';
import { shareOf } from './placed-text';

/** A rectangle of a page, in points from its upper left corner as it is seen. */
export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** UTF-16 code units of the text. */
export interface Marked {
  start: number;
  end: number;
}

/** A word that is printed, or a letter of a script without spaces, and where its middle is. */
interface PrintedWord extends Marked {
  x: number;
  y: number;
}

/** The middle of small letters is so many sizes above their line. */
const MIDDLE = 0.3;
/** Points by which what marks words may miss them. */
const TOLERANCE = 0.5;
/** What of the text is left out of what is marked, in UTF-16 code units, at most: a running head, a note at the foot. More, and it is two passages. */
const MOST_BETWEEN = 400;

/** Finds words by where they stand on the pages for which that is asked. */
export interface PrintedWords {
  /** Takes in a section, which begins at `start` in the text; of its words those on the `pages` (from 0). */
  take(section: DocumentSection, start: number, pages: ReadonlySet<number>): void;
  /** The words whose middle lies in one of the areas of a page: from the first to the last, where they follow each other; else the most of them that do. */
  marked(page: number, areas: readonly Area[]): Marked | undefined;
}

export function createPrintedWords(): PrintedWords {
  const words = new Map<number, PrintedWord[]>();
  return {
    take({ text, printed = [] }, start, pages) {
      for (const run of printed) {
        const [from, to, page] = run;
        if (!pages.has(page)) continue;
        const onPage = words.get(page) ?? [];
        words.set(page, onPage);
        onPage.push(...wordsOf(run, text.slice(from - start, to - start)));
      }
    },
    marked(page, areas) {
      const covered = (words.get(page) ?? []).filter(({ x, y }) => areas.some((area) => isWithin(area, x, y)));
      return longestOf(covered.sort((a, b) => a.start - b.start));
    },
  };
}

const isWithin = ({ left, top, right, bottom }: Area, x: number, y: number): boolean =>
  x > left - TOLERANCE && x < right + TOLERANCE && y > top - TOLERANCE && y < bottom + TOLERANCE;

/** Words, and the letters of scripts that have no spaces. */
const UNITS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]\p{M}*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;

function wordsOf([from, , , left, baseline, width, size, angle = 0]: PrintedRun, text: string): PrintedWord[] {
  const turned = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turned), Math.sin(turned)];
  const isFromRight = isRtl(text);
  return [...text.matchAll(UNITS)].map(({ 0: word, index }) => {
    const middle = (shareOf(text, index) + shareOf(text, index + word.length)) / 2;
    const along = width * (isFromRight ? 1 - middle : middle);
    return {
      start: from + index,
      end: from + index + word.length,
      x: left + along * cos + MIDDLE * size * sin,
      y: baseline + along * sin - MIDDLE * size * cos,
    };
  });
}

function longestOf(covered: readonly PrintedWord[]): Marked | undefined {
  let longest: (Marked & { letters: number }) | undefined;
  let present: (Marked & { letters: number }) | undefined;
  for (const { start, end } of covered) {
    const goesOn = present !== undefined && start - present.end <= MOST_BETWEEN;
    present = { start: goesOn && present ? present.start : start, end, letters: (goesOn && present ? present.letters : 0) + end - start };
    if (!longest || present.letters >= longest.letters) longest = present;
  }
  return longest && { start: longest.start, end: longest.end };
}
