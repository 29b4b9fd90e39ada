import { type Colour, colours, exactOf, type Note, type WholeNote } from '#model';
import { closeBody } from '../export/markdown-body';
import { noteDetails, quoteBlock, withoutAddress } from '../export/markdown-note';
import { obsidianTag } from '../export/obsidian-tags';
import type { EditedNote, WrittenNote } from './collect';

/** Lines without empty ones around them. */
export function within(lines: readonly string[]): string[] {
  const from = lines.findIndex((line) => line.trim() !== '');
  const to = lines.findLastIndex((line) => line.trim() !== '');
  return from === -1 ? [] : lines.slice(from, to + 1);
}

/** A line without what editors change by themselves: white space at its end. */
const canonicalLine = (line: string): string => line.toWellFormed().trimEnd();

/** Lines without that and without empty ones around them. */
export const canonical = (lines: readonly string[]): string[] => within(lines).map(canonicalLine);

export const linesOf = (text: string): string[] => text.split(/\r\n|[\n\r]/);

/** The lines of a note's quote as they were exported; `undefined` where it has none. */
export function quoteLines(note: WholeNote): string[] | undefined {
  const exact = exactOf(note);
  return exact === undefined ? undefined : canonical(linesOf(quoteBlock(exact)));
}

/** The number of the first line from `from` on that is not empty. */
function firstFilled(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && lines[at]?.trim() === '') at += 1;
  return at;
}

/** Whether a note's quote stands from a line on as it was exported. */
export function startsWithQuote(lines: readonly string[], from: number, quote: readonly string[]): boolean {
  const start = firstFilled(lines, from);
  return quote.every((line, index) => canonicalLine(lines[start + index] ?? '') === line);
}

/** The number of the line from which on a note's quote stands as it was exported; -1 where it does not. */
export const quoteStart = (lines: readonly string[], quote: readonly string[]): number =>
  lines.findIndex((line, index) => canonicalLine(line) === quote[0] && startsWithQuote(lines, index, quote));

/** Where the words of a note begin that stands from a line on: after its quote, also one that was changed. */
export function wordsStart(lines: readonly string[], from: number, quote: readonly string[] | undefined): number {
  let at = firstFilled(lines, from);
  if (!quote) return at;
  if (startsWithQuote(lines, at, quote)) return at + quote.length;
  while (lines[at]?.startsWith('>')) at += 1;
  return at;
}

const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu;
const wordsIn = (line: string): string[] => line.toLowerCase().match(WORD) ?? [];

/**
 * What was written into a quote that does not stand as it was exported: lines more than half of whose words are none of the quote's, or that
 * were added to a quote of which no line is changed. The other lines are the document's, and were changed.
 */
function writtenIntoQuote(block: readonly string[], quote: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of quote) left.set(line, (left.get(line) ?? 0) + 1);
  const others = block.filter((line) => {
    const number = left.get(canonicalLine(line)) ?? 0;
    if (number > 0) left.set(canonicalLine(line), number - 1);
    return number === 0;
  });
  if ([...left.values()].every((number) => number === 0)) return others;
  const known = new Set(quote.flatMap(wordsIn));
  return others.filter((line) => {
    const words = wordsIn(line);
    return words.filter((word) => !known.has(word)).length * 2 > words.length;
  });
}

/** What `closeBody` puts after a body that leaves something open. */
const CLOSER = /^(?:`{3,}|~{3,}|-->|\?>|\]\]>|>|<\/(?:script|pre|style|textarea)>)?(?:\n?%%)?$/;

/** Whether these words are those of a note as it was exported. Parses no Markdown, which may take long. */
export function areAsWritten(note: Note, words: readonly string[]): boolean {
  const found = canonical(words).join('\n');
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

/** What was changed of a note that stands in these lines and in the last one; `isQuoteChanged`: its quote, which stays the document's, was. */
export function editOf(
  { note, document: { title } }: WrittenNote,
  lines: readonly string[],
  lastLine: string,
): { edit: Omit<EditedNote, 'at'> | undefined; isQuoteChanged: boolean } {
  const details = readDetails(note, title, withoutAddress(lastLine));
  const quote = quoteLines(note);
  const quoteAt = quote ? quoteStart(lines, quote) : -1;
  const start = wordsStart(lines, Math.max(0, quoteAt), quote);
  const words = lines.slice(start);
  const isQuoteChanged = quote !== undefined && quoteAt === -1;
  const added = isQuoteChanged ? writtenIntoQuote(within(lines.slice(0, start)), quote) : within(lines.slice(0, Math.max(0, quoteAt)));
  const edit: Omit<EditedNote, 'at'> = {};
  const isSame = areAsWritten(note, words);
  if (!isSame || added.length > 0 || details.words !== '') {
    const parts = [added.join('\n'), isSame ? note.body : editedBody(note, words), details.words];
    edit.body = parts.filter((part) => part !== '').join('\n\n');
  }
  if (details.tags) edit.tags = details.tags;
  if (details.colour) edit.colour = details.colour;
  return { edit: Object.keys(edit).length > 0 ? edit : undefined, isQuoteChanged };
}

/** The words without what `closeBody` put after or around those that were exported, where that still stands. */
function editedBody(note: Note, words: readonly string[]): string {
  const found = within(words).join('\n').trimEnd();
  const closed = closeBody(note.body);
  if (closed === note.body) return found;
  if (!closed.startsWith(note.body)) return unfenced(found) ?? found;
  const closer = closed.slice(note.body.length).trim();
  return found.endsWith(`\n${closer}`) ? found.slice(0, -closer.length).trimEnd() : found;
}

/** A tag as people write it among words. */
const TAG = /(?<![^\s·,])#([^\s#·,;<>]{1,200})/g;
export const tagsIn = (line: string): string[] => [...line.matchAll(TAG)].map(([, name = '']) => name);

/** When a note was made and changed, in its last line. */
const DATES = /^\d{4}-\d\d-\d\d(?:, changed \d{4}-\d\d-\d\d)?(?=\s|$)/;

/** What differs in the last line of a note: tags, colour, and words that are none of what was written there. */
function readDetails(note: WholeNote, title: string, line: string): { tags?: string[]; colour?: Colour; words: string } {
  const found = tagsIn(line);
  const spelled = (name: string) => obsidianTag(name).toLowerCase();
  const wanted = new Set(found.map(spelled));
  const known = new Set(note.tags.map(spelled));
  // A tag of which Obsidian reads nothing stands nowhere in the file.
  const kept = note.tags.filter((name) => spelled(name) === '' || wanted.has(spelled(name)));
  const fresh = [...new Map(found.filter((name) => !known.has(spelled(name))).map((name) => [spelled(name), name])).values()];
  const tags = kept.length === note.tags.length && fresh.length === 0 ? undefined : [...kept, ...fresh];
  const written = new Set(
    noteDetails(note, title)
      .split('·')
      .map((part) => part.trim()),
  );
  const others = line
    .replace(TAG, ' ')
    .split('·')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !written.has(part))
    .map((part) => part.replace(DATES, '').trim())
    .filter((part) => part !== '');
  const colour = colours.find((name) => others.includes(name));
  const words = others.filter((part) => part !== colour).join(' ');
  return { ...(tags && { tags }), ...(colour && { colour }), words };
}
