import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { documentExtensions } from '#formats/list';
import { generateDocuments, generateParagraphs } from './generate';
import type { ReadText } from './library';

/** How much is measured. */
export interface Sizes {
  documents: number;
  /** Of the library with few notes. */
  fewDocuments: number;
  notesPerDocument: number;
  /** Books and papers that are searched. */
  books: number;
  /** Of the notes of the large library. */
  tags: number;
  /** How often what is quick is measured; the figure is the median. */
  rounds: number;
  /** Queries of each kind, and ms after which no more of a kind are tried. */
  queries: number;
  queryTime: number;
  /** ms */
  idle: number;
  scrolling: number;
  /** After which what an application leaves for later is done. */
  settling: number;
  /** Bytes, about, of a long text; Markdown and HTML have a half and five sixths of it. */
  long: number;
  highlights: number;
  /** Typed in a note, one after another. */
  keys: number;
}

export const wholeSizes: Sizes = {
  documents: 10_000,
  fewDocuments: 100,
  notesPerDocument: 10,
  books: 500,
  tags: 5_000,
  rounds: 3,
  queries: 100,
  queryTime: 30_000,
  idle: 60_000,
  scrolling: 5_000,
  settling: 15_000,
  long: 6_000_000,
  highlights: 10_000,
  keys: 11,
};
export const quickSizes: Sizes = {
  documents: 300,
  // The library that everything is compared with: there is no time for another one.
  fewDocuments: 10,
  notesPerDocument: 10,
  books: 30,
  tags: 300,
  rounds: 1,
  queries: 10,
  queryTime: 1_000,
  idle: 5_000,
  scrolling: 1_500,
  settling: 1_000,
  long: 2_000_000,
  highlights: 3_000,
  keys: 3,
};

/** What all measurements share. */
export interface Bench {
  /** A folder for everything that they write. */
  work: string;
  seed: number;
  sizes: Sizes;
  /** Files that libraries are made of, absolute, in a fixed order. */
  files: readonly string[];
  /** More than 6,000,000 characters. */
  paragraphs: readonly string[];
  /** What was read so far, by file (`readText`). */
  texts: Map<string, Promise<ReadText | undefined>>;
  /** Says to who waits how far things are. */
  say(sentence: string): void;
}

export interface BenchOptions {
  /** A folder with `library/` and `long.txt`; absent for what is generated. */
  corpus?: string;
  seed: number;
  sizes: Sizes;
}

/** What a `long.txt` holds too little of is generated. */
const LONG = 6_500_000;

/** Does `act` with what it measures with, and removes that. Rejects where the corpus cannot be read. */
export async function withBench(options: BenchOptions, act: (bench: Bench) => Promise<void>): Promise<void> {
  const work = await mkdtemp(path.join(os.tmpdir(), 'lectern-bench-'));
  // Control-C ends the hosts and browsers too.
  const interrupt = () => {
    rmSync(work, { recursive: true, force: true });
    process.exit(130);
  };
  process.once('SIGINT', interrupt);
  try {
    const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
    const { files, paragraphs } = options.corpus ? await readCorpus(options.corpus, options) : await generateCorpus(work, options);
    await act({ work, seed: options.seed, sizes: options.sizes, files, paragraphs, texts: new Map(), say });
  } finally {
    process.off('SIGINT', interrupt);
    await rm(work, { recursive: true, force: true });
  }
}

type Corpus = Pick<Bench, 'files' | 'paragraphs'>;

async function readCorpus(folder: string, { seed, sizes }: BenchOptions): Promise<Corpus> {
  const library = path.join(folder, 'library');
  const names = (await readdir(library)).filter((name) => documentExtensions.includes(path.extname(name))).sort();
  const step = Math.max(1, names.length / sizes.documents);
  // Evenly out of all of them, since what is alike lies side by side.
  const chosen = Array.from({ length: Math.min(names.length, sizes.documents) }, (_, index) => names[Math.floor(index * step)] ?? '');
  const long = await readFile(path.join(folder, 'long.txt'), 'utf8');
  const paragraphs = long.split(/\n\s*\n/);
  const missing = generateParagraphs(LONG - long.length, seed);
  return { files: chosen.map((name) => path.join(library, name)), paragraphs: [...paragraphs, ...missing] };
}

async function generateCorpus(work: string, { seed, sizes }: BenchOptions): Promise<Corpus> {
  const folder = path.join(work, 'generated');
  await mkdir(folder);
  const files: string[] = [];
  for (const { name, content } of generateDocuments(sizes.documents, seed)) {
    const file = path.join(folder, name);
    await writeFile(file, content);
    files.push(file);
  }
  return { files, paragraphs: generateParagraphs(LONG, seed) };
}
