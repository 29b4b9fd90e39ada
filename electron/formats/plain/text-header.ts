import type { DocumentMetadata } from '#model';
import { readDate } from '../dates';
import { decodeWords } from './encoded-words';

/** The header of a plain text: a range of it in UTF-16 code units, empty where it has none, and what that says. */
export interface TextHeader {
  header: { start: number; end: number };
  metadata: DocumentMetadata;
}

/** UTF-16 code units in which a header is looked for. */
const LONGEST = 64 * 1024;

const NONE: TextHeader = { header: { start: 0, end: 0 }, metadata: {} };

/** What a plain text says of itself at its top: a date line, the preface of Project Gutenberg, the front page of an RFC, the header of a mail, lines such as `Title: …`. */
export function readTextHeader(text: string): TextHeader {
  const top = text.slice(0, LONGEST);
  return readDateLine(top) ?? readGutenberg(top) ?? readRfc(top) ?? readFields(top) ?? NONE;
}

/** A text that begins with `date 2021-12-03 ` or a line `Date: 2021-12-03`. The header ends where the text's own first line begins. */
function readDateLine(top: string): TextHeader | undefined {
  const line = /^\s*date (\d{4}-\d{2}-\d{2})(?:\s+|$)/.exec(top) ?? /^\s*date:[ \t]*(\d{4}-\d{2}-\d{2})[ \t]*(?:$|[\r\n]\s*)/i.exec(top);
  const date = readDate(line?.[1]);
  if (!line || !date) return undefined;
  const [header] = line;
  // More such lines are a header of their own.
  if (header.includes(':') && FIELD.test(lineAt(top, header.length))) return undefined;
  const afterDate = header.slice(header.indexOf(date) + date.length);
  const breakAt = Math.max(afterDate.lastIndexOf('\n'), afterDate.lastIndexOf('\r'));
  return { header: { start: 0, end: breakAt >= 0 ? header.length - (afterDate.length - breakAt - 1) : header.length }, metadata: { date } };
}

const lineAt = (text: string, start: number): string => /[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';

/** The preface of an e-book of Project Gutenberg, to the line that says that the book begins. */
function readGutenberg(top: string): TextHeader | undefined {
  if (!/project gutenberg/i.test(top.slice(0, 2000))) return undefined;
  const start = /^\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG[^\n]*?\*{3}[^\S\n]*(?:\n\s*\n|$)/im.exec(top);
  if (!start) return undefined;
  const fields = fieldsOf(top.slice(0, start.index));
  const metadata = { title: fields.get('title'), author: fields.get('author'), date: readDate(fields.get('release date')) };
  return { header: { start: 0, end: start.index + start[0].length }, metadata };
}

/** The title of an RFC: what stands by itself below the lines on who wrote it. All of it is drawn. */
function readRfc(top: string): TextHeader | undefined {
  const [front, title] = top
    .slice(0, 4000)
    .split(/\r?\n[^\S\n]*\r?\n/)
    .map((chunk) => chunk.trim())
    .filter((chunk) => chunk !== '');
  const number = /^Request for Comments: *(\d+)/m.exec(front ?? '')?.[1];
  return number && title ? { ...NONE, metadata: { title: `RFC ${number}: ${title.replace(/\s+/g, ' ')}` } } : undefined;
}

const FIELD = /^([A-Za-z][A-Za-z-]*(?: [A-Za-z]+)?):(?:[ \t]+|$)(.*)$/;

/** Names of which two make lines at the top of a text its header. */
const KNOWN = new Set([
  ...['from', 'to', 'cc', 'subject', 'date', 'sent', 'reply-to', 'message-id', 'received', 'return-path', 'newsgroups', 'organization'],
  ...['title', 'author', 'authors', 'language', 'published', 'created', 'source', 'keywords', 'tags', 'mime-version', 'content-type'],
]);

/** The header of a mail or of notes: lines `Name: value` at the top and then a blank one. One whose date is none, or which is all there is, is left where it can be read. */
function readFields(top: string): TextHeader | undefined {
  const block = /^\s*(?:From \S+@\S+[^\n]*\n)?((?:[^\S\r\n]*\S[^\r\n]*(?:\r\n|\n|\r|$))+)[^\S\r\n]*(?:\r\n|\n|\r|$)/.exec(top);
  const lines = block?.[1]?.trimEnd().split(/\r\n|\n|\r/);
  if (!block || !lines?.every((line, index) => FIELD.test(line) || (index > 0 && /^[ \t]/.test(line)))) return undefined;
  const fields = fieldsOf(lines.join('\n'));
  if ([...fields.keys()].filter((name) => KNOWN.has(name)).length < 2) return undefined;
  const stated = fields.get('date') ?? fields.get('sent') ?? fields.get('published') ?? fields.get('created');
  const date = readDate(stated);
  const metadata = {
    title: fields.get('title') ?? fields.get('subject'),
    author: fields.get('author') ?? fields.get('authors') ?? senderOf(fields.get('from')),
    language: fields.get('language'),
    date,
  };
  const isWhole = top.slice(block[0].length).trim() === '';
  const end = isWhole || (stated !== undefined && date === undefined) ? 0 : block[0].length;
  return { header: { start: 0, end }, metadata };
}

/** The values of `Name: value` lines by name in lower case, the first of each; lines that are indented go on from those above them. */
function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  let last: string | undefined;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const field = FIELD.exec(line);
    const name = field?.[1]?.toLowerCase();
    if (name !== undefined) {
      last = fields.has(name) ? undefined : name;
      if (last !== undefined) fields.set(last, field?.[2]?.trim() ?? '');
    } else if (last !== undefined && /^[ \t]+\S/.test(line)) fields.set(last, `${fields.get(last)} ${line.trim()}`);
    else last = undefined;
  }
  return new Map([...fields].flatMap(([name, value]) => (value === '' ? [] : [[name, decodeWords(value)]])));
}

/** The name in `Ann <ann@example.org>` or `ann@example.org (Ann)`, else all of it. */
const senderOf = (from: string | undefined): string | undefined =>
  (/^"?([^"<]*?)"?\s*<[^>]*>/.exec(from ?? '')?.[1] || /\(([^()]+)\)\s*$/.exec(from ?? '')?.[1]) ?? from;
