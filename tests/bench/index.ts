import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Bench, quickSizes, type Sizes, wholeSizes, withBench } from './harness/bench';
import { createLibraries } from './harness/libraries';
import { formatTable, type Section } from './harness/report';
import { allNotes } from './subjects/all-notes';
import { books } from './subjects/books';
import { exporting } from './subjects/export';
import { highlights } from './subjects/highlights';
import { idle } from './subjects/idle';
import { intake } from './subjects/intake';
import { opening } from './subjects/opening';
import { saving } from './subjects/saving';
import { search } from './subjects/search';
import { shelf } from './subjects/shelf';
import { start } from './subjects/start';
import type { Subject } from './subjects/subject';
import { viewsOpened } from './subjects/views';

/** Those that say most first; the large library is taken in by the first that needs it. */
const subjects: readonly Subject[] = [
  opening,
  books,
  shelf,
  highlights,
  intake,
  start,
  search,
  allNotes,
  viewsOpened,
  saving,
  exporting,
  idle,
];

/**
 * `npm run bench -- [--corpus DIR] [--documents N] [--quick] [--only NAME,…] [--seed N]`: measures what a reader waits for in the running
 * application, each beside something else in the same run, and prints a table. Exits with 1 only where something broke.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      corpus: { type: 'string' },
      documents: { type: 'string' },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  });
  const chosen = choose(values.only);
  const sizes: Sizes = { ...(values.quick ? quickSizes : wholeSizes) };
  if (values.documents !== undefined) sizes.documents = positive('--documents', values.documents);
  const corpus = values.corpus === undefined ? undefined : path.resolve(process.env['INIT_CWD'] ?? process.cwd(), values.corpus);
  if (corpus !== undefined && !['library', 'long.txt'].every((name) => existsSync(path.join(corpus, name))))
    giveUp(`There is no library/ or no long.txt in ${corpus}. Name a folder that has both, or leave --corpus out for what is generated.`);
  const options = { corpus, sizes, seed: positive('--seed', values.seed) };
  await withBench(options, async (bench) => {
    const { sections, broken } = await measureAll(bench, chosen);
    const texts = corpus === undefined ? `generated, seed ${options.seed}` : `those of ${corpus}`;
    process.stdout.write(`${formatTable(sections)}\n\nMedians where there are several; documents ${texts}.\n`);
    if (broken.length > 0) process.stderr.write(`Not measured, since something broke: ${broken.join(', ')}.\n`);
    process.exitCode = broken.length > 0 ? 1 : 0;
  });
}

async function measureAll(bench: Bench, chosen: readonly Subject[]): Promise<{ sections: Section[]; broken: string[] }> {
  const libraries = createLibraries(bench);
  const sections: Section[] = [];
  const broken: string[] = [];
  for (const { name, measure } of chosen) {
    const began = performance.now();
    try {
      sections.push(await measure(bench, libraries));
    } catch (error) {
      broken.push(name);
      bench.say(`${name} broke: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    }
    bench.say(`${name}: ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  }
  return { sections, broken };
}

function choose(only: string | undefined): readonly Subject[] {
  if (only === undefined) return subjects;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !subjects.some((subject) => subject.name === name));
  if (unknown.length > 0) giveUp(`There is no ${unknown.join(', ')} to be measured, only ${subjects.map(({ name }) => name).join(', ')}.`);
  return subjects.filter(({ name }) => names.includes(name));
}

function positive(option: string, value: string): number {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : giveUp(`${option} needs a whole number above 0, not ${value}.`);
}

function giveUp(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

await main();
