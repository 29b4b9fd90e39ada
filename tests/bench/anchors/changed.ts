import { hash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type DocumentLine, noCapabilities } from '#api';
import { type Anchor, anchorKey, describe, type Note, type Placement, type Placements, readWords, type TextRange } from '#model';
import { type Core, createCore } from '../../../electron/core';
import { createRandom } from '../faults/trial';
import type { Edited } from './edits';
import { createTruth, isRight, type Truth } from './judge';
import { chooseQuotes } from './quotes';
import { type Way, ways } from './ways';

/** Highlights in each document. */
const HIGHLIGHTS = 30;
/** UTF-16 code units of a document: enough for a chapter. */
const LENGTH = 120_000;
/** ms without news after which nothing more is waited for. */
const QUIET = 6_000;

/** What became of highlights. */
interface Tally {
  silent: { right: number; wrong: number };
  close: { right: number; wrong: number };
  unplaced: number;
  /** Documents of which the list told, before they were opened, exactly what waits for a look; of a renamed one, that it was offered. */
  told: number;
  documents: number;
}

interface Marked {
  name: string;
  text: string;
  notes: (Note & { anchor: Anchor })[];
  edited: Edited;
  id: string;
}

/**
 * `npm run bench -- --changed DIR [--seed N]`: highlights thirty passages in each `*.txt` of DIR, changes the files in each way in which files change, through
 * the whole core, and prints what became of the highlights and whether the reader was told. Nothing is asserted.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { changed: { type: 'string' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } },
  });
  const folder = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), values.changed ?? '');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
  if (names.length === 0) throw new Error(`There is no .txt in ${folder}`);
  const texts = new Map<string, string>();
  for (const name of names) texts.set(name, (await readFile(path.join(folder, name), 'utf8')).slice(0, LENGTH));
  const rows: string[][] = [];
  for (const way of ways.filter(({ what }) => what.includes(values.only ?? ''))) {
    process.stderr.write(`${way.what}\n`);
    const began = performance.now();
    rows.push(rowOf(way, await tryWay(way, texts, Number(values.seed)), performance.now() - began));
  }
  const head = ['changed', 'silent, right', 'silent, wrong', 'close, right', 'close, wrong', 'unplaced', 'told', 'all of it'];
  const lines = [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows];
  process.stdout.write(`${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}

function rowOf({ what }: Way, { silent, close, unplaced, told, documents }: Tally, time: number): string[] {
  const counts = [silent.right, silent.wrong, close.right, close.wrong, unplaced].map(String);
  return [what, ...counts, `${told} of ${documents}`, `${(time / 1000).toFixed(0)} s`];
}

async function tryWay(way: Way, texts: ReadonlyMap<string, string>, seed: number): Promise<Tally> {
  const top = await mkdtemp(path.join(os.tmpdir(), 'lectern-changed-'));
  const library = path.join(top, 'library');
  await mkdir(library);
  for (const [name, text] of texts) await writeFile(path.join(library, name), text);
  const core = await openCore(top);
  try {
    await core.library.addFolder(library);
    await until(() => [...texts.keys()].every((name) => idOf(core, name) !== undefined));
    const random = createRandom(seed);
    const marked: Marked[] = [];
    for (const [name, text] of texts) marked.push(await mark(core, way, name, text, random));
    await core.flush();
    for (const { name, edited } of marked) {
      if (way.isRenamed || way.ending) await rm(path.join(library, name));
      await writeFile(path.join(library, nextName(way, name)), way.encode?.(edited.text) ?? edited.text);
    }
    return await judge(core, way, marked);
  } finally {
    await core.close();
    await rm(top, { recursive: true, force: true });
  }
}

const nextName = ({ isRenamed, ending = '.txt' }: Way, name: string): string =>
  `${path.basename(name, '.txt')}${isRenamed ? ' - renamed' : ''}${ending}`;

async function openCore(top: string): Promise<Core> {
  const seedsFolder = path.join(top, 'seeds');
  await mkdir(seedsFolder);
  return createCore({
    dataFolder: path.join(top, 'data'),
    localFolder: path.join(top, 'local'),
    machineName: 'bench',
    seedsFolder,
    workersFolder: path.join(process.cwd(), '.vite/build'),
    version: '0.0.0',
    capabilities: noCapabilities,
    log: {
      error: (message, cause) => process.stderr.write(`${message} ${String(cause ?? '')}\n`),
      warn: () => undefined,
      info: () => undefined,
    },
  });
}

const rowsOf = (core: Core) => [...core.library.ids()].flatMap((id) => core.library.summary(id) ?? []);
const idOf = (core: Core, name: string): string | undefined =>
  rowsOf(core).find(({ relativePath, missing }) => relativePath === name && !missing)?.id;

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo(); waited += 50) {
    if (waited > 120_000) throw new Error('What was waited for did not come');
    await setTimeout(50);
  }
}

/** Waits until nothing changes any more in what `look` gives. */
async function untilQuiet(look: () => string): Promise<void> {
  let before = '';
  for (let since = performance.now(); performance.now() - since < QUIET; await setTimeout(100)) {
    const now = look();
    if (now !== before) since = performance.now();
    before = now;
  }
}

