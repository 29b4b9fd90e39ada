import { beginsHunk, isInHunk, isQuoted, type Line, type Segment, shapeChunk } from './shapes';

/**
 * What a stretch of a plain text is: `verse` keeps its lines in the reading face, `preformatted` in a monospaced one, `rule` is
 * a line of `===` or `* * *`, `quoted` what a mail answers, `page-break` the foot and the head of printed pages, which are not drawn, `separator` the
 * white space between blocks. In all others the author's line breaks flow.
 */
export type BlockKind =
  | 'header'
  | 'paragraph'
  | 'heading'
  | 'list-item'
  | 'preformatted'
  | 'verse'
  | 'rule'
  | 'quoted'
  | 'page-break'
  | 'separator';

/** A stretch of a plain text, in UTF-16 code units. */
export interface Block {
  kind: BlockKind;
  start: number;
  end: number;
  /** Of a heading 1 to 6, of a list item its nesting from 1. */
  level?: number;
  /** It goes on where the block before was cut only for its length. */
  continued?: boolean;
}

/** Longer blocks (code units) are cut: Chromium lays a block out as a whole. */
const MAX_BLOCK = 20_000;
/** A cut is sought from here on, so that pieces do not get small. */
const MIN_PIECE = 12_000;

/** The blocks of `text`, in order, without gap or overlap. `header` is drawn hidden. */
export const parsePlainText = (text: string, header: { start: number; end: number }): Block[] => [...plainTextBlocks(text, header)];

/** So many lines of a mail that is answered are folded in a text of which nothing else is known. */
const FOLDED_QUOTE = 8;

/** As `parsePlainText`, block by block, so that drawing can begin with the first. In a mail all is folded that it quotes, wherever that stands, and its first line is no title. */
export function* plainTextBlocks(text: string, header: { start: number; end: number }, isMail = false): Generator<Block> {
  let drawn = header.end;
  if (drawn > 0) yield { kind: 'header', start: 0, end: drawn };
  for (const segment of segmentsOf(text, drawn, isMail)) {
    if (segment.start > drawn) yield { kind: 'separator', start: drawn, end: segment.start };
    yield* cutLong(text, segment);
    drawn = segment.end;
  }
  if (drawn < text.length) yield { kind: 'separator', start: drawn, end: text.length };
}

function* segmentsOf(text: string, from: number, isMail: boolean): Generator<Segment> {
  const foldedQuote = isMail ? 1 : FOLDED_QUOTE;
  let widest = 0;
  let before: Line | undefined;
  let chunk: Line[] | undefined;
  for (const next of chunksOf(text, from, isMail)) {
    if (chunk) yield* shapeChunk(text, chunk, { before, after: next[0], widest, foldedQuote, isMail });
    before = chunk?.at(-1);
    if (next.length > 2) widest = Math.max(widest, ...next.slice(0, 40).map(({ start, end }) => (end - start > 120 ? 0 : end - start)));
    chunk = next;
  }
  if (chunk) yield* shapeChunk(text, chunk, { before, after: undefined, widest, foldedQuote, isMail });
}

/** Lines that no blank line parts but one of a patch, nor where a quote begins or ends. CRLF, CR and LF all end a line. */
function* chunksOf(text: string, from: number, partsQuotes: boolean): Generator<Line[]> {
  const lineEnd = lineEnds(text);
  let chunk: Line[] = [];
  let inHunk = false;
  for (let start = from; start < text.length; ) {
    const end = lineEnd(start);
    let first = start;
    while (first < end && isSpace(text.charCodeAt(first))) first += 1;
    const line = { start, first, end };
    const last = chunk.at(-1);
    if (partsQuotes && first < end && last && isQuoted(text, last) !== isQuoted(text, line)) {
      yield chunk;
      chunk = [];
    }
    start = end + (text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? 2 : 1);
    if (first < end) {
      chunk.push(line);
      inHunk = beginsHunk(text, line) || (inHunk && chunk.length > 1 && isInHunk(text, line.start));
    } else if (chunk.length > 0 && !(inHunk && isInHunk(text, start))) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

/** Gives the end of the line that begins at an offset. Each kind of line break is sought once and not again before it is passed. */
function lineEnds(text: string): (start: number) => number {
  let feed = -1;
  let carriage = -1;
  const seek = (what: string, start: number): number => {
    const at = text.indexOf(what, start);
    return at === -1 ? text.length : at;
  };
  return (start) => {
    if (feed < start) feed = seek('\n', start);
    if (carriage < start) carriage = seek('\r', start);
    return Math.min(feed, carriage);
  };
}

/** Blank for a reader: tab, vertical tab, form feed, space, no-break space, BOM. The ideographic space is left as a mark of indentation. */
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 12) || code === 0xa0 || code === 0xfeff;

function* cutLong(text: string, segment: Segment): Generator<Block> {
  const keepsLines = segment.kind === 'preformatted' || segment.kind === 'verse' || segment.kind === 'quoted';
  let { start } = segment;
  while (segment.end - start > MAX_BLOCK) {
    const end = start + cutAt(text.slice(start, start + MAX_BLOCK), keepsLines);
    yield start === segment.start ? { ...segment, end } : { ...segment, start, end, continued: true };
    start = end;
  }
  yield start === segment.start ? segment : { ...segment, start, continued: true };
}

/** Where to cut `piece`: after its last line, sentence or word, else between two characters. */
function cutAt(piece: string, keepsLines: boolean): number {
  if (keepsLines) {
    const line = piece.lastIndexOf('\n');
    if (line >= MIN_PIECE) return line + 1;
  }
  let word = 0;
  for (let at = piece.length; at > MIN_PIECE; at -= 1) {
    if (/[。！？]/.test(piece.charAt(at - 1)) && !/[”’」』）]/.test(piece.charAt(at))) return at;
    if (!/\s/.test(piece.charAt(at - 1))) continue;
    if (/[.!?…]["'”’)\]]*\s+$/.test(piece.slice(at - 6, at))) return at;
    word ||= at;
  }
  if (word > 0) return word;
  let at = piece.length;
  while (at > MIN_PIECE && !isBoundary(piece, at)) at -= 1;
  return at > MIN_PIECE ? at : piece.length;
}

/**
 * Whether a character can begin at `at`: what is after the cut is not known, so the last character of the piece stays with it
 * only when something follows it that is neither its low surrogate nor a mark on it.
 */
const isBoundary = (piece: string, at: number): boolean =>
  at < piece.length && !/^[\udc00-\udfff\p{M}]|^\u200d/u.test(piece.charAt(at)) && piece.charAt(at - 1) !== '\u200d';
