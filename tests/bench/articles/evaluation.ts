import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What somebody who looked at a page says of it. An empty field is not known, or there is nothing. */
const truthSchema = z.object({
  file: z.string(),
  /** Passages of the article, and some that are none of it. */
  with: z.array(z.string()),
  without: z.array(z.string()),
  title: z.string().default(''),
  author: z.union([z.string(), z.array(z.string()).transform((names) => names.join('; '))]).default(''),
  /** ISO `YYYY-MM-DD` */
  date: z.string().default(''),
});
export type Truth = z.infer<typeof truthSchema>;

/** What a reader makes of a page: all that it shows as the article, and what it says of it. */
export interface Article {
  text: string;
  title: string;
  author: string;
  /** ISO `YYYY-MM-DD` */
  date: string;
}

export interface Page {
  truth: Truth;
  bytes: Uint8Array;
}

export type Half = 'measured' | 'other';

/**
 * The pages of trafilatura's evaluation (its folder `tests`: `evaldata.json`, `eval`, `cache`), by name. The measured half is every second one, beginning
 * with the first; nobody looks at it but as figures.
 */
export async function readEvaluation(folder: string, half: Half): Promise<Page[]> {
  const content: unknown = JSON.parse(await readFile(path.join(folder, 'evaldata.json'), 'utf8'));
  const truths = Object.values(z.record(z.string(), truthSchema).parse(content)).sort((one, other) => (one.file < other.file ? -1 : 1));
  const chosen = truths.filter((_, index) => (index % 2 === 0) === (half === 'measured'));
  return Promise.all(
    chosen.map(async (truth) => {
      const file = ['cache', 'eval'].map((each) => path.join(folder, each, truth.file)).find((each) => existsSync(each));
      if (!file) throw new Error(`There is no page ${truth.file} in ${folder}`);
      return { truth, bytes: await readFile(file) };
    }),
  );
}

/** What became of the pages that a reader read. */
export interface Tally {
  wanted: { shown: number; all: number };
  unwanted: { shown: number; all: number };
  /** Of those whose truth is known; `wrong` is said otherwise, and what is neither is not said. */
  titles: Count;
  authors: Count;
  dates: Count;
  /** Dates that are said of pages of which none is known. */
  datesUnknown: number;
  /** ms for each page */
  times: number[];
}

interface Count {
  right: number;
  wrong: number;
  all: number;
}

export const emptyTally = (): Tally => ({
  wanted: { shown: 0, all: 0 },
  unwanted: { shown: 0, all: 0 },
  titles: { right: 0, wrong: 0, all: 0 },
  authors: { right: 0, wrong: 0, all: 0 },
  dates: { right: 0, wrong: 0, all: 0 },
  datesUnknown: 0,
  times: [],
});

/** White space as one space, and soft hyphens, which nobody sees, left out: of what is said, and of what is shown. */
const fold = (text: string): string =>
  text
    .replace(/\u00ad/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Names without regard to their order, their case and what stands between them. */
const foldNames = (text: string): string =>
  fold(text)
    .toLowerCase()
    .split(/\s*[;,|&/]\s*|\s+(?:und|and|et|y|e)\s+/)
    .filter((name) => name !== '')
    .sort()
    .join(', ');

/** Counts what an article shows and says; gives what is not as it should be, a line each. */
export function judge(tally: Tally, truth: Truth, article: Article): string[] {
  const text = fold(article.text);
  const isShown = (passage: string): boolean => text.includes(fold(passage));
  const missing = truth.with.filter((passage) => !isShown(passage));
  const superfluous = truth.without.filter(isShown);
  tally.wanted.all += truth.with.length;
  tally.wanted.shown += truth.with.length - missing.length;
  tally.unwanted.all += truth.without.length;
  tally.unwanted.shown += superfluous.length;
  const said = [
    count(tally.titles, 'title', fold(truth.title), fold(article.title)),
    count(tally.authors, 'author', foldNames(truth.author), foldNames(article.author)),
    count(tally.dates, 'date', truth.date, article.date),
  ].filter((line) => line !== undefined);
  if (truth.date === '' && article.date !== '') tally.datesUnknown += 1;
  return [...missing.map((passage) => `- ${fold(passage)}`), ...superfluous.map((passage) => `+ ${fold(passage)}`), ...said];
}

function count(tally: Count, what: string, truth: string, said: string): string | undefined {
  if (truth === '') return undefined;
  tally.all += 1;
  if (truth === said) {
    tally.right += 1;
    return undefined;
  }
  if (said !== '') tally.wrong += 1;
  return `${what}: ${said === '' ? 'none' : said} instead of ${truth}`;
}
