import { stringify } from 'csv-stringify/sync';
import { chapterIn, exactOf, isBookmark, locatorOf, pagesOf, passagesOf, type WholeNote } from '#model';
import type { WriteFormat } from '../format';
import type { DocumentHead } from '../selection';

/** The columns of Readwise's own export, in its order. */
const columns = [
  'Highlight',
  'Book Title',
  'Book Author',
  'Amazon Book ID',
  'Note',
  'Color',
  'Tags',
  'Location Type',
  'Location',
  'Highlighted at',
  'Document tags',
];

/** What follows them, under names of our own. */
const furtherColumns = ['Chapter', 'Page'];

/**
 * One row for each note, as Readwise exports them; then the chapter and page of the passage, and where the reader has named colours, their names. A page note has an empty `Highlight`: its words are the reader's and
 * no quotation. Text that begins with `=`, `+`, `-` or `@` stays as it is unless the reader asks otherwise: the apostrophe that keeps a
 * spreadsheet from computing it would become part of the text wherever the file is read as data, and half of all lists begin with `-`.
 * No byte order mark, which strict readers take for a part of the first column's name.
 */
export const writeCsv: WriteFormat = async function* (content, { colourNames, spreadsheetSafe }) {
  const named = Object.keys(colourNames).length > 0;
  yield write([[...columns, ...furtherColumns, ...(named ? ['Color name'] : [])]]);
  for await (const document of content.documents()) {
    for await (const notes of document.notes) {
      const rows = notes.map((note) => [
        ...row(document, note),
        ...(named ? [(isBookmark(note) ? undefined : colourNames[note.colour]) ?? ''] : []),
      ]);
      yield write(spreadsheetSafe ? rows.map((cells) => cells.map(asText)) : rows);
    }
  }
};

// Carriage returns alone also end a line for many readers, so they are quoted like newlines.
const write = (rows: string[][]): string => stringify(rows, { quoted_match: /[\r\n]|^\s|\s$/ });

/** What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"), also in full width. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A cell that no spreadsheet computes: an apostrophe says that text follows. */
const asText = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

const row = (document: DocumentHead, note: WholeNote): string[] => {
  const [first] = passagesOf(note);
  const locator = locatorOf(note);
  return [
    exactOf(note) ?? '',
    document.title,
    document.author ?? '',
    '',
    note.body,
    isBookmark(note) ? 'bookmark' : note.colour,
    joinTags(note.tags),
    // Readwise's "order" is a number that only sorts; ours counts UTF-16 code units from the start of the text.
    first ? 'order' : '',
    first ? String(first.start) : '',
    readwiseMoment(note.createdAt),
    joinTags(document.tags),
    (locator && chapterIn(locator, document.title)) ?? '',
    (locator && pagesOf(locator)) ?? '',
  ];
};

/** Readwise separates tags by commas and knows no escape, so a comma within a tag becomes a semicolon. */
const joinTags = (tags: readonly string[]): string => tags.map((tag) => tag.replaceAll(',', ';')).join(',');

/** `2026-01-05 10:00:00+00:00`, as Readwise writes it. */
const readwiseMoment = (moment: string): string =>
  new Date(moment)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '+00:00');
