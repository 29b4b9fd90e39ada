import type { TextContent, TextItem } from 'pdfjs-dist/types/src/display/api';
import type { PlacedRun, PrintedLetters } from '#model';
import { type LetterSizes, readLetterSizes } from './letter-sizes';
import { inReadingOrder, isMarks, isRtl } from './line-order';
import { type PlacedText, partOf, rewrite, type TracedText, traced, trimmed } from './placed-text';

/**
 * A line of a page, or the part of one that stands in a column or cell. Places are in points, seen as most of the page's text is to be read: `left` and
 * `right` grow along the line, `baseline` grows upwards.
 */
export interface Line extends PlacedText {
  /** Of most of its letters, in points. */
  size: number;
  /** pdf.js's name of the font of most of its letters. */
  font: string;
  left: number;
  right: number;
  baseline: number;
  /** Stands on the baseline of the line before, to the right of it and clearly apart: a cell of the same row. */
  isSameRow: boolean;
  /** Is read in another direction than most of the page. */
  isTurned: boolean;
}

/** The page whose lines are read. */
export interface LinesOfPage {
  /** Counted from 0. */
  page: number;
  /** What makes places in points from its upper left corner, as it is seen, of the file's own (pdf.js's `PageViewport`). */
  transform: readonly number[];
  /** Points of a unit of the file. */
  scale: number;
}

/** A run of letters as pdf.js gives it. */
interface Run {
  text: string;
  size: number;
  font: string;
  left: number;
  right: number;
  baseline: number;
  /** Degrees, of four directions. */
  angle: number;
  /** Where it stands on the page as that is seen. */
  seen: PrintedLetters;
}

/** A gap of so many sizes parts cells and columns. */
const CELL_GAP = 2.2;
/** A gap of so many sizes is a space, where pdf.js gave none. */
const WORD_GAP = 0.2;

/** A page that has more is no text: a drawing of letters, or made to take time. */
const MOST_RUNS = 50_000;

/** The lines of a page in the order in which it draws them, which is nearly always that of reading, and the angle of most of its text in degrees. */
export function readLines({ items, styles }: TextContent, page: LinesOfPage): { lines: Line[]; angle: number } {
  const isVertical = (item: TextItem): boolean => styles[item.fontName]?.vertical === true;
  const written = items.filter((item) => 'str' in item).filter(({ str }) => str !== '');
  const sizes = readLetterSizes(written, isVertical);
  const drawn = withoutGapsAtMarks(written)
    .filter((item) => !isKerning(item, sizes))
    .slice(0, MOST_RUNS);
  const runs = drawn.map((item) => runOf(item, { isVertical: isVertical(item), size: sizes.sizeOf(item) }, page));
  const upright = mainAngle(runs);
  const lines: Run[][] = [];
  const rows: boolean[] = [];
  let before: Run | undefined;
  for (const run of runs) {
    const isBlank = run.text.trim() === '';
    if (isBlank && !before) continue;
    const step = before ? stepTo(before, run) : 'line';
    if (step === 'on') lines.at(-1)?.push(run);
    // What is blank begins no line: it may lie anywhere.
    else if (!isBlank) {
      lines.push([run]);
      rows.push(step === 'cell');
    }
    // What stands over a letter is no end of what was read; at the beginning of a line it comes before its letter.
    if (!isBlank && (step !== 'on' || !isMarks(run.text))) before = run;
  }
  const read = inReadingOrder(lines).map((line, index) => lineOf(line, rows[index] ?? false, upright));
  return { lines: read.filter((line) => line !== undefined), angle: upright };
}

/** A space so wide, in units of the file, is none. */
const NO_SPACE = 0.1;

/** Without what pdf.js takes for a space where a sign over a letter is put in its place, and what stands for no letter there. */
function withoutGapsAtMarks(items: readonly TextItem[]): TextItem[] {
  const hasMarks = (at: number): boolean => isMarks(items[at]?.str ?? '');
  const isNoSpace = ({ str, width }: TextItem): boolean => width < NO_SPACE && /^[\s\p{Cc}]+$/u.test(str);
  return items.filter((item, at) => !isNoSpace(item) || !(hasMarks(at - 1) || hasMarks(at + 1) || /\p{Cc}/u.test(item.str)));
}

