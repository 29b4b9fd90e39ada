import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Bench } from './bench';
import { readText } from './library';

/** Groups that the window asks a search for. */
export const LIMIT = 30;

/** What a search by hand is given; `pairs` are those of a Chinese word, which has no spaces around it. */
export interface HandQuery {
  match: string;
  isPairs: boolean;
  /** What to show a passage around, where the pairs' table keeps no text. */
  word: string;
}

/** SQLite's FTS5 as one would use it: all texts, prefixes, and a second table of overlapping pairs for Chinese. */
export interface HandIndex {
  file: string;
  /** ms: reading the documents, writing the index. */
  readIn: number;
  writtenIn: number;
}

export async function createHandIndex(bench: Bench): Promise<HandIndex> {
  const file = path.join(bench.work, 'by hand.sqlite');
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
    CREATE VIRTUAL TABLE pairs USING fts5(text, content = '');
  `);
  const putWords = database.prepare('INSERT INTO words(rowid, title, text) VALUES (?, ?, ?)');
  const putPairs = database.prepare('INSERT INTO pairs(rowid, text) VALUES (?, ?)');
  let readIn = 0;
  let writtenIn = 0;
  let documents = 0;
  const write = (act: () => void) => {
    const began = performance.now();
    act();
    writtenIn += performance.now() - began;
  };
  write(() => database.exec('BEGIN'));
  for (const each of bench.files) {
    const read = await readText(bench, each);
    if (!read) continue;
    readIn += read.elapsed;
    documents += 1;
    write(() => {
      putWords.run(documents, path.basename(each), read.text);
      const pairs = [...pairsOf(read.text)].join(' ');
      if (pairs !== '') putPairs.run(documents, pairs);
    });
  }
  write(() => {
    database.exec('COMMIT');
    database.close();
  });
  return { file, readIn, writtenIn };
}

/** How many documents hold what was looked for, and the best of them with a passage each. */
export interface HandFound {
  count: number;
  best: unknown[];
}

export interface HandSearch {
  search(query: HandQuery): HandFound;
  close(): void;
}

/** Opens the index for searching. */
export function openHandIndex({ file }: Pick<HandIndex, 'file'>): HandSearch {
  const database = new DatabaseSync(file, { readOnly: true });
  const counts = {
    words: database.prepare('SELECT count(*) AS count FROM words WHERE words MATCH ?'),
    pairs: database.prepare('SELECT count(*) AS count FROM pairs WHERE pairs MATCH ?'),
  };
  const best = database.prepare(
    `SELECT title, snippet(words, 1, '[', ']', '…', 16) AS passage FROM words WHERE words MATCH ? ORDER BY rank LIMIT ${LIMIT}`,
  );
  const bestPairs = database.prepare(`
    SELECT title, substr(text, max(1, instr(text, ?) - 30), 80) AS passage FROM words WHERE rowid IN
    (SELECT rowid FROM pairs WHERE pairs MATCH ? ORDER BY rank LIMIT ${LIMIT})`);
  return {
    search({ match, isPairs, word }) {
      return {
        best: isPairs ? bestPairs.all(word, match) : best.all(match),
        count: Number((isPairs ? counts.pairs : counts.words).get(match)?.['count'] ?? 0),
      };
    },
    close: () => database.close(),
  };
}

/** The overlapping pairs of Chinese characters in a text, in order. */
export function* pairsOf(text: string): Generator<string> {
  for (const [run] of text.matchAll(/\p{Script=Han}{2,}/gu)) {
    const characters = [...run];
    for (let index = 0; index + 1 < characters.length; index += 1) yield `${characters[index]}${characters[index + 1]}`;
  }
}
