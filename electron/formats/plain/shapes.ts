import { isTitleLine } from '../titles';
import type { Block } from './blocks';
import { chapterLevel, headingLevel, isRule, underlineLevel } from './headings';

/** A line that is not blank: `first` is its first character that is no space, `end` excludes the line break. */
export interface Line {
  start: number;
  first: number;
  end: number;
}

export type Segment = Block;

/** A line longer than this (code units) was not wrapped by its author: it is a paragraph of its own. Half as many in Chinese or Japanese. */
const UNWRAPPED = 160;
const UNWRAPPED_WIDE = 60;
/** Verse and addresses have shorter lines than this. */
const SHORT_LINE = 60;
const SHORT_WIDE_LINE = 24;
/** Columns of indentation from which a line is centred, and from which it stands in a column at the right. */
const CENTRED = 10;
const FLUSHED = 24;
/**
 * What stands around a chunk of lines: the last line before it, the first after it, and the longest wrapped line so far (by
 * which a line that was broken early is told from one that was full).
 */
export interface Surroundings {
  before: Line | undefined;
  after: Line | undefined;
  widest: number;
  /** So many lines of a mail that is answered are folded. */
  foldedQuote: number;
  /** A mail begins with what it says: its title is its subject. */
  isMail: boolean;
}

/** Whether a line is one of a mail that is answered. */
export const isQuoted = (text: string, { first }: Line): boolean => text.charCodeAt(first) === 62;

/** Whether a line says which lines of a file a patch changes (a hunk of `diff -u`, as Git writes it). */
export const beginsHunk = (text: string, { start, end }: Line): boolean =>
  text.startsWith('@@ -', start) && /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/.test(text.slice(start, Math.min(end, start + 60)));

/** Whether a line that begins at `start` may be one of a hunk: kept, added, taken away, or said of the file’s end. */
export const isInHunk = (text: string, start: number): boolean => /[ +\-\\\t]/.test(text.charAt(start));

/** What stands in a patch above the lines that it changes. */
const PATCH_HEAD =
  /^(?:diff |index [\da-f]+\.\.|(?:new|deleted) file mode |(?:old|new) mode |similarity index |rename (?:from|to) |Index: |={20,}$|--- |\+\+\+ )/;

/** Patches keep their lines; what stands before, between and after them is what it is without them. */
function* shapePatches(text: string, lines: readonly Line[], around: Surroundings): Generator<Segment> {
  let done = 0;
  for (let hunk = 0; hunk < lines.length; hunk += 1) {
    const line = lines[hunk];
    if (!line || !beginsHunk(text, line)) continue;
    let from = hunk;
    while (from > done && isPatchHead(text, lines[from - 1])) from -= 1;
    const to = endOfPatch(text, lines, hunk);
    const [head = line, last = line] = [lines[from], lines[to - 1]];
    yield* shapeChunk(text, lines.slice(done, from), { ...around, before: lines[done - 1] ?? around.before, after: head });
    yield { kind: 'preformatted', ...extent(text, head, last, head.start) };
    done = to;
    hunk = to - 1;
  }
  yield* shapeChunk(text, lines.slice(done), { ...around, before: lines[done - 1] ?? around.before });
}

const isPatchHead = (text: string, line: Line | undefined): boolean =>
  line !== undefined && PATCH_HEAD.test(text.slice(line.start, Math.min(line.end, line.start + 60)));

/** Index of the first line after a patch of which one hunk begins in `lines[hunk]`; the signature of a mail is none of its lines. */
function endOfPatch(text: string, lines: readonly Line[], hunk: number): number {
  const isOf = (line: Line): boolean =>
    !/^-- ?$/.test(text.slice(line.start, line.end)) && (isInHunk(text, line.start) || beginsHunk(text, line) || isPatchHead(text, line));
  let to = hunk + 1;
  for (let line = lines[to]; line && isOf(line); line = lines[to]) to += 1;
  return to;
}

