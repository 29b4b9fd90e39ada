import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { documentBytes } from '../../../electron/formats/format';
import { openPdf } from '../../../electron/formats/pdf/pdfjs';
import { readerOf } from '../../../electron/formats/registry';
import { UnreadableDocument } from '../../../electron/formats/unreadable';
import { measureAnnotations } from './annotations';
import { measureReadingOrder } from './reading-order';
import { measureTwoViews } from './two-views';

/** What became of one file. */
interface Outcome {
  name: string;
  /** The words that pdf.js itself finds; `undefined` where it does not open the file. */
  theirs: string[] | undefined;
  /** Ours, or why there are none. */
  ours: string[] | string;
  /** ms */
  time: number;
}

/**
 * `npm run bench -- --pdf DIR [--printed N] [--seed N]`: reads each `*.pdf` of DIR as the library does, and with pdf.js alone, and prints how many open, how many of pdf.js’s words
 * are in the document’s text, and what the rest says; marks 200 passages of each on its pages and in its text by turns, and prints how many are the same in the
 * other; then prints N pages with Chromium, and tells whether their words come in order. With `--annotations` it tells instead what was read of the highlights
 * and notes in the files, and how many copies with notes are read back by pdf.js as they were written. Nothing is asserted.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pdf: { type: 'string' },
      annotations: { type: 'boolean' },
      printed: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
    },
  });
  const folder = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), values.pdf ?? '');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.pdf')).sort();
  if (names.length === 0) throw new Error(`There is no .pdf in ${folder}`);
  if (values.annotations) {
    process.stdout.write(await measureAnnotations(folder, names));
    return;
  }
  const outcomes: Outcome[] = [];
  for (const name of names) {
    const outcome = await tryFile(name, await readFile(path.join(folder, name)));
    outcomes.push(outcome);
    process.stderr.write(`${name}: ${outcome.time.toFixed(0)} ms\n`);
  }
  report(outcomes);
  const { files, passages, same, others } = await measureTwoViews(folder, names);
  process.stdout.write(
    `\nPassages with the same words on the pages and in the text, of ${files} files: ${share(same, passages)}. ${others.join(', ')}\n`,
  );
  const { pairs, kept, worst } = await measureReadingOrder(Number(values.printed), Number(values.seed));
  const least = worst.slice(0, 5).map(({ seed, share }) => `${(100 * share).toFixed(1)} % (seed ${seed})`);
  process.stdout.write(
    `\nNeighbouring words of ${worst.length} printed files in order: ${share(kept, pairs)}. The worst: ${least.join(', ')}.\n`,
  );
}

async function tryFile(name: string, bytes: Uint8Array): Promise<Outcome> {
  const theirs = await readWithPdfJs(new Uint8Array(bytes)).catch(() => undefined);
  const began = performance.now();
  const ours = await readHere(name, bytes);
  return { name, theirs, ours, time: performance.now() - began };
}

async function readHere(name: string, bytes: Uint8Array): Promise<string[] | string> {
  const texts: string[] = [];
  try {
    const reader = await readerOf('pdf');
    for await (const part of reader.read(documentBytes(bytes, name), { signal: new AbortController().signal }))
      if (part.part === 'section') texts.push(part.text);
    return wordsOf(texts.join(''));
  } catch (error) {
    return error instanceof UnreadableDocument
      ? error.message
      : `A fault: ${String(error instanceof Error ? error.stack?.slice(0, 300) : error)}`;
  }
}

/** The words of all pages as pdf.js puts them: an item after the other, a word cut at the end of a line whole again. */
async function readWithPdfJs(bytes: Uint8Array): Promise<string[]> {
  const task = openPdf(bytes);
  try {
    const file = await task.promise;
    const pages: string[] = [];
    for (let number = 1; number <= file.numPages; number++) {
      const items = await file.getPage(number).then(
        (page) => page.getTextContent().then(({ items }) => items),
        () => [],
      );
      pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
    }
    return wordsOf(pages.join('\n').replace(/(?<=\p{Ll})[-‐\u00ad]\n(?=\p{Ll})/gu, ''));
  } finally {
    await task.destroy();
  }
}

const wordsOf = (text: string): string[] => text.normalize('NFKC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** How many of `words` are among `others`, each as often as it is there. */
function countAmong(words: readonly string[], others: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of others) left.set(word, (left.get(word) ?? 0) + 1);
  return words.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count > 0;
  }).length;
}

function report(outcomes: readonly Outcome[]): void {
  const opened = outcomes.filter(({ theirs }) => theirs !== undefined);
  const withWords = opened.filter(({ theirs }) => (theirs?.length ?? 0) > 0);
  const read = withWords.filter(({ ours }) => typeof ours !== 'string');
  let words = 0;
  let equal = 0;
  const worst: { name: string; words: number; missing: number }[] = [];
  for (const { name, theirs = [], ours } of read) {
    const among = countAmong(theirs, typeof ours === 'string' ? [] : ours);
    words += theirs.length;
    equal += among;
    if (among < theirs.length) worst.push({ name, words: theirs.length, missing: theirs.length - among });
  }
  const said = new Map<string, number>();
  for (const { name, ours } of outcomes) {
    if (typeof ours !== 'string') continue;
    const sentence = ours.replaceAll(name, '…');
    said.set(sentence, (said.get(sentence) ?? 0) + 1);
  }
  const times = outcomes.map(({ time }) => time).sort((a, b) => a - b);
  const rows = [
    ['files', String(outcomes.length)],
    ['opened by pdf.js itself', String(opened.length)],
    ['with words, by pdf.js itself', String(withWords.length)],
    ['of these read here', share(read.length, withWords.length)],
    ['words of pdf.js in the text here', share(equal, words)],
    ['time, median, 99th and longest', [0.5, 0.99, 1].map((part) => ms(times[Math.ceil(part * times.length) - 1])).join(', ')],
    ['memory at the end', `${Math.round(process.memoryUsage().rss / 1_048_576)} MB`],
  ];
  process.stdout.write(`| PDF | |\n| --- | ---: |\n${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\n`);
  for (const [sentence, count] of said) process.stdout.write(`${count} × ${sentence}\n`);
  process.stdout.write('\nMost words that are not there:\n');
  for (const { name, words, missing } of worst.sort((a, b) => b.missing - a.missing).slice(0, 20))
    process.stdout.write(`${name}: ${missing} of ${words}\n`);
}

const share = (part: number, whole: number): string => `${part} of ${whole} (${((100 * part) / whole).toFixed(2)} %)`;
const ms = (time = 0): string => `${time.toFixed(0)} ms`;

await main();
