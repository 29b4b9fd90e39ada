/** Spaces within a line that are more than those between words and after sentences: they make columns. */
const COLUMN = /\t|[^\s.!?:;,] {2}(?=\S)|\S {3,}(?=\S)/;
/** How lines of code end, or begin. */
const CODE = /[{}()[\];,:=]$|^(?:\/\/|#|\*|<)/;
const INDENTATION = /^[ \t]*/;

/** Lines of a quote that are written alike. */
export interface QuotePart {
  lines: string[];
  isCode: boolean;
}

/** A quote in parts: a table that stands among prose, lines in columns as a whole, or all of it as prose. */
export function partsOfQuote(lines: readonly string[]): QuotePart[] {
  const isRow = (line: string): boolean => line.trim().includes('\t');
  const parts: QuotePart[] = [];
  const add = (line: string, isCode: boolean): void => {
    const last = parts.at(-1);
    if (last?.isCode === isCode) last.lines.push(line);
    else parts.push({ lines: [line], isCode });
  };
  // Rows of a table follow one another; what stands before and after them is no part of it.
  const rowsAt = lines.map(
    (line, index) => isRow(line) && [lines[index - 1], lines[index + 1]].some((next) => next !== undefined && isRow(next)),
  );
  if (!rowsAt.includes(true)) return [{ lines: [...lines], isCode: isInColumns(lines) }];
  for (const [index, line] of lines.entries()) add(line, rowsAt[index] === true);
  return parts.flatMap((part) => {
    const filled = part.lines.map((line) => line.trim() !== '');
    const lines = part.lines.slice(filled.indexOf(true), filled.lastIndexOf(true) + 1);
    return filled.includes(true) ? { ...part, lines } : [];
  });
}

/** Whether lines of a quote stand in columns, as those of code and of tables do, so that their spaces are to be kept; lines of prose do not, however they are indented. */
function isInColumns(lines: readonly string[]): boolean {
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
