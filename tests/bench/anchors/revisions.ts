import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { diffArrays } from 'diff';
import { type Anchor, createPlacing, describe, type Placement, type TextRange } from '#model';
import { documentBytes } from '../../../electron/formats/format';
import { readerOf } from '../../../electron/formats/registry';
import { createRandom, type Random } from '../faults/trial';
import { type Edited, type Kept, splitPieces } from './edits';
import { createTruth, isRight, type Truth } from './judge';
import { peers } from './peers';
import { chooseQuotes } from './quotes';
import { print, sharesFound, sharesOf } from './report';

/** Quotes of each pair of versions. */
const QUOTES = 10;
/** Of the words of a version so many must have changed, as a share, and at most so many. */
const CHANGED = { least: 0.02, most: 0.6 };
/** UTF-16 code units of a version that is taken. */
const LENGTH = { least: 3_000, most: 60_000 };
/** The share of a quote's words below which most of them are gone. */
const MOSTLY_GONE = 0.5;
/** Quotes that are written down to be judged by hand. */
const JUDGED = 100;
const NO_HASH = '0'.repeat(64);

const run = promisify(execFile);

interface Version {
  commit: string;
  file: string;
}

/** A quote of one version, with where a comparison of all words of both has it in the other one. */
interface Case {
  anchor: Anchor;
  truth: Truth;
  now: string;
  placement: Placement;
  found: (TextRange | undefined)[];
}

/**
 * `npm run bench -- --revisions REPOSITORY,… [--pairs N] [--seed N] [--judge FILE]`: takes pairs of versions of Markdown files out of the histories of Git
 * repositories, reads them as the library does, places ten quotes of each earlier one in the later one, and prints how many are where a comparison of the
 * words of both has them, beside the same searches as `--anchors`. That comparison knows of no moves: FILE gets a hundred quotes of changed passages to be
 * judged by hand. Nothing is asserted.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      revisions: { type: 'string' },
      pairs: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      judge: { type: 'string' },
    },
  });
  const repositories = (values.revisions ?? '').split(',').map((each) => path.resolve(process.env['INIT_CWD'] ?? process.cwd(), each));
  const random = createRandom(Number(values.seed));
  const cases: Case[] = [];
  for (const repository of repositories) {
    const found = await readPairs(repository, Math.ceil(Number(values.pairs) / repositories.length), random);
    process.stderr.write(`${repository}: ${found.pairs} pairs\n`);
    cases.push(...found.cases);
  }
  const isGone = ({ truth }: Case) => truth.survives < MOSTLY_GONE;
  report(
    'quotes most of whose words stand together, as a comparison of all words has it',
    cases.filter((each) => !isGone(each)),
  );
  report('quotes most of whose words are gone from there: deleted, rewritten or moved', cases.filter(isGone));
  if (values.judge !== undefined) await writeFile(values.judge, toJudge(cases, random));
}

async function readPairs(repository: string, count: number, random: Random): Promise<{ pairs: number; cases: Case[] }> {
  const cases: Case[] = [];
  const histories = [...(await readHistories(repository)).values()].filter((versions) => versions.length > 1);
  let pairs = 0;
  for (let tries = 0; pairs < count && tries < count * 30; tries += 1) {
    const versions = random.pick(histories);
    const later = random.below(versions.length - 1);
    const [now, before] = [versions[later], versions[later + 1 + random.below(versions.length - later - 1)]];
    if (!now || !before) continue;
    const [present, earlier] = [await readVersion(repository, now), await readVersion(repository, before)];
    const edited = present !== undefined && earlier !== undefined && present !== earlier ? compareWords(earlier, present) : undefined;
    if (!edited || earlier === undefined) continue;
    pairs += 1;
    cases.push(...placeQuotes(earlier, edited, random));
  }
  return { pairs, cases };
}

/** The versions of each Markdown file, the newest first. */
async function readHistories(repository: string): Promise<Map<string, Version[]>> {
  const log = ['-C', repository, 'log', '--no-merges', '--diff-filter=AM', '--name-only', '--format=:%H', '--', '*.md'];
  const { stdout } = await run('git', log, { maxBuffer: 1 << 30 });
  const histories = new Map<string, Version[]>();
  let commit = '';
  for (const line of stdout.split('\n')) {
    if (line.startsWith(':')) commit = line.slice(1);
    else if (line !== '') histories.set(line, [...(histories.get(line) ?? []), { commit, file: line }]);
  }
  return histories;
}

