import { type PrintedLetters, type PrintedRun, placedRun } from '#model';
import { isRtl } from './line-order';
import type { Marked } from './marked-words';
import { shareOf } from './placed-text';

/** Corners of a quadrilateral, in points from the upper left corner of a page as it is seen. */
export type Corners = readonly (readonly [x: number, y: number])[];

/** So many sizes letters reach above and below their line. */
const ABOVE = 0.8;
const BELOW = 0.22;
/** Points of a line, in sizes, that may lie between two runs of it. */
const GAP = 0.6;

/** Where a passage of a text is printed, line by line; `runs` in the order of the text. */
export function printedLetters(text: string, runs: readonly PrintedRun[], { start, end }: Marked): PrintedLetters[] {
  const lines: PrintedLetters[] = [];
  for (const run of runs) {
    const [from, to] = [Math.max(run[0], start), Math.min(run[1], end)];
    if (from >= to || text.slice(from, to).trim() === '') continue;
    const letters = lettersOf(run, text.slice(run[0], run[1]), from - run[0], to - run[0]);
    const before = lines.at(-1);
    if (before && isSameLine(before, letters)) lines[lines.length - 1] = joinLetters(before, letters);
    else lines.push(letters);
  }
  return lines;
}

function lettersOf(run: PrintedRun, text: string, from: number, to: number): PrintedLetters {
  const { page, width, size, angle, ...at } = placedRun(run);
  const shares = [shareOf(text, from), shareOf(text, to)].map((share) => (isRtl(text) ? 1 - share : share));
  const [first, last] = [Math.min(...shares), Math.max(...shares)];
  return { page, ...along({ ...at, angle }, first * width), width: (last - first) * width, size, angle };
}

const along = ({ left, baseline, angle }: Pick<PrintedLetters, 'left' | 'baseline' | 'angle'>, by: number) => {
  const [cos, sin] = direction(angle);
  return { left: left + by * cos, baseline: baseline + by * sin };
};

const direction = (angle: number): [cos: number, sin: number] => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];

/** How far `letters` begin along the line of `before`, and beside it. */
function offsetFrom(before: PrintedLetters, letters: PrintedLetters): [along: number, beside: number] {
  const [cos, sin] = direction(before.angle);
  const [x, y] = [letters.left - before.left, letters.baseline - before.baseline];
  return [x * cos + y * sin, y * cos - x * sin];
}

function isSameLine(before: PrintedLetters, letters: PrintedLetters): boolean {
  if (before.page !== letters.page || before.angle !== letters.angle) return false;
  const [by, beside] = offsetFrom(before, letters);
  const most = Math.max(before.size, letters.size);
  // Of letters that go from right to left what follows stands to the left.
  const gap = Math.max(by - before.width, -by - letters.width);
  return Math.abs(beside) < 0.1 * most && gap < GAP * most;
}

function joinLetters(before: PrintedLetters, letters: PrintedLetters): PrintedLetters {
  const [by] = offsetFrom(before, letters);
  const [first, last] = [Math.min(0, by), Math.max(before.width, by + letters.width)];
  return { ...before, ...along(before, first), width: last - first, size: Math.max(before.size, letters.size) };
}

/** Around letters: above where they begin and where they end, below where they begin and where they end. */
export function cornersOf({ left, baseline, width, size, angle }: PrintedLetters): Corners {
  const [cos, sin] = direction(angle);
  const corner = (by: number, up: number) => [left + by * cos + up * sin, baseline + by * sin - up * cos] as const;
  return [corner(0, ABOVE * size), corner(width, ABOVE * size), corner(0, -BELOW * size), corner(width, -BELOW * size)];
}
