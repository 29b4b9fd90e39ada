import { type Folded, fold, foldText, unfoldRange } from './fold';

/** Where a query was found, in UTF-16 code units of the text and in its order. */
export interface FindResult {
  hits: { start: number; end: number }[];
  /** How many there are; `hits` holds at most the first 10,000. */
  total: number;
}

export interface Finder {
  /** Without regard to case, diacritics, kind of quotation mark and amount of white space. An empty query finds nothing. */
  find(query: string): FindResult;
}

/** So many hits of a query are given; there may be more. */
export const MAX_HITS = 10_000;

/** Prepares a text for finding, at the first query; keep it as long as the text. */
export function createFinder(text: string): Finder {
  let prepared: Folded | undefined;
  return {
    find(query) {
      const words = foldText(query)
        .split(/\s+/)
        .filter((word) => word !== '');
      if (words.length === 0) return { hits: [], total: 0 };
      prepared ??= fold(text);
      const folded = prepared;
      const hits: FindResult['hits'] = [];
      let total = 0;
      for (const [start, end] of words.length === 1 ? literals(folded.text, words[0] ?? '') : spaced(folded.text, words)) {
        total += 1;
        if (hits.length < MAX_HITS) hits.push(unfoldRange(folded, start, end));
      }
      return { hits, total };
    },
  };
}

function* literals(text: string, word: string): Generator<[start: number, end: number]> {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) yield [at, at + word.length];
}

function* spaced(text: string, words: readonly string[]): Generator<[start: number, end: number]> {
  const pattern = new RegExp(words.map((word) => RegExp.escape(word)).join('\\s+'), 'g');
  for (const match of text.matchAll(pattern)) yield [match.index, match.index + match[0].length];
}
