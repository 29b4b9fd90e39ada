import type { TextContent, TextItem } from 'pdfjs-dist/types/src/display/api';

/**
 * A line of a page, or the part of one that stands in a column or cell. Places are in points, seen as most of the page's text is to be read: `left` and
 * `right` grow along the line, `baseline` grows upwards.
 */
export interface Line {
  text: string;
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
}

/** A gap of so many sizes parts cells and columns. */
const CELL_GAP = 2.2;
/** A gap of so many sizes is a space, where pdf.js gave none. */
const WORD_GAP = 0.2;

/** A page that has more is no text: a drawing of letters, or made to take time. */
const MOST_RUNS = 50_000;

/** The lines of a page in the order in which it draws them, which is nearly always that of reading, and the angle of most of its text in degrees. */
export function readLines({ items }: TextContent): { lines: Line[]; angle: number } {
  const runs = items.flatMap((item) => ('str' in item && item.str !== '' ? [runOf(item)] : [])).slice(0, MOST_RUNS);
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
    if (!isBlank) before = run;
  }
  const read = lines.map((line, index) => lineOf(line, rows[index] ?? false, upright));
  return { lines: read.filter((line) => line !== undefined), angle: upright };
}

function runOf({ str, transform, width, height, fontName }: TextItem): Run {
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = transform as number[];
  const angle = (Math.round(Math.atan2(b, a) / (Math.PI / 2)) * 90 + 360) % 360;
  const [along, across] = turn(x, y, angle);
  const size = Math.hypot(c, d) || Math.abs(a) || 1;
  // Of vertical writing the width is that of a column, and the height its length.
  const length = width > 0 ? width : Math.min(Math.abs(height), size * str.length);
  return { text: str, size, font: fontName, left: along, right: along + length, baseline: across, angle };
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

/** Holds letters that are written from right to left. */
export const isRtl = (text: string): boolean =>
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text);

/** Arabic letters in the shape that they have within a word are written as the letters that they are. */
const unshape = (text: string): string => text.replace(/[\ufb50-\ufdff\ufe70-\ufeff]+/g, (shaped) => shaped.normalize('NFKC'));

function lineOf(runs: readonly Run[], isSameRow: boolean, upright: number): Line | undefined {
  const inked = runs.filter(({ text }) => text.trim() !== '');
  const text = unshape(joinRuns(orderRuns(runs)))
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  const main = mostOf(inked);
  if (text === '' || !main) return undefined;
  return {
    text,
    size: main.size,
    font: main.font,
    left: Math.min(...inked.map(({ left }) => left)),
    right: Math.max(...inked.map(({ right }) => right)),
    baseline: main.baseline,
    isSameRow,
    isTurned: main.angle !== upright,
  };
}

/** Words that are read from right to left and were drawn from left to right, the other way round. */
function orderRuns(runs: readonly Run[]): readonly Run[] {
  const words = runs.filter(({ text }) => text.trim() !== '');
  const rtl = words.filter(({ text }) => isRtl(text)).length;
  const isDrawnFromLeft = words.every(({ left }, index) => index === 0 || left >= (words[index - 1]?.left ?? left));
  return words.length > 1 && rtl > words.length / 2 && isDrawnFromLeft ? runs.toReversed() : runs;
}

function joinRuns(runs: readonly Run[]): string {
  let text = '';
  let last = '';
  let before: Run | undefined;
  for (const run of runs) {
    const gap = before ? Math.max(run.left - before.right, before.left - run.right) : 0;
    const size = Math.min(run.size, before?.size ?? run.size);
    const isApart = gap > WORD_GAP * size && !/\s$/.test(last) && !/^\s/.test(run.text) && !isUnspaced(last, run.text);
    text += isApart ? ` ${run.text}` : run.text;
    last = run.text.slice(-2);
    if (run.text.trim() !== '') before = run;
  }
  return text;
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
