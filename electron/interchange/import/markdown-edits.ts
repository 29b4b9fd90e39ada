import { v5 as uuidFromName } from 'uuid';
import type { Note } from '#model';
import type { Pause } from '../../pacing';
import { headingLine, markedId, noteDetails, withoutAddress } from '../export/markdown-note';
import type { Collector, WrittenNote } from './collect';
import { areAsWritten, canonical, editOf, linesOf, quoteLines, startsWithQuote, tagsIn, within, wordsStart } from './markdown-note-edit';

interface Exported {
  /** The file's name. */
  name: string;
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
  { name, stamp, written, at }: Exported,
  collector: Collector,
  pause: Pause,
): Promise<void> {
  const byId = new Map(written.map((each) => [markedId(each.note), each]));
  const mark = new RegExp(`<!--\\s*${stamp}\\.([0-9a-f]{12})\\s*-->`);
  const byHand: { text: string[]; document: WrittenNote['document'] }[] = [];
  const seen = new Set<string>();
  const aboveOf = new Map(written.map((each, index) => [each, written[index - 1]]));
  let changedQuotes = 0;
  let doubtful = 0;
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
    const exportedAbove = aboveOf.get(each);
    const missing = exportedAbove?.document.id === each.document.id && !seen.has(exportedAbove.note.id) ? exportedAbove : undefined;
    const { extra, inner, isDoubtful } = splitRegion(region, each, { isFollowing: before?.document.id === each.document.id, missing });
    if (isDoubtful) doubtful += 1;
    byHand.push({ text: extra, document: (before ?? each).document });
    const { edit, isQuoteChanged } = editOf(each, inner, line.replace(mark, ''));
    if (isQuoteChanged) changedQuotes += 1;
    if (edit) collector.edit(each.note.id, { ...edit, at });
    before = each;
    region = [];
  }
  if (changedQuotes > 0) collector.notice(quotesStay(name, changedQuotes));
  if (doubtful > 0) collector.notice(mixed(name, doubtful));
  const last = before ?? written.at(-1);
  if (!last) return;
  byHand.push({ text: region, document: last.document }, { text: [...below], document: last.document });
  const unseen = partsOf(written.filter(({ note }) => !seen.has(note.id)));
  const headings = new Set(written.map(({ document }) => headingLine(document.title).trimEnd()));
  for (const { text, document } of byHand) {
    await pause();
    const others = canonical(text.filter((line) => !headings.has(line.trimEnd())).map(withoutAddress));
    const note = noteByHand(await withoutParts(others, unseen, pause), document.id, at);
    if (note) collector.noteByHand(document.id, note);
  }
}

const quotesStay = (name: string, number: number): string =>
  number === 1
    ? `In “${name}” the quote of one note was changed. A quote is the document’s, so it stays as it was.`
    : `In “${name}” the quotes of ${number} notes were changed. A quote is the document’s, so they stay as they were.`;

const mixed = (name: string, number: number): string =>
  `In “${name}” the line above ${number === 1 ? 'one note' : `${number} notes`} was deleted, and what stands there cannot be told from the note’s own words: all of it comes as its words. What the note said is kept as an earlier version.`;

const isSeparator = (line: string): boolean => /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/.test(line);

/** Lines that `closeBody` adds to a note's words at most. */
const CLOSING_LINES = 2;

/** What is above the lines of a note. */
interface Above {
  /** Whether it is a note of the same document. */
  isFollowing: boolean;
  /** The note that was exported above it, where its mark is not there any more. */
  missing: WrittenNote | undefined;
}

interface Divided {
  /** What somebody wrote after the note above. */
  extra: string[];
  inner: string[];
  /** Both stand in `inner`, and nothing tells them apart. */
  isDoubtful: boolean;
}

/**
 * Divides what stands between two marks into what somebody wrote after the first note, and the note that ends with the second mark:
 * between them is a line of stars or, before the first note of a document, its heading. Each line is looked at a few times only, since
 * a file may consist of lines of stars.
 */