/** What brings letters apart within a word. */
const isKerning = (item: TextItem, { isMisread, sizeOf }: LetterSizes): boolean =>
  item.str.trim() === '' && isMisread(item) && item.width < (WORD_GAP / 2) * sizeOf(item);

/** How an item is written: its size is in units of the file. */
interface Look {
  isVertical: boolean;
  size: number;
}

function runOf(item: TextItem, look: Look, on: LinesOfPage): Run {
  const { str, transform, width, height, fontName } = item;
  const [a = 1, b = 0, , , x = 0, y = 0] = transform as number[];
  const angle = (Math.round(Math.atan2(b, a) / (Math.PI / 2)) * 90 + 360) % 360;
  const [along, across] = turn(x, y, angle);
  const { size } = look;
  // Of vertical writing the width is that of a column, and the height its length.
  const length = width > 0 || isMarks(str) ? width : Math.min(Math.abs(height), size * str.length);
  return {
    text: str,
    size,
    font: fontName,
    left: along,
    right: along + length,
    baseline: across,
    angle,
    seen: seenOf(item, look, on),
  };
}

/** A letter of vertical writing stands so many sizes to the left of the middle of its column, where it is said to be. */
const MIDDLE = 0.3;

function seenOf(
  { transform, width, height }: TextItem,
  { isVertical, size: sizeInFile }: Look,
  { page, transform: view, scale }: LinesOfPage,
): Run['seen'] {
  const [a = 1, b = 0, , , x = 0, y = 0] = transform as number[];
  const [va = 1, vb = 0, vc = 0, vd = 1, vx = 0, vy = 0] = view;
  const along = Math.atan2(vb * a + vd * b, va * a + vc * b);
  const size = sizeInFile * scale;
  const angle = Math.round((along * 180) / Math.PI) + (isVertical ? 90 : 0);
  const middle = isVertical ? MIDDLE * size : 0;
  return {
    page,
    left: va * x + vc * y + vx - middle * Math.cos(along),
    baseline: vb * x + vd * y + vy - middle * Math.sin(along),
    width: (isVertical ? Math.abs(height) : width) * scale,
    size,
    angle,
  };
}

/** A place of a page seen with the page turned so that text of this angle is upright. */
export function turn(x: number, y: number, angle: number): [along: number, across: number] {
  if (angle === 90) return [y, -x];
  if (angle === 180) return [-x, -y];
  return angle === 270 ? [-y, x] : [x, y];
}

function mainAngle(runs: readonly Run[]): number {
  const units = new Map<number, number>();
  for (const { angle, text } of runs) units.set(angle, (units.get(angle) ?? 0) + text.length);
  return [...units].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0] as [number, number])[0];
}

/** How a run goes on from the one before it: in the line, in the next cell of the row, or in another line. */
function stepTo(before: Run, run: Run): 'on' | 'cell' | 'line' {
  const size = Math.max(before.size, run.size);
  if (run.angle !== before.angle || Math.abs(run.baseline - before.baseline) > 0.5 * size) return 'line';
  // Words of a line that is written from right to left follow each other either way.
  const gap = Math.max(run.left - before.right, isRtl(run.text) && isRtl(before.text) ? before.left - run.right : Number.NEGATIVE_INFINITY);
  if (gap > CELL_GAP * size) return 'cell';
  return gap < -0.6 * size && run.left < before.left ? 'line' : 'on';
}

/** Stands for a letter that is drawn, and of which the file does not say which one it is. */
export const UNKNOWN_LETTER = '\ufffd';

/**
 * Ligatures, and Arabic letters in the shape that they have within a word, are written as the letters that they are, and white space is folded. pdf.js
 * would write ligatures so before it turns words round that are read from right to left, and so turn the letters of each round. For a letter of which the
 * file does not say which one it is, pdf.js gives its number in the font, which is that of a control character where it is seen at all that it is no letter.
 */
