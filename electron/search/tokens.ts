import type { Term } from '#model';
import { characterAt, isJoined, isJoint, isWholeWord } from './match';

/**
 * What the index is given of a text, and asked for a term, so that it finds what `findTerm` finds. Words are tokens, and so is each sign between
 * them. White space is one only beside a sign: two words with nothing between them have some. Where words are joined, each two neighbouring
 * characters are a token, and the last one of a run once more alone: so that any stretch can be found, from any character on.
 */

/** White space, and what no query has: control characters and halves of surrogate pairs. Two control characters, which stand for nothing else then. */
const SPACE = '\x80';
const UNSPEAKABLE = '\x81';

/** The tokenizer of FTS5 for what `tokensOf` gives: it splits at spaces only. */
export const TOKENIZER = `ascii tokenchars '!"#$%&''()*+,-./:;<=>?@[\\]^_\`{|}~'`;

/** Code points of a token that is asked for; a longer one is compared with the text itself. */
const LONGEST_TOKEN = 200;

/** Trigrams that are asked for; more tell hardly more. */
const MOST_GRAMS = 48;

const NOT_PLAIN_WORDS = / ?[^\w ]+(?: [^\w ]+)* ?/g;
const NOT_SPEAKABLE = /[\p{Cc}\p{Cs}]/u;

/** A run of spaces counts as one. Trigrams are taken from this. */
export const foldSpaces = (folded: string): string => folded.replace(/ {2,}/g, ' ');

/** A folded text with single spaces as tokens with spaces between them. */
export const tokensOf = (folded: string): string => folded.replace(NOT_PLAIN_WORDS, tokensOfStretch);

/** The same for a stretch that has plain words, or nothing, on either side. */
function tokensOfStretch(stretch: string): string {
  let tokens = '';
  let run: string[] = [];
  let isAfterJoint = true;
  let isAfterSpace = false;
  const endRun = (): void => {
    if (run.length > 0) tokens += ` ${pairsOf(run).join(' ')} `;
    run = [];
  };
  const endSpace = (isBeforeJoint: boolean): void => {
    if (isAfterSpace) tokens += isAfterJoint && isBeforeJoint ? ' ' : ` ${SPACE} `;
    isAfterSpace = false;
  };
  for (const character of stretch) {
    if (character === ' ') {
      endRun();
      isAfterSpace = true;
    } else if (isJoined(character)) {
      endSpace(false);
      run.push(character);
      isAfterJoint = false;
    } else {
      const joint = isJoint(character);
      endRun();
      endSpace(joint);
      tokens += joint ? character : ` ${NOT_SPEAKABLE.test(character) ? UNSPEAKABLE : character} `;
      isAfterJoint = joint;
    }
  }
  endRun();
  endSpace(true);
  return tokens;
}

/** The tokens of a run of joined characters. */
const pairsOf = (run: readonly string[]): string[] => run.map((character, index) => `${character}${run[index + 1] ?? ''}`);

/**
 * What tells where a phrase may begin within a word, of tokens that `tokensOf` gave: each word backwards behind the first character of what follows, its
 * first character apart. So the words that are longer than `note` and end with it before a `t…` are those of which this begins with `teton`.
 */
export function endsOf(tokens: string): string {
  const pairs = new Set<string>();
  let word = '';
  for (const token of tokens.split(' ')) {
    if (token === '') continue;
    if (word.length > 1) pairs.add(`${characterAt(token, 0)}${word}`);
    word = isJoint(characterAt(token, 0)) ? token : '';
  }
  const ends: string[] = [];
  for (const pair of pairs) ends.push(NOT_ASCII.test(pair) ? endOf([...pair]) : endOfPlain(pair));
  return ends.join(' ');
}

/** Stands before a word's first character. */
const FIRST = '\x82';

const NOT_ASCII = /[^\0-\x7F]/;

const endOf = ([following = '', first = '', ...rest]: readonly string[]): string => following + rest.reverse().join('') + FIRST + first;

/** The same, several times faster. */
function endOfPlain(pair: string): string {
  let end = pair.charAt(0);
  for (let at = pair.length - 1; at > 1; at--) end += pair.charAt(at);
  return end + FIRST + pair.charAt(1);
}

/** The word that one of `endsOf` tells of. */
const wordOf = (end: string): string =>
  [...end]
    .slice(1)
    .reverse()
    .filter((character) => character !== FIRST)
    .join('');

/** How the index is asked for a term: expressions of FTS5. */
export interface Asked {
  /** For the tables of words: where the term begins as a word does, or within joined ones. The same as whole words only, in `wholeWords`. */
  words: string;
  wholeWords: string;
  /** Where `words` holds, the term is. Else the text itself must be looked at. */
  isExact: boolean;
  /** Where a phrase may begin within a word. */
  within?: Within;
}

/** The trigrams of a phrase, or of how it begins, and its further words. */
interface Within {
  grams: string;
  /** The trigrams alone tell. */
  isExact: boolean;
  further?: Further;
}

/** What follows the word that a phrase begins within. */
export interface Further {
  /** Where these words and one of the `ends` (`endsOf`) are, the phrase may be. */
  words: string;
  ends: string;
  /** What these begin with. */
  end: string;
  /** The whole phrase, where it begins within one of the words of these ends. */
  after(ends: readonly string[]): string;
}

export function ask(term: Term): Asked {
  const characters = [...term.text];
  const [first = ''] = characters;
  const tokens = tokensOf(term.text).trim().split(/ +/);
  // What follows in the text may belong to the last word, or to the last pair.
  const isOpen = !isWholeWord(term) && [isJoint, isJoined].some((isOf) => isOf(characters.at(-1) ?? ''));
  if (isJoined(characters.at(-2) ?? '') && isJoined(characters.at(-1) ?? '')) tokens.pop();
  const cut = tokens.findIndex((token) => token.length > LONGEST_TOKEN);
  const asked = cut < 0 ? tokens : [...tokens.slice(0, cut), [...(tokens[cut] ?? '')].slice(0, LONGEST_TOKEN).join('')];
  const prefix = isOpen || cut >= 0 ? ' *' : '';
  const beginsWithin = term.kind === 'phrase' && isJoint(first);
  return {
    words: quote(asked) + prefix,
    wholeWords: quote(asked),
    isExact: cut < 0,
    ...(beginsWithin ? { within: askWithin(characters, asked, prefix) } : {}),
  };
}

function askWithin(characters: readonly string[], [first = '', ...others]: readonly string[], prefix: string): Within {
  const [second] = others;
  if (second === undefined || characters.length === 3) return { grams: trigrams(characters), isExact: characters.length === 3 };
  const reversed = [...first].reverse();
  const end = characterAt(second, 0) + reversed.join('');
  return {
    grams: trigrams(characters.slice(0, reversed.length + 2)),
    isExact: false,
    further: {
      words: quote(others) + prefix,
      ends: `${quote([end])} *`,
      end,
      after: (ends) => ends.map((each) => quote([wordOf(each), ...others]) + prefix).join(' OR '),
    },
  };
}

const quote = (tokens: readonly string[]): string => `"${tokens.join(' ').replaceAll('"', '""')}"`;

function trigrams(characters: readonly string[]): string {
  const grams = new Set(characters.slice(2).map((_, index) => characters.slice(index, index + 3).join('')));
  return [...grams]
    .slice(0, MOST_GRAMS)
    .map((gram) => quote([gram]))
    .join(' AND ');
}
