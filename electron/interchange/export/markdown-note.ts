import { isBookmark, locatorOf, type Note, type WholeNote, writeLocator } from '#model';
import { obsidianTag } from './obsidian-tags';
import { alignCells, partsOfQuote } from './quote-columns';

/**
 * The comment that opens the records of a file. `stamp` is in no note of the file, since it is made of all of them, so that nothing that a
 * note says is taken for a mark.
 */
export const recordOpening = (stamp: string): string => `<!-- lectern ${stamp}`;

/** The end of a note's id, which is random and enough to tell the notes of one file apart. */
export const markedId = ({ id }: Pick<Note, 'id'>): string => id.slice(-12);

/** The mark of a note in its last line. */
export const noteMark = (stamp: string, note: Pick<Note, 'id'>): string => `<!-- ${stamp}.${markedId(note)} -->`;

/** The heading of a document. */
export const headingLine = (title: string): string => `# ${escapeInline(title)}`;

/**
 * The quote with its own line breaks (two spaces make them hard); every line escaped, so that none becomes Markdown. Lines in columns, as of code and of
 * tables, stand in a code block as they are.
 */
export function quoteBlock(text: string): string {
  const lines = text
    .trimEnd()
    .replace(/^\s*\n/, '')
    .split(/\r\n|[\r\n]/);
  return partsOfQuote(lines)
    .map(({ lines, isCode }, index) => (isCode ? codeInQuote(alignCells(lines)) : proseInQuote(lines, index === 0)))
    .join('\n>\n');
}

function proseInQuote(lines: readonly string[], isFirst: boolean): string {
  // The first line begins where the reader's selection does.
  const depths = lines.slice(isFirst ? 1 : 0).flatMap((line) => (line.trim() === '' ? [] : indentationOf(line).length));
  // No call takes as many arguments as a quote may have lines.
  const least = depths.reduce((some, depth) => Math.min(some, depth), Number.POSITIVE_INFINITY);
  return lines
    .map((line, index) => {
      const content = escapeInline(line.trim());
      if (content === '') return '>';
      // Verses and steps stand as they do; Markdown drops spaces there.
      const indentation = isFirst && index === 0 ? '' : '\u00a0'.repeat(Math.min(DEEPEST, indentationOf(line).length - least));
      return `> ${indentation}${content}${index < lines.length - 1 && lines[index + 1]?.trim() !== '' ? '  ' : ''}`;
    })
    .join('\n');
}

const indentationOf = (line: string): string => /^[ \t]*/.exec(line)?.[0].replaceAll('\t', '    ') ?? '';

/** Spaces by which a line is moved in at most. */
const DEEPEST = 24;

/** Lines as a code block in a quotation, its fence longer than any in them. */
function codeInQuote(lines: readonly string[]): string {
  let longest = 2;
  for (const line of lines) for (const [run] of line.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  return [fence, ...lines, fence].map((line) => (line.trim() === '' ? '>' : `> ${line.trimEnd()}`)).join('\n');
}

/** One line of text, with everything escaped that Markdown or Obsidian could take for more than text, and an import for a tag. */
const escapeInline = (text: string): string =>
  text
    .replace(
      /[\\`*_[\]<>~$|]|&(?=[#\w]+;)|%(?=%)|(?<=%)%|=(?==)|(?<==)=|#(?=[\p{L}\p{N}_]|\s*$)|(?<![^\s·,])#(?=\S)|!(?=\[)|\^(?=[\w-]+$)/gu,
      '\\$&',
    )
    .replace(/^([-+#=])(?=\s|$|[-+#=])/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');

/**
 * The last line of a note, but for its mark: tags as Obsidian reads them, the chapter and page of its quote in the document called `title`, colour, and
 * when it was made and changed. The day it was made leads to `address`, where that is given.
 */
export function noteDetails(note: WholeNote, title: string, address?: string): string {
  const day = note.createdAt.slice(0, 10);
  const created = address === undefined ? day : `[${day}](${address})`;
  const modified = note.modifiedAt.slice(0, 10);
  const tags = note.tags.map(obsidianTag).filter((tag) => tag !== '');
  const by = note.creator ? [`by ${escapeInline(note.creator.name)}`] : [];
  const locator = writeLocator(locatorOf(note), title);
  const parts = [
    ...tags.map((tag) => `#${tag}`),
    ...(locator === undefined ? [] : [escapeInline(locator.toWellFormed())]),
    ...by,
    isBookmark(note) ? 'bookmark' : note.colour,
    modified === day ? created : `${created}, changed ${modified}`,
  ];
  return parts.join(' · ');
}

const DAY_WITH_ADDRESS = /\[(\d{4}-\d\d-\d\d)\]\((?:lectern|http):[^()\s]*\)/;

/** The last line of a note as it is without the address: that may be of any host, and of any document that had the note. */
export const withoutAddress = (line: string): string => line.replace(DAY_WITH_ADDRESS, '$1');
