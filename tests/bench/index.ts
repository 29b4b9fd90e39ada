import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { benchPaint } from './paint';
import { benchSave } from './save';

/** `npm run bench [-- --corpus DIR]`: prints what Lectern does against the plain way, as ratios of one run on this machine. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { corpus: { type: 'string' } } });
  const root = process.cwd();
  const longText = provideLongText(root, path.resolve(values.corpus ?? path.join(os.tmpdir(), 'lectern-corpus')));
  const paint = await benchPaint(root, longText);
  const save = await benchSave();
  const rows = [
    ['what', 'Lectern', 'against', 'ratio', 'aim'],
    ['first paint of the long text, by innerHTML', ms(paint.firstPaint), ms(paint.naiveFirstPaint), times(paint.paintsSooner), '≥ 20 ×'],
    ['drawing 10,000 highlights, by <mark>', ms(paint.highlights), ms(paint.naiveHighlights), times(paint.highlightsFaster), '≥ 20 ×'],
    ['saving a note among 100,000, among 100', ms(save.large), ms(save.small), times(save.growth), '≤ 1.2 ×'],
    ['saving a note among 100,000, one file for all', ms(save.large), ms(save.oneFile), times(save.timesFaster), '≥ 100 ×'],
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('   '),
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The corpus's long text; builds the corpus when it is missing, and exits with a sentence when it cannot. */
function provideLongText(root: string, corpus: string): string {
  const longText = path.join(corpus, 'long.txt');
  if (existsSync(longText)) return longText;
  const script = path.resolve(root, '../shared/corpora/make-corpus');
  if (!existsSync(script))
    return giveUp(
      `There is no long.txt in ${corpus}, and no ${script} to build it with. Name a folder that has one: npm run bench -- --corpus DIR`,
    );
  process.stderr.write(`Building the corpus in ${corpus} …\n`);
  const { status } = spawnSync(script, [corpus, '400'], { stdio: ['ignore', 'ignore', 'inherit'] });
  return status === 0 && existsSync(longText) ? longText : giveUp(`The corpus could not be built by ${script}.`);
}

function giveUp(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
const times = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ×`;

await main();
