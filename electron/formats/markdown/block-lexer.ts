import type { TokenizerAndRendererExtension as Extension } from 'marked';
import { Lexer, Marked, type Token } from 'marked';

/** Blocks of a Markdown, in order. */
export interface Blocks {
  tokens: Token[];
  /** Their lines of text, to be read when all links in them can be looked up. */
  lines: Lexer['inlineQueue'];
  /** Where they end: UTF-16 code units of the Markdown. */
  end: number;
}

/** Reads the blocks of a Markdown, not the text in them, piece by piece. */
export interface BlockLexer {
  /** The links that were defined so far, by label, the first definition of each. */
  readonly links: Lexer['tokens']['links'];
  /** UTF-16 code units that are read. */
  readonly position: number;
  next(): Blocks;
  /** A label as links are looked up by it; `undefined` where it can be none. */
  labelOf(written: string): string | undefined;
}

/**
 * Reads `source`, whose lines end in `\n`, at a position at least `pieceAt` code units at once. marked itself finds where each block ends, with all that follows
 * before it, so that the blocks are those of the whole.
 */
export function createBlockLexer(source: string, pieceAt: (position: number) => number, extensions: readonly Extension[]): BlockLexer {
  let position = 0;
  let tokens: Token[] = [];
  const { defaults } = new Marked({
    gfm: true,
    extensions: [
      ...extensions,
      // The last one is asked first.
      {
        name: 'rest',
        level: 'block',
        // Asked before each block: takes all that is left when there are enough of them.
        tokenizer(rest, siblings) {
          if (siblings !== tokens || source.length - rest.length - position < pieceAt(position) || mayGrow(tokens.at(-1))) return undefined;
          return { type: 'rest', raw: rest };
        },
      },
    ],
  });
  const lexer = new Lexer(defaults);
  return {
    links: lexer.tokens.links,
    get position() {
      return position;
    },
    next() {
      tokens = [];
      // What a call that was cut off has left.
      lexer.inlineQueue = [];
      lexer.blockTokens(source.slice(position), tokens);
      const rest = tokens.at(-1)?.type === 'rest' ? tokens.pop() : undefined;
      const lines = lexer.inlineQueue;
      lexer.inlineQueue = [];
      position = source.length - (rest?.raw.length ?? 0);
      return { tokens, lines, end: position };
    },
    labelOf: (written) => lexer.options.tokenizer?.def(`[${written}]: x`)?.tag,
  };
}

/** Whether the next lines may still belong to a block, or are another one because they follow it. */
const mayGrow = (block: Token | undefined): boolean => block === undefined || block.type === 'paragraph' || block.type === 'text';