/** What lines without a blank line between them are. */
export function* shapeChunk(text: string, lines: readonly Line[], around: Surroundings): Generator<Segment> {
  const [first, second] = lines;
  if (!first) return;
  if (lines.length >= around.foldedQuote && lines.every((line) => isQuoted(text, line))) {
    yield { kind: 'quoted', ...extent(text, first, lines.at(-1) ?? first, first.start) };
    return;
  }
  if (!second) {
    yield shapeLine(text, first, around);
    return;
  }
  if (/^-- ?$/.test(text.slice(first.start, first.end))) {
    yield { kind: 'verse', ...extent(text, first, lines.at(-1) ?? first) };
    return;
  }
  if (lines.some((line) => beginsHunk(text, line))) {
    yield* shapePatches(text, lines, around);
    return;
  }
  const level = underlineLevel(trimmed(text, first), trimmed(text, second));
  if (level !== undefined) {
    yield { kind: 'heading', level, ...extent(text, first, first) };
    yield { kind: 'rule', ...extent(text, second, second) };
    yield* shapeChunk(text, lines.slice(2), { ...around, before: second });
    return;
  }
  const items = listStarts(text, lines);
  if (isTabular(text, lines) || (items.length === 0 && lines.every((line) => indentOf(text, line) >= 4))) {
    yield { kind: readsAsProse(text, lines) ? 'verse' : 'preformatted', ...extent(text, first, lines.at(-1) ?? first, first.start) };
  } else if (items.length > 0) {
    const before = lines.slice(0, items[0]);
    if (before.length > 0) yield* flow(text, before);
    for (const [index, from] of items.entries()) {
      const item = lines.slice(from, items[index + 1]);
      const [head = first] = item;
      yield { kind: 'list-item', level: 1 + Math.min(5, indentOf(text, head) >> 1), ...extent(text, head, item.at(-1) ?? head) };
    }
  } else if (isDefinition(text, lines)) {
    yield { kind: 'paragraph', ...extent(text, first, first) };
    yield* flow(text, lines.slice(1));
  } else if (isVerse(text, lines, around.widest)) {
    yield { kind: 'verse', ...extent(text, first, lines.at(-1) ?? first, first.start) };
  } else {
    yield* flow(text, lines);
  }
}

function shapeLine(text: string, line: Line, { before, after, isMail }: Surroundings): Segment {
  const content = trimmed(text, line);
  const place = extent(text, line, line);
  if (isPageBreak(text, line, before)) return { kind: 'page-break', ...place };
  if (isRule(content)) return { kind: 'rule', ...place };
  const neighbours = [before, after].flatMap((neighbour) => (neighbour ? [trimmed(text, neighbour)] : []));
  const mayBeTitle = before !== undefined || !isMail;
  const level = mayBeTitle ? headingLevel(content, neighbours) : undefined;
  if (level !== undefined) return { kind: 'heading', level, ...place };
  if (!before && after && mayBeTitle && !MARKER.test(content) && isTitleLine(content)) return { kind: 'heading', level: 1, ...place };
  if (MARKER.test(content)) return { kind: 'list-item', level: 1 + Math.min(5, indentOf(text, line) >> 1), ...place };
  if (indentOf(text, line) >= 4 && content.length <= 120) {
    return { kind: readsAsProse(text, [line]) || isCentredTitle(text, line) ? 'verse' : 'preformatted', start: line.start, end: place.end };
  }
  return { kind: 'paragraph', ...place };
}

/** Whether a line is the foot of a page (`Fielding  Standards Track  [Page 7]`), or the head of the next one, behind a form feed. */
function isPageBreak(text: string, line: Line, before: Line | undefined): boolean {
  if (isPageFoot(text, line)) return true;
  return (
    before !== undefined &&
    isPageFoot(text, before) &&
    text.slice(before.end, line.first).includes('\f') &&
    / {3}/.test(trimmed(text, line))
  );
}

