import { isUnspaced, type Line } from './lines';
import { joinTexts, type PlacedText } from './placed-text';
import { inReadingOrder } from './reading-order';

/** Lines that read as one: a paragraph, or the rows of a table. */
export interface Paragraph extends PlacedText {
  lines: Line[];
  size: number;
  /** Its lines are rows of cells. */
  isTable: boolean;
}

/** Sizes of one text that differ by less are the same. */
const SAME_SIZE = 0.08;

/** The paragraphs of a page in the order of reading. */
export function readParagraphs(lines: readonly Line[]): Paragraph[] {
  const leadings = readLeadings(lines);
  const groups: Line[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (group && goesOn(group, line, leadings)) group.push(line);
    else groups.push([line]);
  }
  return inReadingOrder(groups).map(paragraphOf);
}

/** Two paragraphs that are one: cut by the end of a page. */
export const joinParagraphs = (first: Paragraph, second: Paragraph): Paragraph => paragraphOf([...first.lines, ...second.lines]);

/** A paragraph whose sentence is not at its end, and one that goes on from it. */
export const isCutBetween = (first: Paragraph, second: Paragraph): boolean =>
  !first.isTable &&
  !second.isTable &&
  isSameSize(first.size, second.size) &&
  /[\p{L}\p{N},;–—-]$/u.test(first.text) &&
  /^[\p{Ll}\p{Lo}]/u.test(second.text);

const isSameSize = (one: number, other: number): boolean => Math.abs(one - other) <= SAME_SIZE * Math.max(one, other);

/** The usual distance of two lines, in sizes, of each size of text on a page: the median. */
function readLeadings(lines: readonly Line[]): (size: number) => number {
  const steps = new Map<number, number[]>();
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    const step = before && isSameSize(before.size, line.size) ? (before.baseline - line.baseline) / line.size : 0;
    if (step > 0.7 && step < 3) steps.set(Math.round(line.size), [...(steps.get(Math.round(line.size)) ?? []), step]);
  }
  const medians = new Map([...steps].map(([size, all]) => [size, all.sort((a, b) => a - b)[Math.floor((all.length - 1) / 2)] ?? USUAL]));
  return (size) => Math.min(medians.get(Math.round(size)) ?? USUAL, WIDEST);
}

/** The usual and the widest distance of two lines of a paragraph, in sizes. */
const USUAL = 1.5;
const WIDEST = 2.4;

/** A bullet, or a number, that begins an item of a list. */
const ITEM = /^(?:[•◦▪■●○‣⁃∙·–—*-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\[\d{1,3}\])\s/;
const SENTENCE_END = /[.!?:;…。！？؟]["'”’»)\]]*$/u;

/** No paragraph has more: a page that is one of them is cut. */
const MOST_LINES = 400;

/** Whether a line goes on with the paragraph that `group` is so far. */
function goesOn(group: readonly Line[], line: Line, leadings: (size: number) => number): boolean {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last || last.isTurned !== line.isTurned || group.length >= MOST_LINES) return false;
  if (line.isSameRow && isOnOneBaseline(last, line)) return true;
  if (!isSameSize(last.size, line.size)) return false;
  const step = (last.baseline - line.baseline) / line.size;
  if (step < 0.5 || step > leadings(line.size) * 1.22) return false;
  const left = Math.min(...group.map((each) => each.left));
  const right = Math.max(...group.map((each) => each.right));
  const isRows = isTableOf(group);
  // A row of a table is followed by rows; whether by another one shows only with its next cell.
  if (isRows) return line.left < right && line.right <= right + line.size;
  if (Math.min(right, line.right) - Math.max(left, line.left) <= 0) return false;
  const isItem = ITEM.test(line.text);
  const isEnd = SENTENCE_END.test(last.text);
  const isShort = last.right < Math.max(right, line.right) - 0.2 * Math.max(right - left, line.right - line.left);
  if (isItem && (isEnd || isShort || /^[•◦▪■●○‣⁃∙]/u.test(line.text) || ITEM.test(first.text))) return false;
  if (isEnd && isShort) return false;
  const indent = (line.left - last.left) / line.size;
  const hangs = group.length === 1 && ITEM.test(first.text);
  return !(indent > 0.7 && indent < 5 && !hangs && (isEnd || isShort) && !isCentred(last, line));
}

const isOnOneBaseline = (one: Line, other: Line): boolean =>
  Math.abs(one.baseline - other.baseline) <= 0.5 * Math.max(one.size, other.size);

const isCentred = (one: Line, other: Line): boolean => Math.abs(one.left + one.right - other.left - other.right) < one.size;

function paragraphOf(lines: Line[]): Paragraph {
  const isTable = isTableOf(lines);
  const units = new Map<number, number>();
  for (const { size, text } of lines) units.set(size, (units.get(size) ?? 0) + text.length);
  const [size] = [...units].reduce((most, each) => (each[1] > most[1] ? each : most), [0, -1] as [number, number]);
  const { text, runs } = isTable ? joinTexts(lines, joinCells) : joinTexts(lines, (before, line) => joinLines(before, line.text));
  return { lines, text, runs, size, isTable };
}

const isTableOf = (lines: readonly Line[]): boolean => lines.some(({ isSameRow }, index) => isSameRow && index > 0);

const joinCells = (before: string, { text, isSameRow }: Line): string =>
  before === '' ? text : `${before}${isSameRow ? '\t' : '\n'}${text}`;

/** Two lines of a paragraph: a word that was cut at the end of a line is whole again. */
export function joinLines(before: string, after: string): string {
  if (before === '') return after;
  const end = before.slice(-4);
  if (end.endsWith('\u00ad')) return before.slice(0, -1) + after;
  if (/\p{Ll}[-‐]$/u.test(end) && /^\p{Ll}/u.test(after)) return before.slice(0, -1) + after;
  const isOpen = /[\p{L}\p{N}][-‐–—/]$/u.test(end) || isUnspaced(end, after);
  return isOpen ? before + after : `${before} ${after}`;
}
