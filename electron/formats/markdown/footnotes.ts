import type { TokenizerAndRendererExtension as Extension, Token, TokensList } from 'marked';
import { escapeHtml } from '#model';

type BlockTokens = Token[] | TokensList;

/** The footnotes of one document: read where they stand, drawn at its end. */
export interface Footnotes {
  extensions: Extension[];
  /** What stands at the end of the document; empty without footnotes. */
  html(parse: (tokens: BlockTokens) => string): string;
}

/** A label, as it stands in `[^label]`. */
const LABEL = '[^\\]\\s]{1,100}';
const DEFINED = new RegExp(`^ {0,3}\\[\\^(${LABEL})\\]:`);
const REFERENCE = new RegExp(`^\\[\\^(${LABEL})\\]`);
/** A definition in the lines of a paragraph, which it ends. */
const NEXT_DEFINED = new RegExp(`\\n {0,3}\\[\\^${LABEL}\\]:`);
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** UTF-16 code units of a paragraph in which a definition is looked for. */
const PARAGRAPH = 20_000;
/** The beginning of a definition, then lines that are indented or go on with its paragraph. */
const DEFINITION = new RegExp(
  `^ {0,3}\\[\\^(${LABEL})\\]:[ \\t]*([^\\n]*(?:\\n(?:(?:[ ]{2,}|\\t)[^\\n]*|[ \\t]*(?=\\n(?:[ \\t]*\\n)*(?: {2,}|\\t)\\S)|(?! {0,3}(?:\\[\\^|#{1,6}[ \\t]|\`{3}|~{3}|>|[-*+][ \\t]|\\d{1,9}[.)][ \\t]|\\|))[^\\s][^\\n]*))*)(?:\\n|$)`,
);

const keyOf = (label: string): string => label.toLowerCase();
const addressOf = (key: string): string => escapeHtml(encodeURIComponent(key.toWellFormed()));

/** UTF-16 code units of a footnote that stands in its line. */
const LONGEST_IN_LINE = 2_000;

/** `^[Words]` at the beginning of a text, whose words may have brackets in them, in pairs; `undefined` where there is none. */
function footnoteInLine(text: string): string | undefined {
  if (!/^\^\[(?!\s*\])/.test(text)) return undefined;
  let open = 0;
  for (let at = 1; at < text.length && at < LONGEST_IN_LINE; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '[') open += 1;
    else if (text[at] === ']' && --open === 0) return text.slice(0, at + 1);
  }
  return undefined;
}

/** The text of a heading without the signs of its footnotes, which are no part of its name. */
export const withoutFootnotes = (text: string): string => text.replace(new RegExp(`\\[\\^${LABEL}\\]`, 'g'), '');

/** The labels that are defined, but for what stands in fences. */
function labelsIn(source: string): Set<string> {
  const labels = new Set<string>();
  let fence: string | undefined;
  for (const line of source.split('\n')) {
    const [, opened] = FENCE.exec(line) ?? [];
    if (opened !== undefined && fence === undefined) fence = opened;
    else if (opened !== undefined && fence !== undefined && opened.startsWith(fence)) fence = undefined;
    else if (fence === undefined) {
      const [, label] = DEFINED.exec(line) ?? [];
      if (label !== undefined) labels.add(keyOf(label));
    }
  }
  return labels;
}

interface FootnoteOptions {
  /** Told how what was read of a footnote is taken back. */
  undoing(undo: () => void): void;
  /** Links lead there and back. */
  areLinked: boolean;
}

/**
 * `[^label]` leads to what stands behind `[^label]:` anywhere in `source`; one that leads nowhere stays as it is written. `^[Words]` has its words with it,
 * as Pandoc and Obsidian have them.
 */
