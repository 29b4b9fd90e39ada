import type { Tokens } from 'marked';
import { escapeHtml } from '#model';

/** At the end of a block, behind a space or by itself: figures alone are an exponent, unless there are as many as Obsidian makes. */
const MARK = /(?:^|\s)\^((?=[\da-z-]*[a-z]|\d{6})[\da-z-]{1,100})\s*$/i;

/** The words of a block, and the mark at its end by which `[[Title#^mark]]` leads there in Obsidian; nobody sees it. */
export function splitBlockMark(source: string): { words: string; place?: Tokens.HTML } {
  const found = MARK.exec(source);
  const mark = found?.[1];
  if (!found || mark === undefined) return { words: source };
  const text = `<span id="^${escapeHtml(mark)}"></span>`;
  return { words: source.slice(0, found.index), place: { type: 'html', raw: text, text, pre: false, block: false } };
}
