import { Parser } from 'htmlparser2';

/** What an HTML file holds, without drawing it. */
export interface HtmlContent {
  /** Readable text: blocks are separated by newlines, white space is folded outside `<pre>`. */
  text: string;
  /** `<title>` and the first `<h1>`, as they are written. */
  title: string;
  heading: string;
  /** `lang` of `<html>`. */
  language: string | undefined;
  /** Contents of `<meta>` by lower-case `name`, `property` or `itemprop`, in the order of the file. */
  meta: ReadonlyMap<string, readonly string[]>;
  /** Sources of the JSON-LD scripts. */
  jsonLd: readonly string[];
}

export interface HtmlReader {
  write(piece: string): void;
  end(): HtmlContent;
}

/** UTF-16 code units to give to a reader at once: small, so that the work can be spread. */
export const HTML_PIECE = 16 * 1024;

/** The parser looks through all open elements at each closing tag; deeper than this a hostile file would stop it. */
const DEEPEST = 2000;

/** UTF-16 code units of JSON-LD that are looked at. */
const JSON_LD_LONGEST = 512 * 1024;

const unread = new Set(['script', 'style', 'template', 'noscript', 'title', 'iframe', 'object', 'svg', 'textarea', 'select']);

const blocks = new Set(
  (
    'address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre search section summary table tbody ' +
    'tfoot thead tr ul'
  ).split(' '),
);

/** Reads HTML piece by piece; broken markup is read as far as it goes. */
export function createHtmlReader(): HtmlReader {
  const text: string[] = [];
  const meta = new Map<string, string[]>();
  const jsonLd: string[] = [];
  let language: string | undefined;
  let title: string | undefined;
  let heading: string | undefined;
  /** Pieces of the `<title>`, `<h1>` or JSON-LD that is open. */
  let taken: { name: string; pieces: string[] } | undefined;
  let depth = 0;
  let preformatted = 0;
  let unreadDepth = 0;

  const finishTaken = () => {
    if (!taken) return;
    const content = taken.pieces.join('');
    if (taken.name === 'title') title ??= content;
    else if (taken.name === 'h1') heading ??= content;
    else if (content.length <= JSON_LD_LONGEST) jsonLd.push(content);
    taken = undefined;
  };

  /** Ends a line; more than one blank line is none. */
  const endLine = () => {
    if (text.at(-1) !== '\n' || text.at(-2) !== '\n') text.push('\n');
  };

  const open = (name: string, attributes: Record<string, string>) => {
    depth++;
    if (name === 'html') language ??= attributes['lang'] ?? attributes['xml:lang'];
    if (name === 'meta') addMeta(meta, attributes);
    const wanted =
      (name === 'title' && title === undefined) ||
      (name === 'h1' && heading === undefined) ||
      (name === 'script' && /^application\/ld\+json/i.test(attributes['type'] ?? ''));
    if (wanted && !taken && (unreadDepth === 0 || name === 'script')) taken = { name, pieces: [] };
    if (unread.has(name)) unreadDepth++;
    if (name === 'pre') preformatted++;
    if (blocks.has(name)) endLine();
    else if (name === 'td' || name === 'th') text.push('\t');
  };

  const close = (name: string) => {
    depth = Math.max(0, depth - 1);
    if (taken?.name === name) finishTaken();
    if (unread.has(name)) unreadDepth = Math.max(0, unreadDepth - 1);
    if (name === 'pre') preformatted = Math.max(0, preformatted - 1);
    if (blocks.has(name)) endLine();
  };

  const read = (piece: string) => {
    taken?.pieces.push(piece);
    if (unreadDepth === 0) text.push(preformatted > 0 ? piece : piece.replace(/[ \t\r\n\f]+/g, ' '));
  };

  const startParser = () => new Parser({ onopentag: open, onclosetag: close, ontext: read });
  let parser = startParser();

  return {
    write(piece) {
      // Begins afresh where no tag is cut in two.
      const cut = depth > DEEPEST ? piece.lastIndexOf('>') + 1 : 0;
      if (cut > 0) {
        parser.write(piece.slice(0, cut));
        parser.end();
        depth = 0;
        parser = startParser();
      }
      parser.write(piece.slice(cut));
    },
    end() {
      parser.end();
      finishTaken();
      return { text: tidy(text.join('')), title: title ?? '', heading: heading ?? '', language, meta, jsonLd };
    },
  };
}

/** The contents of a whole HTML text. */
export function readHtml(html: string): HtmlContent {
  const reader = createHtmlReader();
  for (let start = 0; start < html.length; start += HTML_PIECE) reader.write(html.slice(start, start + HTML_PIECE));
  return reader.end();
}

function addMeta(meta: Map<string, string[]>, attributes: Record<string, string>): void {
  const { content } = attributes;
  const name = attributes['name'] ?? attributes['property'] ?? attributes['itemprop'] ?? attributes['http-equiv'];
  if (!content?.trim() || !name) return;
  const key = name.trim().toLowerCase();
  meta.set(key, [...(meta.get(key) ?? []), content.trim()]);
}

/** No space at line ends, no lone space before a line, and at most one blank line at once. */
function tidy(text: string): string {
  const lines = text.split('\n').map((line) => (/^ \S/.test(line) ? line.slice(1) : line).trimEnd());
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
