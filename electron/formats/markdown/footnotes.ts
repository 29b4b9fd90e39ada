import type { Token, TokensList } from 'marked';
import { escapeHtml } from '#model';
import type { Extension } from './extension';

type BlockTokens = Token[] | TokensList;

/** The footnotes of one document: read where they stand, drawn at its end. */
export interface Footnotes {
  extensions: Extension[];
  /** What stands at the end of the document; empty without footnotes. */
  html(parse: (tokens: BlockTokens) => string): string;
}

/** A label, as it stands in `[^label]`. */
const LABEL = '[^\\]\\s]{1,100}';
const DEFINED = new RegExp(`^ {0,3}\\[\\^(${LABEL})\\]:`, 'gm');
const REFERENCE = new RegExp(`^\\[\\^(${LABEL})\\](?!:)`);
/** The beginning of a definition, then lines that are indented or go on with its paragraph. */
const DEFINITION = new RegExp(
  `^ {0,3}\\[\\^(${LABEL})\\]:[ \\t]*([^\\n]*(?:\\n(?:(?:[ ]{2,}|\\t)[^\\n]*|[ \\t]*(?=\\n(?:[ \\t]*\\n)*(?: {2,}|\\t)\\S)|(?! {0,3}(?:\\[\\^|#{1,6}[ \\t]|\`{3}|~{3}|>|[-*+][ \\t]|\\d{1,9}[.)][ \\t]|\\|))[^\\s][^\\n]*))*)(?:\\n|$)`,
);

const keyOf = (label: string): string => label.toLowerCase();

/**
 * `[^label]` leads to what stands behind `[^label]:` anywhere in `source`; one that leads nowhere stays as it is written. `undoing` is told how what
 * was read of one is taken back.
 */
export function createFootnotes(source: string, undoing: (undo: () => void) => void): Footnotes {
  const defined = new Set([...source.matchAll(DEFINED)].map(([, label = '']) => keyOf(label)));
  const definitions = new Map<string, BlockTokens>();
  /** By label its number, and how often it is referred to, in the order of the first reference. */
  const references = new Map<string, number>();
  const numberOf = (key: string): number => [...references.keys()].indexOf(key) + 1;
  const reference: Extension = {
    name: 'footnote-reference',
    level: 'inline',
    tokenizer(text) {
      const [raw, label] = REFERENCE.exec(text) ?? [];
      if (raw === undefined || label === undefined || this.lexer.state.inLink || !defined.has(keyOf(label))) return undefined;
      return { type: 'footnote-reference', raw, label };
    },
    renderer({ label }) {
      const key = keyOf(label);
      const uses = (references.get(key) ?? 0) + 1;
      references.set(key, uses);
      undoing(() => (uses === 1 ? references.delete(key) : references.set(key, uses - 1)));
      const name = escapeHtml(encodeURIComponent(key));
      return `<sup><a href="#fn-${name}" id="fnref-${escapeHtml(key)}${uses === 1 ? '' : `-${uses}`}">[${numberOf(key)}]</a></sup>`;
    },
  };
  const definition: Extension = {
    name: 'footnote-definition',
    level: 'block',
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
    extensions: [reference, definition],
    html(parse) {
      if (definitions.size === 0) return '';
      // Notes may refer to notes: what is parsed may add to the references.
      const drawn = new Set<string>();
      let items = '';
      const draw = (key: string): void => {
        const tokens = definitions.get(key);
        if (!tokens || drawn.has(key)) return;
        drawn.add(key);
        const isReferred = references.has(key);
        const body = parse(tokens).trimEnd();
        const back = isReferred ? ` <a href="#fnref-${escapeHtml(encodeURIComponent(key))}">↩</a>` : '';
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