const isPageFoot = (text: string, line: Line): boolean => line.end - line.first <= 100 && / {2}\[Page \d+\]$/.test(trimmed(text, line));

/** Paragraphs whose line breaks flow. A line that was never wrapped, or a first line that is indented, begins a new one. */
function* flow(text: string, lines: readonly Line[]): Generator<Segment> {
  const unwrapped = lines.some((line) => isUnwrapped(text, line));
  let from = 0;
  for (let index = 1; index <= lines.length; index += 1) {
    const line = lines[index];
    const before = lines[index - 1];
    const head = lines[from];
    if (!before || !head) return;
    if (line && !unwrapped && !isFirstLine(text, line, before)) continue;
    const place = extent(text, head, before);
    // A chapter's title stands without blank lines in many Chinese texts.
    const level = unwrapped && place.end - place.start <= 40 ? chapterLevel(text.slice(place.start, place.end)) : undefined;
    yield level === undefined ? { kind: 'paragraph', ...place } : { kind: 'heading', level, ...place };
    from = index;
  }
}

function isFirstLine(text: string, line: Line, before: Line): boolean {
  if (text.charCodeAt(line.first) === 0x3000) return true;
  return (
    indentOf(text, line) >= 2 &&
    indentOf(text, before) < 2 &&
    /[.!?。！？:]["'”’)」』]*$/.test(text.slice(Math.max(before.start, before.end - 8), before.end).trimEnd())
  );
}

function isUnwrapped(text: string, line: Line): boolean {
  const length = line.end - line.first;
  if (length > UNWRAPPED) return true;
  return length > UNWRAPPED_WIDE && /[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]/.test(text.slice(line.first, line.first + UNWRAPPED_WIDE));
}

const MARKER = /^(?:[-*+•‣◦▪]|\(?\p{Nd}{1,3}[.)]|\(?[a-z]\)|[a-z]\.)\s+\S/u;

/** Indexes of the lines that begin a list's item: only when the first line does, or two or more after a line that ends in a colon. */
function listStarts(text: string, lines: readonly Line[]): number[] {
  const starts: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (isMarkerStart(text.charCodeAt(line.first)) && MARKER.test(text.slice(line.first, Math.min(line.end, line.first + 12))))
      starts.push(index);
  }
  const [first] = starts;
  if (first === undefined || first === 0) return starts;
  const intro = lines[first - 1];
  return starts.length > 1 && intro && trimmed(text, intro).endsWith(':') ? starts : [];
}

/** A bracket, mark, figure or small letter, or what may be a figure of another script. */
const isMarkerStart = (code: number): boolean => (code >= 40 && code <= 57) || (code >= 97 && code <= 122) || code >= 0x660;

/** Whether columns, frames or code would be spoilt by flowing. At least half of the lines must say so. */
function isTabular(text: string, lines: readonly Line[]): boolean {
  let votes = 0;
  let flushed = 0;
  for (const line of lines) {
    if (line.end - line.first > 400) continue;
    const content = trimmed(text, line);
    if (/\S(?: {3,}|\t+)\S|[\u2500-\u259f]|^\|.*\||^\+[-=+]{3,}|[{};\\]$|^[})\]]+[;,]?$/.test(content)) votes += 1;
    else if (indentOf(text, line) >= FLUSHED) flushed += 1;
  }
  return votes >= 2 && (votes + flushed) * 2 >= lines.length;
}

