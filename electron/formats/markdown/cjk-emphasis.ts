import { type HooksObject, Tokenizer, type TokenizerObject } from 'marked';

/** Characters as wide as those of Chinese, Japanese and Korean, and of these scripts. */
const CJK = String.raw`[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\u3001-\u303f\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uffee]`;
/** What may follow a character to tell which form of it is meant. */
const VARIATION = String.raw`[\ufe00-\ufe0e\u{e0100}-\u{e01ef}]?`;
/** Punctuation as Markdown has it, without what marks emphasis. */
const PUNCTUATION = String.raw`(?![*_~])[\p{P}\p{S}]`;
const MARKS = String.raw`(?:\*+|~+)`;

const cjk = new RegExp(CJK, 'u');
/** Punctuation beside marks that is one of CJK, or has CJK on the other side of them. */
const letterLike = new RegExp(
  [
    `(?=${CJK})${PUNCTUATION}(?=[*~])`,
    `${PUNCTUATION}(?=${MARKS}${CJK})`,
    `(?<=[*~])(?=${CJK})${PUNCTUATION}`,
    `(?<=${CJK}${VARIATION}${MARKS})${PUNCTUATION}`,
  ].join('|'),
  'gu',
);
const endsInCjk = new RegExp(`${CJK}${VARIATION}$`, 'u');
/** UTF-16 code units of the longest such character. */
const LONGEST = 4;
const opensBesideCjk = new RegExp(`^${MARKS}(?=${CJK})${PUNCTUATION}`, 'u');

/** Whether any emphasis in a text may be other than without these options. */
export const hasCjk = (text: string): boolean => cjk.test(text);

/**
 * Options for marked by which `**` and `~~` begin and end emphasis beside punctuation of Chinese, Japanese and Korean, which stands without a space before
 * the next word: “**注意：**后” is bold. Elsewhere nothing is other than in CommonMark. Source: the CJK-friendly amendments to CommonMark
 * (github.com/tats-u/markdown-cjk-friendly, specification.md): such punctuation counts as letters do, and so does other punctuation with CJK beyond the marks.
 */
export const cjkEmphasis: { hooks: HooksObject; tokenizer: Pick<TokenizerObject, 'emStrong' | 'del'> } = {
  // What marked looks for the end of emphasis in, as long as the text itself.
  hooks: { emStrongMask: (text) => text.replace(letterLike, (mark) => 'x'.repeat(mark.length)) },
  tokenizer: {
    emStrong(source, masked) {
      return opens(source, masked) ? Tokenizer.prototype.emStrong.call(this, source, masked, '') : false;
    },
    del(source, masked) {
      return opens(source, masked) ? Tokenizer.prototype.del.call(this, source, masked, '') : false;
    },
  },
};

/**
 * Whether the marks with which `source`, the end of a text, begins may begin emphasis for CJK on one of their sides, though there is punctuation after them:
 * marked is told then that nothing stands before them.
 */
function opens(source: string, text: string): boolean {
  if (!/^[*~]/.test(source)) return false;
  const start = text.length - source.length;
  return opensBesideCjk.test(source) || endsInCjk.test(text.slice(Math.max(0, start - LONGEST), start));
}
