import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createPlacing, describe } from '#model';
import { createRandom } from '../faults/trial';
import { type Edited, type Edits, edit } from './edits';
import { createTruth, isRight, type Truth } from './judge';
import { type Peer, peers } from './peers';
import { chooseQuotes } from './quotes';
import { print, sharesFound, sharesOf } from './report';

const QUOTES = 1_000;
/** Quotes that are looked for by peers: they take up to a second each. */
const PEER_QUOTES = 200;

interface Change {
  what: string;
  edits: Edits;
  /** Whether it is about quotes most of whose words are gone, and only about these. */
  isOfGone?: boolean;
}

const changes: readonly Change[] = [
  { what: '10 % of words, 10 % of paragraphs moved', edits: { words: 0.1, paragraphsMoved: 0.1 } },
  { what: '70 % of words replaced, of quotes most of whose words are gone', edits: { replaced: 0.7 }, isOfGone: true },
];

/**
 * `npm run bench -- --anchors DIR [--seed N]`: changes each `*.txt` of DIR with account of where everything went, places 1,000 quotes again, and prints how
 * many are right, beside an exact search and one in the manner of Hypothesis's client. Nothing is asserted.
 */
async function main(): Promise<void> {
  const options = { anchors: { type: 'string' }, seed: { type: 'string', default: '1' } } as const;
  const { values } = parseArgs({ options });
  const folder = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), values.anchors ?? '');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
  if (names.length === 0) throw new Error(`There is no .txt in ${folder}`);
  for (const { what, edits, isOfGone } of changes) {
    const rows: (string | number)[][] = [];
    for (const name of names) {
      const text = await readFile(path.join(folder, name), 'utf8');
      process.stderr.write(`${name}, ${what}\n`);
      rows.push(...measure(path.basename(name, '.txt'), text, { what, edits, isOfGone }, Number(values.seed)));
    }
    print(what, rows, ['1,000 quotes', 'a quote']);
  }
}

function measure(name: string, text: string, { edits, isOfGone }: Change, seed: number): (string | number)[][] {
  const random = createRandom(seed);
  const edited = edit(text, edits, random);
  const truthOf = createTruth(edited);
  const quotes = chooseQuotes(text, isOfGone ? 2 * QUOTES : QUOTES, random)
    .map((range) => ({ truth: truthOf(range), anchor: describe(text, range.start, range.end, NO_HASH) }))
    .filter(({ truth }) => !isOfGone || truth.survives < MOSTLY_GONE)
    .slice(0, QUOTES);

  const began = performance.now();
  const place = createPlacing(edited.text)(text);
  const placed = quotes.map(({ anchor }) => place(anchor));
  const time = performance.now() - began;
  const ours = [
    name,
    'Lectern',
    ...sharesOf(placed, (range, index) => isRight(edited.text, range, quotes[index]?.truth ?? NOWHERE)),
    `${Math.round((time * QUOTES) / quotes.length)} ms`,
    `${(time / quotes.length).toFixed(2)} ms`,
  ];
  const some = quotes.filter((_, index) => index % (QUOTES / PEER_QUOTES) === 0);
  return [ours, ...peers.map(([peer, search]) => [name, peer, ...measurePeer(search, edited, some)])];
}

function measurePeer(
  search: Peer,
  { text }: Edited,
  quotes: readonly { anchor: Parameters<Peer>[1]; truth: Truth }[],
): (string | number)[] {
  const began = performance.now();
  const found = quotes.map(({ anchor }) => search(text, anchor));
  const time = performance.now() - began;
  return [
    ...sharesFound(found, (range, index) => isRight(text, range, quotes[index]?.truth ?? NOWHERE)),
    `${Math.round((time * QUOTES) / quotes.length)} ms`,
    `${(time / quotes.length).toFixed(2)} ms`,
  ];
}

const NO_HASH = '0'.repeat(64);
/** The share of a quote's words below which most of them are gone. */
const MOSTLY_GONE = 0.5;
const NOWHERE: Truth = { ranges: [], survives: 0 };

await main();