/** Whether an indented block is language and not code or a table: words and ordinary punctuation, one space apart. */
function readsAsProse(text: string, lines: readonly Line[]): boolean {
  const content = lines.map((line) => trimmed(text, line)).join('\n');
  if (isTabular(text, lines)) return false;
  const odd = content.match(/[\d#$%&*+/<=>@[\\\]^_`{|}~]|\p{S}/gu)?.length ?? 0;
  // Two letters and not `{2,}`: a line of letters without end would be gone through again from each of them.
  return (
    odd * 50 <= content.length &&
    (/\p{L}{2} \p{Ll}+ \p{Ll}/u.test(content) || /\p{Lo}\p{M}* \p{Lo}[\p{Lo}\p{M}]* \p{Lo}|(?:\p{Lo}\p{M}*){4}/u.test(content))
  );
}

/** Whether a line by itself is centred and begins as a title does; in code hardly anything does without a sign of it. */
const isCentredTitle = (text: string, line: Line): boolean =>
  indentOf(text, line) >= CENTRED &&
  /^(?:["“'‘(]?(?:\p{Lu}|\p{Lo})[^;{}=<>]*|_[^_;{}=<>]+_)$/u.test(trimmed(text, line)) &&
  !isTabular(text, [line, line]);

/** UTF-16 code units of the longest term that is defined. */
const LONGEST_TERM = 40;

/** Whether the first line is a term, and those below it, which are indented, say what it means: it ends though the next word had room. */
function isDefinition(text: string, lines: readonly Line[]): boolean {
  const [term, ...meaning] = lines;
  const [second] = meaning;
  if (!term || !second || term.end - term.first > LONGEST_TERM || /[.,;]$/.test(trimmed(text, term))) return false;
  const indent = indentOf(text, term);
  if (!meaning.every((line) => indentOf(text, line) >= indent + 2)) return false;
  const word = /^\S+/.exec(text.slice(second.first, second.end))?.[0].length ?? 0;
  return term.end - term.first + 1 + word <= Math.max(...meaning.map((line) => line.end - line.first));
}

/** Whether most lines were broken though the next word would still have fitted, or quote a message by `>`. */
function isVerse(text: string, lines: readonly Line[], widest: number): boolean {
  let longest = 0;
  let quoted = 0;
  for (const line of lines) {
    longest = Math.max(longest, line.end - line.first);
    if (isQuoted(text, line)) quoted += 1;
  }
  if (quoted * 2 > lines.length) return true;
  if (longest > (lines.length === 2 ? 45 : SHORT_LINE)) return false;
  if (isVerseWithoutSpaces(text, lines)) return true;
  const width = Math.max(longest, Math.min(widest, 80));
  let deliberate = 0;
  for (const [index, line] of lines.slice(0, -1).entries()) {
    const after = lines[index + 1] ?? line;
    const word = /^\S+/.exec(text.slice(after.first, after.end))?.[0].length ?? 0;
    if (line.end - line.first + 1 + word <= width) deliberate += 1;
  }
  return deliberate * 2 > lines.length - 1;
}

/** Whether short lines in a script without spaces nearly all end with a clause: wrapped ones end anywhere. */
const isVerseWithoutSpaces = (text: string, lines: readonly Line[]): boolean =>
  lines.length > 1 &&
  lines.every(
    (line) => line.end - line.first <= SHORT_WIDE_LINE && /^[^\u3000]*[\u3040-\u30ff\u3400-\u9fff]/.test(text.slice(line.first, line.end)),
  ) &&
  lines.filter((line) => /[，。；：！？、」』”…]$/.test(trimmed(text, line))).length * 4 >= lines.length * 3;

/** Columns before the first character; a tab counts four. */
function indentOf(text: string, line: Line): number {
  let columns = 0;
  for (let at = line.start; at < line.first; at += 1) columns += text.charCodeAt(at) === 9 ? 4 : 1;
  return columns;
}

const trimmed = (text: string, line: Line): string => text.slice(line.first, line.end).trimEnd();

/** From the first line's first character (or `start`) to the last line's last one that is no space. */
function extent(text: string, from: Line, to: Line, start = from.first): { start: number; end: number } {
  let { end } = to;
  while (end > to.first + 1 && /\s/.test(text.charAt(end - 1))) end -= 1;
  return { start, end };
}
