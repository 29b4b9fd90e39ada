/** Letters and marks of scripts that put no spaces between words, so that a line may end anywhere: Chinese, Japanese, Thai, Lao, Khmer, Burmese. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u3001-\\u303f\\u30fc\\uff01-\\uff65';

/** A line break of a wrapped paragraph that stands for no space, with the indentation after it. */
export const unspacedBreak = (): RegExp => new RegExp(`(?<=[${UNSPACED}])(?:\\r\\n|[\\r\\n])[ \\t]*(?=[${UNSPACED}])`, 'gu');

/** Whether a text ends, or begins, with a character beside which a line break can stand for no space. */
export const endsUnspaced = (text: string): boolean => ENDING.test(text.slice(-2));
export const beginsUnspaced = (text: string): boolean => BEGINNING.test(text);
const ENDING = new RegExp(`[${UNSPACED}]$`, 'u');
const BEGINNING = new RegExp(`^[${UNSPACED}]`, 'u');

/** The lines of a wrapped paragraph as one: a break is a space, but where words have none between them. */
export const joinLines = (text: string): string => text.replace(unspacedBreak(), '').replace(/\s+/g, ' ').trim();

const SOFT_HYPHEN = /\u00ad/g;

/** A text without the places at which its author lets words be parted: nobody sees them, and no other program finds a word with them in it. */
export const withoutSoftHyphens = (text: string): string => text.replace(SOFT_HYPHEN, '');
