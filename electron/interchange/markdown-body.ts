import { Marked, type Token } from 'marked';

/** A parser of our own: the options of marked's shared one belong to whoever set them. */
const markdown = new Marked({ gfm: true });

/** A block that stands by itself when everything before it is closed. */
const SENTINEL = 'lectern sentinel';

/** What ends the blocks that a blank line does not end (CommonMark 0.31, HTML blocks 1 to 5). */
const htmlEnds = ['-->', '?>', ']]>', '>', '</script>', '</pre>', '</style>', '</textarea>'];

/**
 * A note's body as written, followed where needed by the line that closes what it leaves open (a code fence, a
 * comment), so that what comes after it is not swallowed. A body that cannot be closed so, or that no parser takes in
 * good time, stands in a code fence longer than any of its own.
 */
export function closeBody(body: string): string {
  if (isTooDeep(body)) return fenceBody(body);
  // Nothing else stays open over a blank line, and most notes have none of it.
  if (!/```|~~~|<|%%/.test(body)) return body;
  const closed = ['', ...fenceEnds(body), ...htmlEnds].map((ending) => (ending === '' ? body : `${body}\n${ending}`)).find(isClosed);
  if (closed === undefined) return fenceBody(body);
  return hasOpenObsidianComment(closed) ? `${closed}\n%%` : closed;
}

/**
 * Whether Markdown nests deeper than people write: marked needs seconds for 1,500 levels of lists and overflows its
 * stack at 5,000 `>`.
 */
export const isTooDeep = (body: string): boolean =>
  /^([ \t]*([>*+-]|\d{1,9}[.)])){60}/m.test(body) || /^[ \t]{400}/m.test(body) || /[[*_!]{400}/.test(body);

const lex = (text: string): Token[] => markdown.lexer(text);

/** Whether a paragraph after `text` is read as a paragraph of its own. */
function isClosed(text: string): boolean {
  const last = lex(`${text}\n\n${SENTINEL}\n`).at(-1);
  return last?.type === 'paragraph' && last.raw.trim() === SENTINEL;
}

/** The fences in `body`, as they would be closed, the last one first. */
function fenceEnds(body: string): string[] {
  const fences = [...body.matchAll(/^ {0,3}(`{3,}|~{3,})/gm)].map(([, fence]) => fence ?? '');
  return [...new Set(fences.reverse())];
}

/** Obsidian hides everything after an odd `%%` outside of code. */
function hasOpenObsidianComment(body: string): boolean {
  let marks = 0;
  markdown.walkTokens(lex(body), (token) => {
    if (token.type === 'text' && !('tokens' in token && token.tokens)) marks += token.raw.split('%%').length - 1;
  });
  return marks % 2 === 1;
}

function fenceBody(body: string): string {
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}markdown\n${body}\n${fence}`;
}
