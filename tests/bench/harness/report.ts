/** One line of the table: what Lectern does, and what stands beside it. */
export interface Row {
  what: string;
  lectern: string;
  beside: string;
  peer: string;
  ratio: string;
}

/** Lines about one thing, under its title. */
export interface Section {
  title: string;
  rows: readonly Row[];
}

/** A row of two figures of one unit. */
export const compare = (what: string, figure: number, unit: (value: number) => string, beside: string, peer: number): Row => ({
  what,
  lectern: unit(figure),
  beside,
  peer: unit(peer),
  ratio: times(figure / peer),
});

/** A row of a stall, less that of something idle. */
export const compareStall = (what: string, stall: number, beside: string, idle: number): Row => ({
  what,
  lectern: ms(stall),
  beside,
  peer: ms(idle),
  ratio: stall > idle ? `${ms(stall - idle)} more` : 'no more',
});

/** A row of a figure that nothing stands beside. */
export const state = (what: string, lectern: string): Row => ({ what, lectern, beside: '', peer: '', ratio: '' });

export const ms = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  if (value >= 10_000) return `${(value / 1_000).toFixed(1)} s`;
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
};
export const megabytes = (bytes: number): string => (Number.isFinite(bytes) ? `${Number((bytes / 1e6).toPrecision(3))} MB` : '–');
export const times = (value: number): string => (Number.isFinite(value) ? `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ×` : '–');

export const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** One table of all sections. */
export function formatTable(sections: readonly Section[]): string {
  const lines = [
    ['', 'Lectern', 'beside', 'its figure', 'ratio'],
    ...sections.flatMap(({ title, rows }) => [
      [''],
      [title],
      ...rows.map(({ what, lectern, beside, peer, ratio }) => [`  ${what}`, lectern, beside, peer, ratio]),
    ]),
  ];
  // Titles go over all columns.
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => (line.length > 1 ? (line[column]?.length ?? 0) : 0)))) ?? [];
  const isWords = (column: number) => column === 0 || column === 2;
  return lines
    .map((line) =>
      line
        .map((cell, column) => (isWords(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}
