import type { Tokenizer, Tokens } from 'marked';

type Text = Tokens.Text;

/**
 * For marked's tokenizers on either end: the `!` that a text begins with and that begin no image, as one token when there are two or
 * more. Marked takes them one at a time, and at each looks through all that follow. Else `false`: marked goes on by itself.
 */
export function inlineText(source: string): Text | false {
  const raw = /^!{2,}(?!\[)/.exec(source)?.[0];
  return raw === undefined ? false : { type: 'text', raw, text: raw, escaped: false };
}

/** What may begin something that marked does not know: a formula, marked words, a comment, a code of an emoji. */
const MORE = /\$|==|%%|:[a-z0-9_+-]+:/;

/**
 * The same, which also ends before what an extension may read. Extensions could say by themselves where they may begin, but would be asked at
 * each token, and look through all that follows.
 */
export function extendedInlineText(this: Tokenizer, source: string): Text | false {
  const signs = inlineText(source);
  if (signs) return signs;
  const [whole] = this.rules.inline.text.exec(source) ?? [];
  const at = whole === undefined ? -1 : whole.slice(1).search(MORE);
  if (whole === undefined || at === -1) return false;
  const raw = whole.slice(0, at + 1);
  return { type: 'text', raw, text: raw, escaped: this.lexer.state.inRawBlock };
}
