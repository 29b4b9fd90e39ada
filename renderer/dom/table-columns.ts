/** How wide the columns of a table are, from what stands in them, so that the parts of a cut table stand under one another. */
export interface Columns {
  /** Of the table's width, each; together 1. */
  shares: readonly number[];
  /** The width (`ch`) below which the table is scrolled sideways. */
  leastWidth: number;
}

/** Rows that are looked at, evenly spread. */
const SAMPLE = 200;
/** Characters: a column is as wide as four in five of its cells, within these. */
const NARROWEST = 3;
const WIDEST = 30;
/** Characters up to which a cell is not broken; the table is rather scrolled sideways. Numbers and capitals are wider than most. */
const UNBROKEN = 10;
const WIDE_CHARACTER = 1.3;
/** Characters that the space beside a cell's text takes. */
const PADDING = 4;

/** The columns of a table; `undefined` when the author gave them widths. Rows with joined cells tell nothing of their columns. */
export function columnsOf(table: HTMLTableElement): Columns | undefined {
  if (table.querySelector(':scope > colgroup[width], :scope > colgroup > col[width]')) return undefined;
  const rows = [...table.rows];
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  const lengths: number[][] = [];
  for (let index = 0; index < rows.length; index += step) {
    const cells = [...(rows[index]?.cells ?? [])];
    if (cells.some(({ colSpan }) => colSpan > 1)) continue;
    for (const [column, cell] of cells.entries()) {
      lengths[column] ??= [];
      lengths[column].push(cell.textContent.trim().length);
    }
  }
  if (lengths.length === 0) return undefined;
  const widths = lengths.map((each) => {
    const usual = each.sort((a, b) => a - b)[Math.floor(each.length * 0.8)] ?? 0;
    return Math.min(WIDEST, Math.max(NARROWEST, usual <= UNBROKEN ? usual * WIDE_CHARACTER : usual));
  });
  const total = widths.reduce((sum, width) => sum + width + PADDING, 0);
  return {
    shares: widths.map((width) => (width + PADDING) / total),
    leastWidth: widths.reduce((sum, width) => sum + Math.min(width, UNBROKEN) + PADDING, 0),
  };
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
