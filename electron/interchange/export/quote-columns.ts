/** Spaces within a line that are more than those between words and after sentences: they make columns. */
const COLUMN = /\t|[^\s.!?:;,] {2}(?=\S)|\S {3,}(?=\S)/;
/** How lines of code end, or begin. */
const CODE = /[{}()[\];,:=]$|^(?:\/\/|#|\*|<)/;
const INDENTATION = /^[ \t]*/;

/** Whether lines of a quote stand in columns, as those of code and of tables do, so that their spaces are to be kept; lines of prose do not, however they are indented. */
export function isInColumns(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  if (filled.length < 2) return false;
  if (filled.filter((line) => COLUMN.test(line.trim())).length >= filled.length / 2) return true;
  // The first line begins where the reader's selection does.
  const [, ...rest] = filled;
  const depths = new Set(rest.map((line) => INDENTATION.exec(line)?.[0].length ?? 0));
  return (depths.size > 1 || !depths.has(0)) && filled.filter((line) => CODE.test(line.trim())).length >= filled.length / 2;
}

/** Lines whose cells are parted by tabs, with spaces instead, so that each column is as wide as what is in it. */
export function alignCells(lines: readonly string[]): string[] {
  const rows = lines.map((line) => (line.trim().includes('\t') ? line.split('\t').map((cell) => cell.trim()) : [line]));
  const widths: number[] = [];
  for (const cells of rows)
    if (cells.length > 1) for (const [index, cell] of cells.entries()) widths[index] = Math.max(widths[index] ?? 0, [...cell].length);
  return rows.map((cells) =>
    cells.length === 1
      ? (cells[0] ?? '')
      : cells
          .map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - [...cell].length)))
          .join('  ')
          .trimEnd(),
  );
}
