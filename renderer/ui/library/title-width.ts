/** Scripts that are broken within a line without spaces, as far as a browser does it by itself. */
const BROKEN_ANYWHERE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Where a line may end between words; a hyphen stays with what is before it. */
const BREAKS = new RegExp(`\\s+|(?<=[-\u2010\u2013\u2014])|${BROKEN_ANYWHERE.source}`, 'u');

/** How wide letters of our reading fonts are at small sizes, in ems, as measured on covers; rather too wide. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/\p{M}/u, 0],
  [/[fijltI1.,:;!|'‘’()/-]/, 0.42],
  [/[MW@]/, 1.1],
  [/[mw]/, 0.97],
  [/[hknu]/, 0.67],
  [/\p{Script=Arabic}/u, 0.42],
  [/\p{Lu}/u, 0.84],
];
const OTHER = 0.62;

const widthOf = (letter: string): number => WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? OTHER;

/** How wide the widest word of a title is at most, estimated in ems; at least one. */
export const widestWord = (title: string): number =>
  Math.max(1, ...title.split(BREAKS).map((word) => [...word].reduce((width, letter) => width + widthOf(letter), 0)));

/** Wider words do not fit on a line of a cover, however small they are set. In ems. */
const FITS = 8;

/** Whether a title has words that fit on no line. */
export const hasWideWord = (title: string): boolean => widestWord(title) > FITS;

/** A piece of a title, and how the line may end behind it. */
export type TitlePart = [piece: string, parting?: 'hyphen' | 'plain'];

/**
 * A title in pieces behind which a line may end beside the places that it has of itself: words that fit on no line by their hyphenation (`hyphenator`
 * gives the offsets within a word), addresses and the names of files behind the signs that divide them.
 */
export function partsOf(title: string, hyphenator: (word: string) => readonly number[]): TitlePart[] {
  return title.split(/(?<=\s)/).flatMap((word): TitlePart[] => {
    if (widestWord(word) <= FITS) return [[word]];
    if (DIVIDED.test(word)) return word.split(BEHIND_SIGNS).map((name) => [name, 'plain']);
    return word.split(LETTERS_APART).flatMap((run) => partsOfWord(run, hyphenator));
  });
}

const DIVIDED = /[/_@\\]/;
const BEHIND_SIGNS = /(?<=[/_@\\.?=&])(?=[^\s/])/;
const LETTERS_APART = /(?<=\p{L})(?=\P{L})|(?<=\P{L})(?=\p{L})/u;

function partsOfWord(word: string, hyphenator: (word: string) => readonly number[]): TitlePart[] {
  const offsets = /^\p{L}/u.test(word) ? hyphenator(word) : [];
  const pieces = [0, ...offsets].map((from, index) => word.slice(from, offsets[index]));
  return pieces.map((piece, index) => (index < offsets.length ? [piece, 'hyphen'] : [piece]));
}