function splitRegion(lines: readonly string[], { note, document }: WrittenNote, { isFollowing, missing }: Above): Divided {
  const isHeading = (line: string) => line.trimEnd() === headingLine(document.title).trimEnd();
  // Of a heading that was changed there is at least a heading left.
  const isFirst = lines.some(isHeading) ? isHeading : (line: string) => line.startsWith('# ');
  const start = isFollowing ? 0 : lines.findIndex(isFirst);
  const borders = lines.flatMap((line, index) =>
    (index === start && !isFollowing) || (index >= start && isSeparator(line)) ? [index] : [],
  );
  const quote = quoteLines(note);
  const [filled = 0] = countFilled(linesOf(note.body));
  const left = countFilled(lines);
  const isAsWritten = (from: number) => {
    const more = (left[from] ?? 0) - filled;
    return more >= 0 && more <= CLOSING_LINES && areAsWritten(note, lines.slice(from));
  };
  const border =
    borders.find((each) => isAsWritten(wordsStart(lines, each + 1, quote))) ??
    borders.find((each) => quote !== undefined && startsWithQuote(lines, each + 1, quote));
  if (border !== undefined) return { extra: lines.slice(0, border), inner: lines.slice(border + 1), isDoubtful: false };
  const [first] = borders;
  // The line above it was deleted: it begins with its quote, or with its words where they are as they were exported.
  if (first === undefined || missing) {
    const isBegun = quote ? (index: number) => startsWithQuote(lines, index, quote) : isAsWritten;
    const from = filled === 0 && !quote ? -1 : lines.findIndex((line, index) => line.trim() !== '' && isBegun(index));
    if (from !== -1) return { extra: lines.slice(0, from), inner: lines.slice(from), isDoubtful: false };
  }
  const inner = lines.slice(first === undefined ? 0 : first + 1);
  const parts = new Set(missing && partsOf([missing]).flatMap((part) => part.lines));
  const isMixed = first === undefined ? isFollowing : canonical(inner).some((line) => line !== '' && parts.has(line));
  return { extra: lines.slice(0, first ?? 0), inner, isDoubtful: isMixed };
}

/** From each line on, how many are not empty. */
function countFilled(lines: readonly string[]): number[] {
  const counts = new Array<number>(lines.length + 1).fill(0);
  for (let index = lines.length - 1; index >= 0; index--) counts[index] = (counts[index + 1] ?? 0) + (lines[index]?.trim() === '' ? 0 : 1);
  return counts;
}

/** What notes consist of in a file, as lines, the longest first: a quote, words, a last line. Each with how many notes have it. */
function partsOf(notes: readonly WrittenNote[]): { lines: string[]; times: number }[] {
  const parts = new Map<string, { lines: string[]; times: number }>();
  for (const { note, document } of notes) {
    for (const lines of [quoteLines(note) ?? [], canonical(linesOf(note.body)), [noteDetails(note, document.title).toWellFormed()]]) {
      if (lines.length === 0) continue;
      const key = lines.join('\n');
      const known = parts.get(key);
      if (known) known.times += 1;
      else parts.set(key, { lines, times: 1 });
    }
  }
  return [...parts.values()].sort((a, b) => b.lines.length - a.lines.length);
}

/** Lines without the notes whose mark was taken away: they are known. */
async function withoutParts(lines: readonly string[], parts: ReturnType<typeof partsOf>, pause: Pause): Promise<string[]> {
  const at = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const known = at.get(line);
    if (known) known.push(index);
    else at.set(line, [index]);
  }
  const gone = new Set<number>();
  for (const part of lines.length === 0 ? [] : parts) {
    await pause();
    // Where its rarest line is, is most quickly looked through.
    const [rarest, places = []] = part.lines
      .map((line, index) => [index, at.get(line)] as const)
      .reduce((best, each) => ((each[1]?.length ?? 0) < (best[1]?.length ?? 0) ? each : best));
    let times = part.times;
    for (const place of places) {
      if (times === 0) break;
      await pause();
      const from = place - rarest;
      if (!part.lines.every((line, index) => lines[from + index] === line && !gone.has(from + index))) continue;
      for (const index of part.lines.keys()) gone.add(from + index);
      times -= 1;
    }
  }
  return lines.filter((_, index) => !gone.has(index));
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
