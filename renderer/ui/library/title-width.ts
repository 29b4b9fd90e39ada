/** Scripts that are broken within a line without spaces, as far as a browser does it by itself. */
const BROKEN_ANYWHERE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Where a line may end between words; a hyphen stays with what is before it. */
const BREAKS = new RegExp(`\\s+|(?<=[-\u2010\u2013\u2014])|${BROKEN_ANYWHERE.source}`, 'u');

/** How wide letters of our reading fonts are at small sizes, in ems, as measured on covers; rather too wide. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/\p{M}/u, 0],
  [/[ijlftrI.,:;!|'‘’()]/, 0.38],
  [/[mwMW@]/, 1],
  [/[\p{Lu}\p{N}]/u, 0.76],
];
const OTHER = 0.6;

const widthOf = (letter: string): number => WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? OTHER;

/** How wide the widest word of a title is at most, estimated in ems; at least one. */
export const widestWord = (title: string): number =>
  Math.max(1, ...title.split(BREAKS).map((word) => [...word].reduce((width, letter) => width + widthOf(letter), 0)));