const tidy = (text: string): TracedText => {
  const letters = rewrite(traced(text), /[\u00b5\u2126\ufb00-\ufdff\ufe70-\ufeff]+/g, (shaped) => shaped.normalize('NFKC'));
  const spaced = rewrite(letters, /\s+/g, () => ' ');
  return trimmed(rewrite(spaced, /\p{Cc}/gu, () => UNKNOWN_LETTER));
};

function lineOf(runs: readonly Run[], isSameRow: boolean, upright: number): Line | undefined {
  const inked = runs.filter(({ text }) => text.trim() !== '');
  const { joined, starts } = joinRuns(runs);
  const tidied = tidy(joined);
  const main = mostOf(inked);
  if (tidied.text === '' || !main) return undefined;
  return {
    text: tidied.text,
    runs: placeRuns(tidied, runs, starts),
    size: main.size,
    font: main.font,
    left: Math.min(...inked.map(({ left }) => left)),
    right: Math.max(...inked.map(({ right }) => right)),
    baseline: main.baseline,
    isSameRow,
    isTurned: main.angle !== upright,
  };
}

/** Where the letters of a line stand, of which each knows its place in what was made of `runs`; `starts`: where each of these begins there. */
function placeRuns({ text, from }: TracedText, runs: readonly Run[], starts: readonly number[]): PlacedRun[] {
  const placed: PlacedRun[] = [];
  let at = 0;
  for (const [index, run] of runs.entries()) {
    const begins = starts[index] ?? 0;
    const ends = begins + run.text.length;
    while (at < text.length && (from[at] ?? 0) < begins) at++;
    const start = at;
    while (at < text.length && (from[at] ?? 0) < ends) at++;
    const before = placed.at(-1);
    if (text.slice(start, at).trim() === '') continue;
    const first = (from[start] ?? 0) - begins;
    const isAll = text.length === at || (from[at] ?? 0) >= ends;
    const last = isAll && run.text.trimEnd().length === run.text.length ? run.text.length : (from[at - 1] ?? 0) - begins + 1;
    const next = { ...partOf(run.seen, run.text, first, last), start, end: at };
    if (before && start > before.end) spanGap(before, next);
    placed.push(next);
  }
  return placed;
}

/** The space between two words that stand beside each other belongs to the first, so that what is marked has no gap. */
function spanGap(before: PlacedRun, next: PlacedRun): void {
  const gap = next.left - before.left - before.width;
  if (before.angle !== 0 || next.angle !== 0 || gap < 0 || gap > CELL_GAP * before.size) return;
  before.end = next.start;
  before.width += gap;
}

/** What runs say together, and where each of them begins in it. */
function joinRuns(runs: readonly Run[]): { joined: string; starts: number[] } {
  let joined = '';
  const starts: number[] = [];
  let last = '';
  let before: Run | undefined;
  for (const run of runs) {
    const gap = before ? Math.max(run.left - before.right, before.left - run.right) : 0;
    const size = Math.min(run.size, before?.size ?? run.size);
    const isApart = gap > WORD_GAP * size && !/\s$/.test(last) && !/^\s/.test(run.text) && !isUnspaced(last, run.text);
    if (isApart) joined += ' ';
    starts.push(joined.length);
    joined += run.text;
    last = run.text.slice(-2);
    if (run.text.trim() !== '') before = run;
  }
  return { joined, starts };
}

/** The run of the line's main size and font: the one with most letters of its kind. */
function mostOf(runs: readonly Run[]): Run | undefined {
  const units = new Map<string, { run: Run; units: number }>();
  for (const run of runs) {
    const key = `${run.font} ${run.size.toFixed(1)}`;
    const kind = units.get(key) ?? { run, units: 0 };
    kind.units += run.text.length;
    units.set(key, kind);
  }
  return [...units.values()].reduce<{ run: Run; units: number } | undefined>(
    (most, each) => (most && most.units >= each.units ? most : each),
    undefined,
  )?.run;
}

/** Between these two no space is written: Chinese and Japanese have none. */
export const isUnspaced = (before: string, after: string): boolean => EAST_ASIAN_END.test(before) && EAST_ASIAN_START.test(after);

const EAST_ASIAN_END = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]$/u;
const EAST_ASIAN_START = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
