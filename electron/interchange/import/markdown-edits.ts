import { v5 as uuidFromName } from 'uuid';
import { type Colour, colours, type Note } from '#model';
import type { Pause } from '../../pacing';
import { closeBody } from '../export/markdown-body';
import { headingLine, markedId, noteDetails, quoteBlock } from '../export/markdown-note';
import { obsidianTag } from '../export/obsidian-tags';
import type { Collector, EditedNote } from './collect';

/** A note as it was exported. */
export interface WrittenNote {
  note: Note;
  document: { id: string; title: string };
}

interface Exported {
  /** What the marks of this export begin with. */
  stamp: string;
  written: readonly WrittenNote[];
  /** When the file was last changed. */
  at: string;
}

/** Names the identifiers of notes that were written by hand (RFC 9562, version 5). */
const NAMESPACE = '0d1c6a52-6f0e-4b5a-9d0b-2f4c7b1f8a31';

/**
 * Compares what stands in a file with what was exported, note by note: each ends with a line that has its mark. What was changed is an edit; what
 * stands where nothing was written becomes a page note of that document, with an identifier made of its words, so that the same file
 * twice brings it once. A note that is not in the file any more stays as it was exported.
 */
export async function readEdits(
  { above, below }: { above: readonly string[]; below: readonly string[] },
  { stamp, written, at }: Exported,
  collector: Collector,
  pause: Pause,
): Promise<void> {
  const byId = new Map(written.map((each) => [markedId(each.note), each]));
  const mark = new RegExp(`<!--\\s*${stamp}\\.([0-9a-f]{12})\\s*-->`);
  const byHand: { text: string[]; document: WrittenNote['document'] }[] = [];
  const seen = new Set<string>();
  let before: WrittenNote | undefined;
  let region: string[] = [];
  for (const line of above) {
    const found = mark.exec(line);
    if (!found) {
      region.push(line);
      continue;
    }
    const each = byId.get(found[1] ?? '');
    if (!each || seen.has(each.note.id)) {
      // A note whose record is damaged, or one that was copied: its words are not lost.
      const document = (before ?? written[0])?.document;
      if (document) byHand.push({ text: region, document });
      region = [];
      continue;
    }
    seen.add(each.note.id);
    await pause();
    const { extra, inner } = splitRegion(region, each, before?.document.id === each.document.id);
    byHand.push({ text: extra, document: (before ?? each).document });
    const edit = editOf(each.note, inner, line.replace(mark, ''));
    if (edit) collector.edit(each.note.id, { ...edit, at });
    before = each;
    region = [];
  }
  const last = before ?? written.at(-1);
  if (!last) return;
  byHand.push({ text: region, document: last.document }, { text: [...below], document: last.document });
  const unseen = written.filter(({ note }) => !seen.has(note.id));
  const headings = new Set(written.map(({ document }) => headingLine(document.title).trimEnd()));
  for (const { text, document } of byHand) {
    const others = text.filter((line) => !headings.has(line.trimEnd()));
    const note = noteByHand(withoutUnseen(others, unseen), document.id, at);
    if (note) collector.noteByHand(document.id, note);
  }
}

const isSeparator = (line: string): boolean => /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/.test(line);

/**
 * Divides what stands between two marks into what somebody wrote after the first note, and the note that ends with the second mark:
 * between them is a line of stars or, before the first note of a document, its heading.
 */
function splitRegion(
  lines: readonly string[],
  { note, document }: WrittenNote,
  isFollowing: boolean,
): { extra: string[]; inner: string[] } {
  const isHeading = (line: string) => line.trimEnd() === headingLine(document.title).trimEnd();
  // Of a heading that was changed there is at least a heading left.
  const isFirst = lines.some(isHeading) ? isHeading : (line: string) => line.startsWith('# ');
  const start = isFollowing ? 0 : lines.findIndex(isFirst);
  const borders = lines.flatMap((line, index) =>
    (index === start && !isFollowing) || (index >= start && isSeparator(line)) ? [index] : [],
  );
  const parts = borders.map((border) => ({ extra: lines.slice(0, border), inner: lines.slice(border + 1) }));
  const quote = note.anchor && canonical(quoteBlock(note.anchor.exact).split('\n'));
  return (
    parts.find(({ inner }) => isAsWritten(note, inner)) ??
    parts.find(({ inner }) => quote !== undefined && startsWithQuote(inner, quote)) ??
    parts[0] ?? { extra: [], inner: [...lines] }
  );
}

/** Lines without empty ones around them. */
function within(lines: readonly string[]): string[] {
  const from = lines.findIndex((line) => line.trim() !== '');
  const to = lines.findLastIndex((line) => line.trim() !== '');
  return from === -1 ? [] : lines.slice(from, to + 1);
}

/** Lines without what editors change by themselves: white space at their ends, and empty ones around them. */
const canonical = (lines: readonly string[]): string[] => within(lines).map((line) => line.toWellFormed().trimEnd());

const linesOf = (text: string): string[] => text.split(/\r\n|[\n\r]/);

function startsWithQuote(lines: readonly string[], quote: readonly string[]): boolean {
  const found = canonical(lines);
  return quote.length > 0 && quote.every((line, index) => found[index] === line);
}

