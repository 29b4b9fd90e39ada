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

/** What may begin something that marked does not know: a formula, a footnote within the line, marked words or a comment that begin no sooner than a word, a code of an emoji, a tag, code of a site. */
const MORE = /\$|\^\[|(?<![\p{L}\p{N}=])==|(?<![\p{L}\p{N}%])%%|:[a-z0-9_+-]+:|(?<=\s)#(?=\S)|[ \t]?\{(?:\{[<%]|[%:])/gu;

/** UTF-16 code units that are looked at for one piece of text; marked joins the pieces. */
const PIECE = 2_000;

/** So much of a text that a piece is found in it, ended between two words: the whole would be gone through again from each piece. */
function beginningOf(source: string): string {
  if (source.length <= PIECE) return source;
  const space = source.lastIndexOf(' ', PIECE);
  return source.slice(0, space > 0 ? space : PIECE);
}

/**
 * The same, which also ends before what an extension may read. Extensions could say by themselves where they may begin, but would be asked at
 * each token, and look through all that follows.
 */
export function extendedInlineText(this: Tokenizer, source: string): Text | false {
  const signs = inlineText(source);
  if (signs) return signs;
  const beginning = beginningOf(source);
  MORE.lastIndex = 1;
  const at = MORE.exec(beginning)?.index ?? beginning.length;
  const [raw] = this.rules.inline.text.exec(beginning.slice(0, at)) ?? [];
  if (raw === undefined) return false;
  return { type: 'text', raw, text: raw, escaped: this.lexer.state.inRawBlock };
}
