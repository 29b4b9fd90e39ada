import type { Line } from './lines';

/** A page's lines as it draws them, and how high it is. */
export interface PageLines {
  lines: readonly Line[];
  /** The lowest and highest place of the page, in points, as `Line.baseline` counts. */
  bottom: number;
  top: number;
}

/** The part of a page's height, at the top and at the bottom, in which running heads and feet stand. */
const MARGIN = 0.14;
/** Points that a line may stand higher or lower than on the next page. */
const TOLERANCE = 4;

/**
 * The lines that say where one is and not what is written: running heads and feet, and page numbers. They stand at the same height of a page
 * close by, and say the same but for figures; a page number by itself is known without, and so is what is stamped on a page beside all of its text.
 */
export function findRunningHeads(page: PageLines, neighbours: readonly PageLines[]): Set<Line> {
  const theirs = neighbours.map((each) => marginLines(each).map((line) => ({ line, words: wordsOf(line), edge: edgeOf(line, each) })));
  const heads = new Set(
    marginLines(page).filter((line) => {
      const words = wordsOf(line);
      const edge = edgeOf(line, page);
      if (PAGE_NUMBER.test(line.text) && isOutermost(line, page)) return true;
      return theirs.some((lines) =>
        lines.some(
          (other) => other.words === words && Math.abs(other.edge - edge) <= TOLERANCE && Math.abs(other.line.size - line.size) < 1,
        ),
      );
    }),
  );
  const beside = neighbours.flatMap((each) => turnedBeside(each).map(wordsOf));
  // What stands beside one page alone may be the axis of a figure.
  for (const line of turnedBeside(page)) if (STAMP.test(line.text) || beside.includes(wordsOf(line))) heads.add(line);
  return heads;
}

/** How what archives and publishers stamp on a page begins. */
const STAMP = /^\s*(?:arxiv|doi|https?:|www\.|downloaded|provided by|authorized|permission|copyright|©|\(c\))/i;

/** Turned lines that stand to the left or right of all that is not. */
function turnedBeside({ lines }: PageLines): Line[] {
  const upright = lines.filter(({ isTurned }) => !isTurned).flatMap(({ runs }) => runs);
  const left = Math.min(...upright.map((run) => run.left));
  const right = Math.max(...upright.map((run) => run.left + run.width));
  // Of a page that is itself turned, lines go another way.
  if (upright.some(({ angle }) => angle !== 0)) return [];
  return lines.filter(({ isTurned, runs }) => isTurned && runs.every((run) => run.left < left || run.left > right));
}

/** "7", "– 7 –", "vii", "Page 7 of 9", "7/9". */
const PAGE_NUMBER =
  /^(?:(?:page|p\.|seite|página)\s*)?[-–—[(|]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—\])|]?(?:\s*(?:of|\/|von|de)\s*\d{1,4})?$/i;

/** What has more lines in its margins has no margins. */
const MOST_LINES = 60;

const marginLines = (page: PageLines): Line[] => {
  const height = page.top - page.bottom;
  const lines = page.lines.filter(
    ({ baseline, isTurned }) => !isTurned && (baseline > page.top - MARGIN * height || baseline < page.bottom + MARGIN * height),
  );
  return lines.length > MOST_LINES ? [] : lines;
};

/** Nothing stands between it and the edge of the page. */
function isOutermost(line: Line, page: PageLines): boolean {
  const isHigh = line.baseline > (page.top + page.bottom) / 2;
  return page.lines.every(
    ({ baseline, isTurned }) => isTurned || (isHigh ? baseline <= line.baseline + TOLERANCE : baseline >= line.baseline - TOLERANCE),
  );
}

/** How far from its edge of the page a line stands; at the bottom below zero. */
const edgeOf = ({ baseline }: Line, { top, bottom }: PageLines): number =>
  baseline > (top + bottom) / 2 ? top - baseline + 1 : -(baseline - bottom + 1);

const wordsOf = ({ text }: Line): string =>
  text.replace(/\d+/g, '#').replace(/^[ivxlc]{1,7}$|(?<=\s)[ivxlc]{1,7}$|^[ivxlc]{1,7}(?=\s)/gi, '#');
