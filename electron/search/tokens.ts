import { isJoined, isJoint } from './match';
import type { Term } from './query';

/**
 * What the index is given of a text, and asked for a term, so that it finds what `findTerm` finds. The index splits at everything that
 * is neither a letter, a digit nor a mark. Where words are joined, each two neighbouring characters are a token, and the last one of a run
 * once more alone: so that any stretch can be found, from any character on.
 */

/** Code units of a token that is asked for; a longer one is compared with the text itself. */
const LONGEST_TOKEN = 200;

/** Trigrams that are asked for; more tell hardly more. */
const MOST_GRAMS = 48;

const NOT_ASCII = /[^\0-\x7F]/;

/** A folded text as tokens with anything between them; plain ASCII is split by the index itself. */
export function tokensOf(folded: string): string {
  return NOT_ASCII.test(folded) ? tokenise(folded, true).join(' ') : folded;
}

/** The trigrams are taken from this: a run of spaces counts as one. */
export const gramsOf = (folded: string): string => folded.replace(/ {2,}/g, ' ');

/** `isWhole`: nothing joined follows, so that a run at the end is one that ends. */
function tokenise(folded: string, isWhole: boolean): string[] {
  const tokens: string[] = [];
  let word = '';
  let run: string[] = [];
  const endRun = (isOver: boolean): void => {
    for (let index = 0; index + 1 < run.length; index++) tokens.push(`${run[index]}${run[index + 1]}`);
    const last = run.at(-1);
    if (last !== undefined && (isOver || run.length === 1)) tokens.push(last);
    run = [];
  };
  const endWord = (): void => {
    if (word !== '') tokens.push(word);
    word = '';
  };
  for (const character of folded) {
    if (isJoined(character)) {
      endWord();
      run.push(character);
      continue;
    }
    endRun(true);
    if (isJoint(character)) word += character;
    else endWord();
  }
  endWord();
  endRun(isWhole);
  return tokens;
}

/** How the index is asked for a term: expressions of FTS5, both of which hold where the term is; absent where one cannot tell. */
export interface Asked {
  /** For the table of words. */
  words?: string;
  /** For the table of trigrams. */
  grams?: string;
  /** Where the expressions hold, the term is. Else the text itself must be looked at. */
  isExact: boolean;
}

export function ask({ text, kind }: Term): Asked {
  const characters = [...text];
  const [first = ''] = characters;
  // What stands between two runs is not in the index.
  const isOneRun = characters.every(isJoint) || characters.every(isJoined);
  const all = tokenise(text, false);
  // A phrase may begin within a word: its first word is then the end of another.
  const beginsWithin = kind === 'phrase' && isJoint(first);
  const tokens = beginsWithin ? all.slice(1) : all;
  const isCut = tokens.some((token) => token.length > LONGEST_TOKEN);
  const words = isCut
    ? tokens.slice(
        0,
        tokens.findIndex((token) => token.length > LONGEST_TOKEN),
      )
    : tokens;
  return {
    words: words.length > 0 ? `"${words.join(' ')}" *` : undefined,
    grams: beginsWithin && characters.length >= 3 ? trigrams(characters) : undefined,
    isExact: beginsWithin ? characters.length === 3 && words.length === 0 : isOneRun && !isCut && words.length > 0,
  };
}

function trigrams(characters: readonly string[]): string {
  const grams = new Set(characters.slice(2).map((_, index) => characters.slice(index, index + 3).join('')));
  return [...grams]
    .slice(0, MOST_GRAMS)
    .map((gram) => `"${gram.replaceAll('"', '""')}"`)
    .join(' AND ');
}