async function mark(core: Core, way: Way, name: string, text: string, random: ReturnType<typeof createRandom>): Promise<Marked> {
  const id = idOf(core, name) ?? '';
  const textHash = hash('sha256', text);
  if (core.library.file(id)?.textHash !== textHash) throw new Error(`${name} is not read as it is written`);
  const quotes = chooseQuotes(text, HIGHLIGHTS, random);
  const at = new Date().toISOString();
  const notes = quotes.map(({ start, end }) => ({
    id: crypto.randomUUID(),
    anchor: describe(text, start, end, textHash),
    colour: 'yellow' as const,
    body: '',
    tags: [],
    createdAt: at,
    modifiedAt: at,
    history: [],
  }));
  await core.handle('notebook.keep-text', { documentId: id, textHash, text }, 'bench');
  await core.handle('notebook.apply', { documentId: id, changes: notes.map((note) => ({ type: 'put-note', note })) }, 'bench');
  return { name, text, notes, edited: way.change(text, quotes, random), id };
}

async function judge(core: Core, way: Way, marked: readonly Marked[]): Promise<Tally> {
  const tally: Tally = { silent: { right: 0, wrong: 0 }, close: { right: 0, wrong: 0 }, unplaced: 0, told: 0, documents: marked.length };
  await until(() => marked.every(({ name }) => idOf(core, nextName(way, name)) !== undefined));
  await untilQuiet(() => JSON.stringify(rowsOf(core).map(({ id, missing, toReview, changedAt }) => [id, missing, toReview, changedAt])));
  for (const each of marked) {
    const { name, id, notes, edited, text } = each;
    const now = idOf(core, nextName(way, name)) ?? '';
    let told: boolean;
    if (now !== id) {
      const likely = (await core.handle('join.likely', { documentId: now }, 'bench')) as { fromId: string; intoId: string }[];
      told = likely[0]?.intoId === id;
      await core.handle('join.apply', { fromId: now, intoId: id }, 'bench');
    } else told = true;
    const before = core.library.summary(id)?.toReview;
    const read = await readPlacements(core, id);
    const truthOf = way.ending ? byWords(text, read.text) : createTruth(edited);
    const placed = notes.map(({ anchor }): Placement => read.placements[anchorKey(anchor)] ?? asItWas(anchor, read.textHash));
    for (const [index, placement] of placed.entries()) {
      const truth = truthOf(notes[index]?.anchor ?? { start: 0, end: 0 });
      if (placement.state === 'unplaced') tally.unplaced += 1;
      else tally[placement.state === 'close' ? 'close' : 'silent'][isRight(read.text, placement, truth) ? 'right' : 'wrong'] += 1;
    }
    const count = (state: Placement['state']) => placed.filter((placement) => placement.state === state).length;
    const isCounted = (before?.close ?? 0) === count('close') && (before?.unplaced ?? 0) === count('unplaced');
    if (told && (now !== id || isCounted)) tally.told += 1;
  }
  return tally;
}

const asItWas = ({ textHash, start, end }: Anchor, now: string): Placement =>
  textHash === now ? { state: 'exact', start, end } : { state: 'unplaced' };

async function readPlacements(core: Core, id: string): Promise<{ text: string; textHash: string; placements: Placements }> {
  const lines = await core.documentLines(id, undefined);
  if (!lines.ok) throw new Error(lines.failure.message);
  const all = Buffer.concat(await Array.fromAsync(lines.value)).toString();
  const parts = all
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as DocumentLine);
  const text = parts.flatMap((part) => (part.part === 'section' ? [part.text] : [])).join('');
  const placements = parts.find((part) => part.part === 'placements');
  return { text, textHash: hash('sha256', text), placements: placements?.part === 'placements' ? placements.placements : {} };
}

/** Where passages are in a text that has the same words between other signs. */
function byWords(before: string, now: string): (range: TextRange) => Truth {
  const [old, present] = [readWords(before), readWords(now)];
  if (old.count !== present.count) throw new Error(`The words are not the same: ${old.count} and ${present.count}`);
  return ({ start, end }) => {
    const first = old.ends.findIndex((each) => each > start);
    const last = old.starts.findLastIndex((each) => each < end);
    return { ranges: [{ start: present.starts[first] ?? 0, end: present.ends[last] ?? 0 }], survives: 1 };
  };
}

await main();
