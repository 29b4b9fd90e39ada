/**
 * What makes a stretch bold, italic, struck through, marked or code; of what begins so and does not end nothing is taken. Here and below, what is
 * longer than a few lines is left as it is: looking for each end as far as the text goes would take seconds where many begin.
 */
const PAIRS = /(\*{1,3}|~~|==|`+|(?<![\p{L}\p{N}_])_{1,3})(?=\S)(?:[^\n]{0,400}?[^\s\\])?\1(?![*`~=]|(?<=_)[\p{L}\p{N}_])/gu;
/** A heading's signs, and those of a quotation. */
const BEGINNINGS = /^ {0,3}(?:#{1,6}[ \t]+|(?:>[ \t]?)+)/gm;
const FENCES = /^ {0,3}(?:`{3,}|~{3,})[^\n`]*\n?/gm;
const LINKS = /(!?\[)([^\]\n]{0,400})(\]\([^)\n]{0,2000}\))/g;
const WIKI_LINKS = /(!?\[\[)([^\]\n]{1,400})(\]\])/g;

/** Most notes have none. */
const HAS_MARKS = /[*_~=`#>[]/;

/** How deep bold in italic in bold is looked for. */
const DEPTH = 3;

/**
 * A Markdown text as it reads: without the signs that are not drawn. By patterns, for a passage of a list; what is drawn as a note is read
 * by its format.
 */
export function withoutMarks(markdown: string): string {
  if (!HAS_MARKS.test(markdown)) return markdown;
  const hidden = new Uint8Array(markdown.length);
  const hide = (start: number, end: number) => hidden.fill(1, start, end);
  for (const pattern of [FENCES, BEGINNINGS]) for (const { 0: mark, index } of markdown.matchAll(pattern)) hide(index, index + mark.length);
  for (const pattern of [WIKI_LINKS, LINKS])
    for (const { 0: whole, 1: before = '', 3: after = '', index } of markdown.matchAll(pattern)) {
      hide(index, index + before.length);
      hide(index + whole.length - after.length, index + whole.length);
    }
  hidePairs(markdown, 0, markdown.length, DEPTH, hide);
  let text = '';
  for (let at = 0; at < markdown.length; at += 1) if (hidden[at] === 0) text += markdown.charAt(at);
  return text;
}

function hidePairs(markdown: string, from: number, to: number, depth: number, hide: (start: number, end: number) => void): void {
  if (depth === 0) return;
  for (const { 0: whole, 1: mark = '', index } of markdown.slice(from, to).matchAll(PAIRS)) {
    const [start, end] = [from + index, from + index + whole.length];
    hide(start, start + mark.length);
    hide(end - mark.length, end);
    // Within code, signs are signs.
    if (!mark.startsWith('`')) hidePairs(markdown, start + mark.length, end - mark.length, depth - 1, hide);
  }
}

/**
 * A line that opens twelve quotes or list items within one another, or is indented like the thirtieth level of a list. A rule (`* * *`) is
 * none, however long.
 */
const DEEP_LINE = /^(?![ \t]*([*-])(?:[ \t]*\1)*[ \t]*$)(?:[ \t]*(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){12}|^[ \t]{60}/m;

/** Whether Markdown is nested deeper than anyone writes: parsers take time that grows faster than the depth, and then all of the stack. */
export const isNestedTooDeep = (markdown: string): boolean => DEEP_LINE.test(markdown);
