import type { TokenizerAndRendererExtension as Extension } from 'marked';
import { Lexer, Marked, Parser, type RendererObject } from 'marked';
import { nameWithoutExtension, playedAs } from '#formats/list';
import { createHeadingNames, escapeHtml } from '#model';
import { isFilm } from '../html/media';
import { type Blocks, createBlockLexer } from './block-lexer';
import { raiseBlockMarks, splitBlockMark } from './block-marks';
import { callouts } from './callouts';
import { cjkEmphasis, hasCjk } from './cjk-emphasis';
import { createFootnotes, withoutFootnotes } from './footnotes';
import { inlineMarks } from './inline-marks';
import { extendedInlineText } from './inline-text';
import { type Definitions, findDefinitions } from './link-definitions';
import { math } from './math';
import { shortcodes, siteLink } from './shortcodes';
import { siteCode } from './site-code';
import { picture, player, readPictureWords, wikiLinks } from './wiki-links';

/** Markdown that becomes HTML block by block: what `next` gives, joined, is the HTML of the whole. */
export interface MarkdownHtml {
  /** UTF-16 code units of the HTML, reckoned by what there is of it. */
  readonly length: number;
  /** UTF-16 code units of the Markdown, its lines ended by `\n` each, that have become HTML. */
  readonly position: number;
  readonly isDone: boolean;
  /** The Markdown from a position on. */
  sourceFrom(position: number): string;
  /**
   * The HTML of the blocks that follow. Throws a RangeError when they are nested too deep; nothing comes after that. A call that was cut off in the
   * middle can be made again.
   */
  next(): string;
}

/** UTF-16 code units of Markdown that become HTML at once, where its blocks are no longer: what fills a screen, then some milliseconds each. */
const FIRST_PIECE = 8 * 1024;
const LONGEST_PIECE = 32 * 1024;
const usualPiece = (position: number): number => Math.min(LONGEST_PIECE, FIRST_PIECE + position);

/** Takes back what a piece has left behind for those after it. */
type Undo = () => void;

export interface MarkdownHtmlOptions {
  /** How many code units of Markdown become HTML at once at a position. */
  pieceAt?: (position: number) => number;
  /** What else is read, beside what all Markdown has. */
  further?: readonly Extension[];
  /** A footnote is reached by a link; where nothing follows links within the text, its number alone is shown. */
  areFootnotesLinked?: boolean;
  /** Code as HTML with its parts apart; `undefined` where they are not known. */
  colourCode?: (code: string, language: string) => string | undefined;
}

/**
 * GitHub-flavoured Markdown as HTML, with formulas, footnotes, and what Obsidian has beside it; headings named as GitHub names them. It is drawn through the allow-list of `drawPage`. A link may be
 * defined anywhere in a document: where one might be, the blocks up to there are looked at before.
 */
export function createMarkdownHtml(
  markdown: string,
  { pieceAt = usualPiece, further = [], colourCode, areFootnotesLinked = true }: MarkdownHtmlOptions = {},
): MarkdownHtml {
  const source = markdown.replace(/\r\n?/g, '\n');
  const unfinished: Undo[] = [];
  const undoing = (undo: Undo): void => void unfinished.push(undo);
  const footnotes = createFootnotes(source, { undoing, areLinked: areFootnotesLinked });
  const extensions = [...math, wikiLinks, callouts, siteLink, ...shortcodes, siteCode, ...footnotes.extensions, ...inlineMarks, ...further];
  const blocks = createBlockLexer(source, pieceAt, extensions);
  /** What was read only to find a definition in it. */
  const ahead: Blocks[] = [];
  const nameOf = createHeadingNames(undoing);
  const renderer: RendererObject = {
    heading({ tokens, depth, text }) {
      return `<h${depth} id="${nameOf(withoutFootnotes(text))}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    code({ text, lang = '' }) {
      const coloured = colourCode?.(text, /^\S*/.exec(lang)?.[0].toLowerCase() ?? '');
      return coloured === undefined ? false : `<pre><code>${coloured}\n</code></pre>\n`;
    },
    image({ href, title, text, tokens }) {
      const { alt = nameWithoutExtension(href), width } = readPictureWords(
        tokens ? this.parser.parseInline(tokens, this.parser.textRenderer) : text,
      );
      const address = escapeHtml(encodeURI(href.toWellFormed()).replaceAll('%25', '%'));
      // As Obsidian has it, and others.
      if (isFilm(href)) return `<iframe src="${address}" title="${escapeHtml(title ?? alt)}"></iframe>`;
      return playedAs(href.replace(/[?#].*$/s, ''))
        ? player(address, title ?? (alt || nameWithoutExtension(href)))
        : picture({ address, alt, width, title });
    },
    // Documents bring no form controls; the box is a character.
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  };
  const marked = new Marked({ gfm: true, renderer, extensions, tokenizer: { inlineText: extendedInlineText } });
  if (hasCjk(source)) marked.use(cjkEmphasis);
  const options = marked.defaults;
  // A lexer of its own, because one may look for a definition while the other is in the middle of a line.
  const inlines = new Lexer(options);
  const parser = new Parser(options);
  let definitions: Definitions | undefined;
  let position = 0;
  let length = 0;
  /** What is becoming HTML, and how much was in each of its lines at first: the box of a task. */
  let current: (Blocks & { filled: readonly number[] }) | undefined;

  /** Reads on until it is known whether, and as what, a label is defined. */
  function lookUp(label: string): void {
    if (label in blocks.links || blocks.position === source.length) return;
    definitions ??= findDefinitions(source, blocks.labelOf);
    for (;;) {
      const at = definitions.nextOf(label, blocks.position);
      if (at === undefined || label in blocks.links) return;
      while (blocks.position <= at) ahead.push(blocks.next());
    }
  }

  inlines.tokens.links = new Proxy(blocks.links, {
    get(links, label: string) {
      lookUp(label);
      return links[label];
    },
    getOwnPropertyDescriptor(links, label: string) {
      lookUp(label);
      return Reflect.getOwnPropertyDescriptor(links, label);
    },
  });

  return {
    get length() {
      return length + source.length - position;
    },
    get position() {
      return position;
    },
    get isDone() {
      return position === source.length;
    },
    sourceFrom: (start) => source.slice(start),
    next() {
      // The last call was cut off: it is as if it had not been.
      for (const undo of unfinished.splice(0).reverse()) undo();
      current ??= begin(ahead.shift() ?? blocks.next());
      const { tokens, lines, end, filled } = current;
      for (const [index, line] of lines.entries()) {
        line.tokens.length = filled[index] ?? 0;
        // What a line left open ends with it; an open `<a>` goes on, as marked has it.
        inlines.state.inRawBlock = false;
        const { words, place } = splitBlockMark(line.src);
        if (place) line.tokens.push(place);
        inlines.inlineTokens(words, line.tokens);
      }
      const body = parser.parse(tokens);
      const html = end === source.length ? body + footnotes.html((each) => parser.parse(each)) : body;
      unfinished.length = 0;
      current = undefined;
      position = end;
      length += html.length;
      return html;
    },
  };
}

function begin(blocks: Blocks) {
  raiseBlockMarks(blocks.tokens);
  return { ...blocks, filled: blocks.lines.map(({ tokens }) => tokens.length) };
}

/** All of a Markdown as HTML. Throws a RangeError when it is nested too deep. */
export const markdownToHtml = (markdown: string, options: MarkdownHtmlOptions = {}): string =>
  createMarkdownHtml(markdown, { ...options, pieceAt: () => Number.POSITIVE_INFINITY }).next();