/** The text of a version as the library reads it; `undefined` for one that is too short, too long, or cannot be read. */
async function readVersion(repository: string, { commit, file }: Version): Promise<string | undefined> {
  try {
    const shown = await run('git', ['-C', repository, 'show', `${commit}:${file}`], { encoding: 'buffer', maxBuffer: 1 << 26 });
    let text = '';
    for await (const part of (await readerOf('markdown')).read(documentBytes(shown.stdout, file), { signal: new AbortController().signal }))
      if (part.part === 'section') text += part.text;
    return text.length >= LENGTH.least && text.length <= LENGTH.most ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Where the words of one text are in another (Myers 1986); `undefined` where too few or too many of them changed. */
function compareWords(before: string, now: string): Edited | undefined {
  const [old, present] = [before, now].map((text) =>
    splitPieces(text)
      .flat()
      .filter((piece) => /[\p{L}\p{N}]/u.test(piece.text)),
  );
  if (!old || !present) return undefined;
  const changes = diffArrays(
    old.map(({ text }) => text),
    present.map(({ text }) => text),
    { maxEditLength: Math.floor((old.length + present.length) * CHANGED.most) },
  );
  if (!changes) return undefined;
  const kept: Kept[] = [];
  let [at, nowAt] = [0, 0];
  for (const { added, removed, count = 0 } of changes) {
    for (let index = 0; index < count && !added && !removed; index += 1) {
      const [one, other] = [old[at + index]?.place, present[nowAt + index]?.place];
      if (one && other) kept.push({ old: one, now: other, isOther: false });
    }
    if (!added) at += count;
    if (!removed) nowAt += count;
  }
  return 1 - kept.length / Math.max(old.length, present.length) >= CHANGED.least ? { text: now, kept } : undefined;
}

function placeQuotes(earlier: string, edited: Edited, random: Random): Case[] {
  const truthOf = createTruth(edited);
  const place = createPlacing(edited.text)(earlier);
  return chooseQuotes(earlier, QUOTES, random).map(({ start, end }) => {
    const anchor = describe(earlier, start, end, NO_HASH);
    const found = peers.map(([, search]) => search(edited.text, anchor));
    return { anchor, truth: truthOf({ start, end }), now: edited.text, placement: place(anchor), found };
  });
}

function report(title: string, cases: readonly Case[]): void {
  const right = (range: TextRange, index: number): boolean => {
    const each = cases[index];
    return each !== undefined && isRight(each.now, range, each.truth);
  };
  const ours = sharesOf(
    cases.map(({ placement }) => placement),
    right,
  );
  const theirs = peers.map(([name], index) => [
    '',
    name,
    ...sharesFound(
      cases.map(({ found }) => found[index]),
      right,
    ),
  ]);
  print(title, [[`${cases.length} quotes`, 'Lectern', ...ours], ...theirs]);
}

/** Quotes that do not stand in the later version as they did, with their surroundings, and where they were placed. */
function toJudge(cases: readonly Case[], random: Random): string {
  const isChanged = ({ anchor: { prefix, exact, suffix }, now }: Case) => !now.includes(prefix + exact + suffix);
  const changed = cases.filter(isChanged);
  const chosen: Case[] = [];
  while (chosen.length < JUDGED && changed.length > 0) chosen.push(...changed.splice(random.below(changed.length), 1));
  const shown = ({ anchor: { prefix, exact, suffix }, placement, now, truth }: Case, index: number): string => {
    const there =
      placement.state === 'unplaced'
        ? ''
        : `${now.slice(Math.max(0, placement.start - 60), placement.start)}[${now.slice(placement.start, placement.end)}]${now.slice(placement.end, placement.end + 60)}`;
    const judged = placement.state === 'unplaced' ? '' : isRight(now, placement, truth) ? 'right' : 'wrong';
    return `${index + 1} ${placement.state} ${judged}\n  was ${prefix}[${exact}]${suffix}\n  now ${there}`.replaceAll(
      /\n(?! {2}(?:was|now))/g,
      '⏎',
    );
  };
  return `${chosen.map(shown).join('\n')}\n`;
}

await main();