export function createFootnotes(source: string, { undoing, areLinked }: FootnoteOptions): Footnotes {
  const defined = source.includes('[^') ? labelsIn(source) : new Set<string>();
  const definitions = new Map<string, BlockTokens>();
  /** By label its number, in the order of the first reference, and how often it is referred to. */
  const references = new Map<string, { number: number; uses: number }>();
  const reference: Extension = {
    name: 'footnote-reference',
    level: 'inline',
    tokenizer(text) {
      const [raw, label] = REFERENCE.exec(text) ?? [];
      if (raw === undefined || label === undefined || this.lexer.state.inLink || !defined.has(keyOf(label))) return undefined;
      return { type: 'footnote-reference', raw, label };
    },
    renderer: ({ label }) => refer(keyOf(label)),
  };
  const inLine: Extension = {
    name: 'footnote-in-line',
    level: 'inline',
    tokenizer(text) {
      const raw = this.lexer.state.inLink ? undefined : footnoteInLine(text);
      return raw === undefined ? undefined : { type: 'footnote-in-line', raw, tokens: this.lexer.inlineTokens(raw.slice(2, -1)) };
    },
    renderer({ raw, tokens = [] }) {
      let key = `in-line-${references.size + 1}`;
      while (defined.has(key)) key += '-';
      definitions.set(key, [{ type: 'paragraph', raw, tokens }]);
      undoing(() => definitions.delete(key));
      return refer(key);
    },
  };
  function refer(key: string): string {
    const before = references.get(key);
    const { number, uses } = { number: before?.number ?? references.size + 1, uses: (before?.uses ?? 0) + 1 };
    references.set(key, { number, uses });
    undoing(() => (before ? references.set(key, before) : references.delete(key)));
    if (!areLinked) return `<sup>[${number}]</sup>`;
    const id = `fnref-${escapeHtml(key)}${uses === 1 ? '' : `-${uses}`}`;
    return `<sup><a href="#fn-${addressOf(key)}" id="${id}">[${number}]</a></sup>`;
  }
  const definition: Extension = {
    name: 'footnote-definition',
    level: 'block',
    start(text) {
      const end = text.indexOf('\n\n');
      const at = text.slice(0, end === -1 ? PARAGRAPH : Math.min(end, PARAGRAPH)).search(NEXT_DEFINED);
      return at === -1 ? undefined : at + 1;
    },
    tokenizer(text) {
      const [raw, label, written = ''] = DEFINITION.exec(text) ?? [];
      if (raw === undefined || label === undefined) return undefined;
      const content = written.replace(/^(?: {1,4}|\t)/gm, '');
      return { type: 'footnote-definition', raw, label, tokens: this.lexer.blockTokens(content, []) };
    },
    renderer({ label, tokens = [] }) {
      if (definitions.has(keyOf(label))) return this.parser.parse(tokens);
      definitions.set(keyOf(label), tokens);
      undoing(() => definitions.delete(keyOf(label)));
      return '';
    },
  };
  return {
    extensions: [reference, inLine, definition],
    html(parse) {
      if (definitions.size === 0) return '';
      // Notes may refer to notes: what is parsed may add to the references.
      const drawn = new Set<string>();
      let items = '';
      const draw = (key: string): void => {
        const tokens = definitions.get(key);
        if (!tokens || drawn.has(key)) return;
        drawn.add(key);
        const isReferred = references.has(key) && areLinked;
        const body = parse(tokens).trimEnd();
        const back = isReferred ? ` <a href="#fnref-${addressOf(key)}">↩</a>` : '';
        const inner = body.endsWith('</p>') ? `${body.slice(0, -'</p>'.length)}${back}</p>` : `${body}${back}`;
        items += `<li id="fn-${escapeHtml(key)}">${inner}</li>\n`;
      };
      for (let before = -1; before !== drawn.size; ) {
        before = drawn.size;
        for (const key of [...references.keys()]) draw(key);
      }
      // Those that nothing refers to are words of the author all the same.
      for (const key of definitions.keys()) draw(key);
      return `<lectern-footnotes><ol>\n${items}</ol></lectern-footnotes>\n`;
    },
  };
}
