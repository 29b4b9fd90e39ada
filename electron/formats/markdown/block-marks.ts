import type { Token, Tokens } from 'marked';
import { escapeHtml } from '#model';

/** At the end of a block, behind a space or an embed or by itself: figures alone are an exponent, unless there are as many as Obsidian makes. */
const MARK = /(?:^|\s|(?<=\]\]))\^((?=[\da-z-]*[a-z]|\d{6})[\da-z-]{1,100})\s*$/i;

/** The words of a block, and the place before them to which the mark at its end leads: `[[Title#^mark]]` in Obsidian; nobody sees it. */
export function splitBlockMark(source: string): { words: string; place?: Tokens.HTML } {
  const found = MARK.exec(source);
  const mark = found?.[1];
  if (!found || mark === undefined) return { words: source };
  const text = `<span id="^${escapeHtml(mark)}"></span>`;
  return { words: source.slice(0, found.index), place: { type: 'html', raw: text, text, pre: false, block: false } };
}

/** Puts the places of marks that stand by themselves below a table, a list or a quotation before that. */
export function raiseBlockMarks(tokens: Token[]): void {
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'paragraph') continue;
    const { words, place } = splitBlockMark(token.raw);
    const block = tokens.findLastIndex(({ type }, before) => before < index && type !== 'space');
    if (words !== '' || !place || block < 0) continue;
    tokens.splice(index, 1);
    tokens.splice(block, 0, place);
  }
}
