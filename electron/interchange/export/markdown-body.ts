import type { Marked } from 'marked';
import { createMarkdown, parseNote } from './note-markdown';

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
  // Nothing else stays open over a blank line, and most notes have none of it.
  const isSimple = !/```|~~~|<|%%/.test(body);
  return parseNote(body, () => (isSimple ? body : closeMarkdown(body))) ?? fenceBody(body);
}

function closeMarkdown(body: string): string | undefined {
  const markdown = createMarkdown();
  const closed = ['', ...fenceEnds(body), ...htmlEnds]
    .map((ending) => (ending === '' ? body : `${body}\n${ending}`))
    .find((text) => isClosed(markdown, text));
  if (closed === undefined) return undefined;
  return hasOpenObsidianComment(markdown, closed) ? `${closed}\n%%` : closed;
}

/** Whether a paragraph after `text` is read as a paragraph of its own. */
function isClosed(markdown: Marked, text: string): boolean {
  const last = markdown.lexer(`${text}\n\n${SENTINEL}\n`).at(-1);
  return last?.type === 'paragraph' && last.raw.trim() === SENTINEL;
}

/** The fences in `body`, as they would be closed, the last one first. */
function fenceEnds(body: string): string[] {
  const fences = [...body.matchAll(/^ {0,3}(`{3,}|~{3,})/gm)].map(([, fence]) => fence ?? '');
  return [...new Set(fences.reverse())];
}

/** Obsidian hides everything after an odd `%%` outside of code. */
function hasOpenObsidianComment(markdown: Marked, body: string): boolean {
  let marks = 0;
  markdown.walkTokens(markdown.lexer(body), (token) => {
    if (token.type === 'text' && !('tokens' in token && token.tokens)) marks += token.raw.split('%%').length - 1;
  });
  return marks % 2 === 1;
}

function fenceBody(body: string): string {
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}markdown\n${body}\n${fence}`;
}
