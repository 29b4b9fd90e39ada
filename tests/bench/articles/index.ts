import path from 'node:path';
import { parseArgs } from 'node:util';
import { emptyTally, type Half, judge, type Page, readEvaluation, type Tally } from './evaluation';
import { type ReadArticle, readers } from './readers';

/**
 * `npm run bench -- --articles DIR [--other] [--only NAME]`: reads saved pages as articles, those of the folder `tests` of github.com/adbar/trafilatura, and
 * prints what is shown of them beside two libraries. With `--other` the half that is not measured, and what is wrong of each page. Nothing is asserted.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { articles: { type: 'string' }, other: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
  });
  const folder = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), values.articles ?? '');
  const half: Half = values.other ? 'other' : 'measured';
  const pages = await readEvaluation(folder, half);
  const rows: string[][] = [];
  for (const [name, read] of readers.filter((reader) => reader[0].includes(values.only)))
    rows.push(rowOf(name, await tryAll(name, read, pages, half)));
  const head = [
    '',
    'wanted',
    'unwanted',
    'titles',
    'authors',
    'dates',
    'dates wrong',
    'dates where none is known',
    'broken',
    'median',
    '95 %',
    'longest',
  ];
  const lines = [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows];
  process.stdout.write(`${pages.length} pages, the ${half} half\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}

async function tryAll(name: string, read: ReadArticle, pages: readonly Page[], half: Half): Promise<Tally & { broken: number }> {
  const tally = { ...emptyTally(), broken: 0 };
  // A library that has things to say says them about each page.
  const { log, warn, error } = console;
  for (const { truth, bytes } of pages) {
    let wrong: string[];
    try {
      Object.assign(console, { log() {}, warn() {}, error() {} });
      const { article, time } = await read(bytes, truth.file);
      tally.times.push(time);
      wrong = judge(tally, truth, article);
    } catch (failure) {
      tally.broken += 1;
      wrong = [`broke: ${failure}`, ...judge(tally, truth, { text: '', title: '', author: '', date: '' })];
    } finally {
      Object.assign(console, { log, warn, error });
    }
    if (half === 'other' && wrong.length > 0)
      process.stderr.write(`${name}: ${truth.file}\n${wrong.map((line) => `  ${line}\n`).join('')}`);
  }
  return tally;
}

function rowOf(
  name: string,
  { wanted, unwanted, titles, authors, dates, datesUnknown, times, broken }: Tally & { broken: number },
): string[] {
  const sorted = times.toSorted((one, other) => one - other);
  const time = (share: number): string => `${Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)} ms`;
  return [
    name,
    percent(wanted.shown, wanted.all),
    percent(unwanted.shown, unwanted.all),
    ...[titles, authors, dates].map(({ right, all }) => percent(right, all)),
    percent(dates.wrong, dates.all),
    String(datesUnknown),
    String(broken),
    ...[0.5, 0.95, 1].map(time),
  ];
}

const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)} %`;

await main();
