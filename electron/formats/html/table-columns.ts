import { attributeOf, descendantsOf, elementsOf, type HtmlElement, textOf } from './tree';

/** How wide the columns of a table are, from what stands in them, so that the parts of a cut table stand under one another. */
export interface Columns {
  /** Of the table's width, each; together 1. */
  shares: readonly number[];
  /** The width (`ch`) below which the table is scrolled sideways: no column is then narrower than its longest word. */
  leastWidth: number;
}

/** Rows that are looked at whole, evenly spread; of the others only words that are longer than those are taken. */
const SAMPLE = 200;
/** `ch`: a column is as wide as four in five of its cells, within these, and no narrower than its longest word. */
const NARROWEST = 3;
const WIDEST = 30;
/** `ch` that the space beside a cell's text takes. */
const PADDING = 4;
/** Heads are bold, and some letters are wider than most. */
const TOLERANCE = 1.1;

/** The rows of a table, those of tables in it not among them. */
export function* rowsOf(table: HtmlElement): Generator<HtmlElement> {
  for (const group of elementsOf(table)) {
    if (group.name === 'tr') yield group;
    else if (/^t(?:head|body|foot)$/.test(group.name)) for (const row of elementsOf(group)) if (row.name === 'tr') yield row;
  }
}

/** The cells of a row. */
export function* cellsOf(row: HtmlElement): Generator<HtmlElement> {
  for (const cell of elementsOf(row)) if (cell.name === 'td' || cell.name === 'th') yield cell;
}

/** A span of columns or rows that a cell or column states; 1 where it states none. */
export function spanOf(element: HtmlElement, name: 'colspan' | 'rowspan' | 'span'): number {
  const span = Number.parseInt(attributeOf(element, name) ?? '', 10);
  return span >= 0 ? Math.min(span, 65_534) : 1;
}

/**
 * The columns of a table; `undefined` when the author gave them widths, or groups that count others. Rows with joined cells tell nothing
 * of their columns.
 */
export function columnsOf(table: HtmlElement): Columns | undefined {
  const stated = statedColumns(table);
  if (stated === 'wide') return undefined;
  const rows = [...rowsOf(table)];
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  const lengths: number[][] = [];
  const words: number[] = [];
  for (const [index, row] of rows.entries()) {
    const cells = [...cellsOf(row)];
    if (cells.some((cell) => spanOf(cell, 'colspan') > 1)) continue;
    for (const [column, cell] of cells.entries()) {
      const text = textOf(cell).trim();
      words[column] = Math.max(words[column] ?? 0, longestWordOf(text));
      if (index % step !== 0) continue;
      lengths[column] ??= [];
      lengths[column].push(text.length);
    }
  }
  if (words.length === 0 || (stated > 0 && stated !== words.length)) return undefined;
  const least = words.map((word) => Math.min(WIDEST, word * TOLERANCE));
  const widths = words.map((_, column) => {
    const each = (lengths[column] ?? []).sort((a, b) => a - b);
    const usual = each[Math.floor(each.length * 0.8)] ?? 0;
    return Math.max(Math.min(WIDEST, Math.max(NARROWEST, usual)), least[column] ?? 0);
  });
  const total = widths.reduce((sum, width) => sum + width + PADDING, 0);
  const shares = widths.map((width) => (width + PADDING) / total);
  return { shares, leastWidth: Math.max(...shares.map((share, column) => ((least[column] ?? 0) + PADDING) / share)) };
}

/** How many columns the author's groups have, `wide` when one has a width. */
function statedColumns(table: HtmlElement): number | 'wide' {
  let count = 0;
  for (const group of elementsOf(table)) {
    if (group.name !== 'colgroup') continue;
    if (attributeOf(group, 'width') !== undefined) return 'wide';
    const columns = [...descendantsOf(group)].filter((node) => node.type === 'element' && node.name === 'col') as HtmlElement[];
    if (columns.some((column) => attributeOf(column, 'width') !== undefined)) return 'wide';
    count += columns.length === 0 ? spanOf(group, 'span') : columns.reduce((sum, column) => sum + spanOf(column, 'span'), 0);
  }
  return count;
}

/** How wide (`ch`) the longest word of a text is; Chinese and Japanese have no words that must stay whole, and `-` ends one. */
function longestWordOf(text: string): number {
  let longest = 0;
  for (const [word] of text.matchAll(/[^\s\-\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu)) {
    // A long one is broken (document.css).
    if (word.length > longest / WIDE) longest = Math.max(longest, widthOf(word));
  }
  return longest;
}

/** `ch` of the widest letters. */
const WIDE = 1.5;

function widthOf(word: string): number {
  let width = 0;
  for (const letter of word) width += /[MWmw@%&—…]/.test(letter) ? WIDE : /\p{Lu}/u.test(letter) ? 1.25 : 1;
  return width;
}