/** The words between the quote and the last line of a note. */
function bodyLines(note: Note, inner: readonly string[]): string[] {
  const lines = within(inner);
  if (!note.anchor) return lines;
  const quote = canonical(linesOf(quoteBlock(note.anchor.exact)));
  if (startsWithQuote(lines, quote)) return within(lines.slice(quote.length));
  // The quote is the document's: what was changed in it is not kept.
  const end = lines.findIndex((line) => !line.startsWith('>'));
  return within(end === -1 ? [] : lines.slice(end));
}

/** What `closeBody` puts after a body that leaves something open. */
const CLOSER = /^(?:`{3,}|~{3,}|-->|\?>|\]\]>|>|<\/(?:script|pre|style|textarea)>)?(?:\n?%%)?$/;

/** Whether a note stands there as it was exported. Parses no Markdown, which may take long. */
function isAsWritten(note: Note, inner: readonly string[]): boolean {
  const found = canonical(bodyLines(note, inner)).join('\n');
  const body = canonical(linesOf(note.body)).join('\n');
  if (found === body) return true;
  if (body === '') return false;
  return (found.startsWith(`${body}\n`) && CLOSER.test(found.slice(body.length).trimStart())) || unfenced(found) === body;
}

/** What stands in the fence that `closeBody` puts around a body that cannot be closed. */
function unfenced(body: string): string | undefined {
  const [, , content] = /^(`{3,})markdown\n([\s\S]*)\n\1$/.exec(body) ?? [];
  return content === undefined ? undefined : canonical(linesOf(content)).join('\n');
}

function editOf(note: Note, inner: readonly string[], lastLine: string): Omit<EditedNote, 'at'> | undefined {
  const details = readDetails(note, lastLine);
  const edit: Omit<EditedNote, 'at'> = {};
  const isSame = isAsWritten(note, inner);
  if (!isSame || details.words !== '') {
    const words = isSame ? note.body : editedBody(note, inner);
    edit.body = details.words === '' ? words : [words, details.words].filter((part) => part !== '').join('\n\n');
  }
  if (details.tags) edit.tags = details.tags;
  if (details.colour) edit.colour = details.colour;
  return Object.keys(edit).length > 0 ? edit : undefined;
}

/** The words without what `closeBody` put after or around those that were exported, where that still stands. */
function editedBody(note: Note, inner: readonly string[]): string {
  const found = bodyLines(note, inner).join('\n').trimEnd();
  const closed = closeBody(note.body);
  if (closed === note.body) return found;
  if (!closed.startsWith(note.body)) return unfenced(found) ?? found;
  const closer = closed.slice(note.body.length).trim();
  return found.endsWith(`\n${closer}`) ? found.slice(0, -closer.length).trimEnd() : found;
}

/** A tag as people write it among words. */
const TAG = /(?<![^\s·,])#([^\s#·,;<>]{1,200})/g;
const tagsIn = (line: string): string[] => [...line.matchAll(TAG)].map(([, name = '']) => name);

/** What differs in the last line of a note: tags, colour, and words that are none of what was written there. */
function readDetails(note: Note, line: string): { tags?: string[]; colour?: Colour; words: string } {
  const found = tagsIn(line);
  const spelled = (name: string) => obsidianTag(name).toLowerCase();
  const wanted = new Set(found.map(spelled));
  const known = new Set(note.tags.map(spelled));
  // A tag of which Obsidian reads nothing stands nowhere in the file.
  const kept = note.tags.filter((name) => spelled(name) === '' || wanted.has(spelled(name)));
  const fresh = [...new Map(found.filter((name) => !known.has(spelled(name))).map((name) => [spelled(name), name])).values()];
  const tags = kept.length === note.tags.length && fresh.length === 0 ? undefined : [...kept, ...fresh];
  const written = new Set(noteDetails(note).split(' · '));
  const others = line
    .replace(TAG, ' ')
    .split('·')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !written.has(part));
  const colour = colours.find((name) => others.includes(name));
  const words = others.filter((part) => part !== colour && !/^\d{4}-\d\d-\d\d(, changed \d{4}-\d\d-\d\d)?$/.test(part)).join(' ');
  return { ...(tags && { tags }), ...(colour && { colour }), words };
}

/** Lines without the notes whose mark was taken away: they are known. */
function withoutUnseen(lines: readonly string[], unseen: readonly WrittenNote[]): string[] {
  let text = canonical(lines).join('\n');
  for (const { note } of unseen) {
    const quote = note.anchor ? canonical(linesOf(quoteBlock(note.anchor.exact))).join('\n') : '';
    const parts = [quote, canonical(linesOf(note.body)).join('\n'), noteDetails(note).toWellFormed()];
    for (const part of parts) if (part !== '') text = `\n${text}\n`.replace(`\n${part}\n`, '\n').slice(1, -1);
  }
  return linesOf(text);
}

function noteByHand(lines: readonly string[], documentId: string, at: string): Note | undefined {
  const words = within(lines.map((line) => (isSeparator(line) ? '' : line)));
  const last = words.at(-1) ?? '';
  const isOfTags = /^(?:#[^\s#]+[\s·,]*)+$/.test(last);
  const tags = isOfTags ? tagsIn(last) : [];
  const body = canonical(isOfTags ? words.slice(0, -1) : words).join('\n');
  if (body === '' && tags.length === 0) return undefined;
  const id = uuidFromName(JSON.stringify([documentId, body, tags]), NAMESPACE);
  return { id, colour: 'yellow', body, tags: [...new Set(tags)], createdAt: at, modifiedAt: at, history: [] };
}
