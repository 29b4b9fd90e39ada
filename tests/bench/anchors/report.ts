import type { Placement, TextRange } from '#model';

const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)} %`;

/** The shares of quotes that were placed in silence and as close, right and wrong, and not at all. */
export function sharesOf(placed: readonly Placement[], isRight: (range: TextRange, index: number) => boolean): string[] {
  const counts = { silent: { right: 0, wrong: 0 }, close: { right: 0, wrong: 0 }, unplaced: 0 };
  for (const [index, each] of placed.entries()) {
    if (each.state === 'unplaced') counts.unplaced += 1;
    else counts[each.state === 'close' ? 'close' : 'silent'][isRight(each, index) ? 'right' : 'wrong'] += 1;
  }
  const { silent, close, unplaced } = counts;
  return [silent.right, silent.wrong, close.right, close.wrong, unplaced].map((count) => percent(count, placed.length));
}

/** The same of a search that knows nothing of what is close. */
export function sharesFound(found: readonly (TextRange | undefined)[], isRight: (range: TextRange, index: number) => boolean): string[] {
  const all = found.filter((range) => range !== undefined).length;
  const rights = found.filter((range, index) => range !== undefined && isRight(range, index)).length;
  return [percent(rights, found.length), percent(all - rights, found.length), '', '', percent(found.length - all, found.length)];
}

/** Prints a table in Markdown; the first two cells of a row say what it is of. */
export function print(title: string, rows: readonly (string | number)[][], more: readonly string[] = []): void {
  const head = ['text', '', 'silent, right', 'silent, wrong', 'close, right', 'close, wrong', 'unplaced', ...more];
  const lines = [head, head.map((_, index) => (index < 2 ? '---' : '---:')), ...rows];
  process.stdout.write(`${title}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\n`);
}
