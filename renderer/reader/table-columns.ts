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

/** The columns of a table; `undefined` when the author gave them widths. Rows with joined cells tell nothing of their columns. */
export function columnsOf(table: HTMLTableElement): Columns | undefined {
  if (table.querySelector(':scope > colgroup[width], :scope > colgroup > col[width]')) return undefined;
  const rows = [...table.rows];
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  const lengths: number[][] = [];
  const words: number[] = [];
  for (const [index, row] of rows.entries()) {
    const cells = [...row.cells];
    if (cells.some(({ colSpan }) => colSpan > 1)) continue;
    for (const [column, cell] of cells.entries()) {
      const text = cell.textContent.trim();
      words[column] = Math.max(words[column] ?? 0, longestWordOf(text));
      if (index % step !== 0) continue;
      lengths[column] ??= [];
      lengths[column].push(text.length);
    }
  }
  if (words.length === 0) return undefined;
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

/** Sets the columns of a table that was made safe; without effect where the author's column groups count others. */
export function setColumns(table: Element, { shares, leastWidth }: Columns): void {
  let columns = [...table.querySelectorAll<HTMLElement>(':scope > colgroup > col')];
  if (columns.length === 0 && !table.querySelector(':scope > colgroup')) {
    columns = shares.map(() => document.createElement('col'));
    const group = document.createElement('colgroup');
    group.append(...columns);
    const caption = table.querySelector(':scope > caption');
    if (caption) caption.after(group);
    else table.prepend(group);
  }
  if (columns.length !== shares.length) return;
  for (const [index, column] of columns.entries()) column.style.width = `${(100 * (shares[index] ?? 0)).toFixed(2)}%`;
  table.classList.add('doc-columns');
  (table as HTMLElement).style.setProperty('--least-width', `${leastWidth}ch`);
}
