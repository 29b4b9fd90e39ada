import type { TokenizerAndRendererExtension as Extension, Token } from 'marked';
import type { CalloutLook } from '#model';

/** GitHub's alerts and Obsidian's callouts, each with how it looks. */
const KINDS: Readonly<Record<string, CalloutLook>> = {
  note: 'note',
  info: 'note',
  abstract: 'note',
  summary: 'note',
  tldr: 'note',
  todo: 'note',
  example: 'note',
  tip: 'tip',
  hint: 'tip',
  success: 'tip',
  check: 'tip',
  done: 'tip',
  important: 'important',
  question: 'important',
  help: 'important',
  faq: 'important',
  warning: 'warning',
  attention: 'warning',
  caution: 'caution',
  danger: 'caution',
  error: 'caution',
  bug: 'caution',
  failure: 'caution',
  fail: 'caution',
  missing: 'caution',
  quote: 'quote',
  cite: 'quote',
};

const FIRST_LINE = /^ {0,3}> ?\[!([a-z][\w-]{0,40})\]([+-]?)[ \t]*([^\n]*)(?:\n|$)/i;
const FURTHER_LINES = /(?: {0,3}>[^\n]*(?:\n|$))+/y;
/** A line that begins no other block, so that it goes on with a paragraph above it. */
const LAZY_LINE =
  /(?! {0,3}(?:>|#{1,6}(?:[ \t]|$)|`{3}|~{3}|[-*+](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|<|\||\[\^|=+[ \t]*$|\$\$|(?:[-*_][ \t]*){3,}$))[ \t]*[^\s][^\n]*(?:\n|$)/my;
/** A line of a quotation that is one of a paragraph, whether or not in a list: not of code, a table or a heading. */
const OF_PARAGRAPH = /^ {0,3}> ?(?! {4}| {0,3}(?:#{1,6}(?:[ \t]|$)|`{3}|~{3}|\||\$\$|(?:[-*_][ \t]*){3,}$))[^\n]*[^\s>][^\n]*$/;
const FENCE = /^ {0,3}> ?[ \t>]*(?:`{3}|~{3})/;

/** `> [!note] Title`: a quotation that is a remark. With `-` or `+` behind its kind it can be folded. */
export const callouts: Extension = {
  name: 'callout',
  level: 'block',
  tokenizer(source) {
    const [line, kind, fold = '', title = ''] = FIRST_LINE.exec(source) ?? [];
    if (line === undefined || kind === undefined) return undefined;
    const further = linesOf(source, line.length);
    const titleTokens: Token[] = [];
    this.lexer.inline(title.trim() || named(kind), titleTokens);
    return {
      type: 'callout',
      raw: line + further,
      look: KINDS[kind.toLowerCase()] ?? 'note',
      fold,
      titleTokens,
      tokens: this.lexer.blockTokens(further.replace(/^ {0,3}> ?/gm, ''), []),
    };
  },
  renderer({ look, fold, titleTokens, tokens = [] }) {
    const title = this.parser.parseInline(titleTokens);
    const body = this.parser.parse(tokens);
    const inner =
      fold === ''
        ? `<lectern-callout-title>${title}</lectern-callout-title>\n${body}`
        : `<details${fold === '+' ? ' open' : ''}><summary>${title}</summary>\n${body}</details>`;
    return `<lectern-callout kind="${look}">${inner}</lectern-callout>\n`;
  },
};

/** The lines of a quotation from `start` on, and those that go on with its last paragraph without its sign (CommonMark's lazy continuation). */
function linesOf(source: string, start: number): string {
  let end = start;
  let isInFence = false;
  for (;;) {
    FURTHER_LINES.lastIndex = end;
    const [quoted = ''] = FURTHER_LINES.exec(source) ?? [];
    end += quoted.length;
    const lines = quoted.trimEnd().split('\n');
    if (lines.filter((each) => FENCE.test(each)).length % 2 === 1) isInFence = !isInFence;
    const isOpen = end === start || OF_PARAGRAPH.test(lines.at(-1) ?? '');
    if (isInFence || !isOpen) return source.slice(start, end);
    const before = end;
    for (LAZY_LINE.lastIndex = end; ; end = LAZY_LINE.lastIndex) if (!LAZY_LINE.test(source)) break;
    if (end === before) return source.slice(start, end);
  }
}

/** A kind as a title: "Note", "See also". */
function named(kind: string): string {
  const words = kind.toLowerCase().replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
