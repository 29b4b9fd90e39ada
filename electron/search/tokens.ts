import { isJoined, isJoint, isWholeWord } from './match';
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

const NOT_ASCII = /[^\0-\x7F]+/g;

/** A folded text as tokens with anything between them; the index itself splits plain ASCII. */
export const tokensOf = (folded: string): string =>
  folded.replace(NOT_ASCII, (stretch) => {
    let tokens = '';
    let run: string[] = [];
    for (const character of stretch) {
      if (isJoined(character)) run.push(character);
      else {
        if (run.length > 0) tokens += ` ${pairsOf(run, true).join(' ')} `;
        run = [];
        tokens += isJoint(character) ? character : ' ';
      }
    }
    return run.length > 0 ? `${tokens} ${pairsOf(run, true).join(' ')} ` : tokens;
  });

/** The tokens of a run of joined characters; `isOver`: no such character follows. */
function pairsOf(run: readonly string[], isOver: boolean): string[] {
  const pairs = run.slice(1).map((character, index) => `${run[index]}${character}`);
  const last = run.at(-1);
  return last !== undefined && (isOver || run.length === 1) ? [...pairs, last] : pairs;
}

/** The trigrams are taken from this: a run of spaces counts as one. */
export const gramsOf = (folded: string): string => folded.replace(/ {2,}/g, ' ');

/** The tokens of a term, and whether what follows it may be part of the last one. */
function tokenise(characters: readonly string[]): { tokens: string[]; isOpen: boolean } {
  const tokens: string[] = [];
  let word = '';
  let run: string[] = [];
  for (const character of characters) {
    if (isJoint(character)) word += character;
    else if (word !== '') {
      tokens.push(word);
      word = '';
    }
    if (isJoined(character)) run.push(character);
    else {
      tokens.push(...pairsOf(run, true));
      run = [];
    }
  }
  const isOpen = word !== '' || run.length > 0;
  return { tokens: [...tokens, ...pairsOf(run, false), ...(word === '' ? [] : [word])], isOpen };
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

export function ask(term: Term): Asked {
  const characters = [...term.text];
  const [first = ''] = characters;
  // What stands between two runs is not in the index.
  const isOneRun = characters.every(isJoint) || characters.every(isJoined);
  const { tokens: all, isOpen } = tokenise(characters);
  // A phrase may begin within a word: its first word is then the end of another.
  const beginsWithin = term.kind === 'phrase' && isJoint(first);
  const tokens = beginsWithin ? all.slice(1) : all;
  const cut = tokens.findIndex((token) => token.length > LONGEST_TOKEN);
  const words = cut < 0 ? tokens : tokens.slice(0, cut);
  const prefix = isOpen && !isWholeWord(term) ? ' *' : '';
  return {
    words: words.length > 0 ? `"${words.join(' ')}"${prefix}` : undefined,
    grams: beginsWithin ? trigrams(characters) : undefined,
    isExact: beginsWithin ? characters.length === 3 : isOneRun && cut < 0,
  };
}

function trigrams(characters: readonly string[]): string {
  const grams = new Set(characters.slice(2).map((_, index) => characters.slice(index, index + 3).join('')));
  return [...grams]
    .slice(0, MOST_GRAMS)
    .map((gram) => `"${gram.replaceAll('"', '""')}"`)
    .join(' AND ');
}
