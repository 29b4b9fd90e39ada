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
const FURTHER_LINES = /^(?: {0,3}>[^\n]*(?:\n|$))+/;

/** `> [!note] Title`: a quotation that is a remark. With `-` or `+` behind its kind it can be folded. */
export const callouts: Extension = {
  name: 'callout',
  level: 'block',
  tokenizer(source) {
    const [line, kind, fold = '', title = ''] = FIRST_LINE.exec(source) ?? [];
    if (line === undefined || kind === undefined) return undefined;
    const [further = ''] = FURTHER_LINES.exec(source.slice(line.length)) ?? [];
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

/** A kind as a title: "Note", "See also". */
function named(kind: string): string {
  const words = kind.toLowerCase().replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
