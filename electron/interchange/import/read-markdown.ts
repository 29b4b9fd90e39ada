import { type Note, wholeNotes } from '#model';
import { isRecord } from '../../storage/records';
import type { DocumentInFile, ReadExport, WrittenNote } from './collect';
import { readEdits } from './markdown-edits';
import { readProperties } from './markdown-properties';

/** What opens the records of an export: `lectern`, and since marks are written also the stamp that they have. */
const OPENING = /^<!-- lectern(?: ([0-9a-f]{8}))?$/;

/**
 * Reads a file that `export/markdown.ts` wrote: the notes as they were exported out of the records at its end, and what a person changed or
 * wrote since out of what stands above and below them.
 */
export const readMarkdown: ReadExport = async (file, collector, pause) => {
  const lines = file.text.split(/\r\n|[\n\r]/);
  const from = lines.findLastIndex((line) => OPENING.test(line));
  if (from === -1) return;
  const stamp = OPENING.exec(lines[from] ?? '')?.[1];
  const ending = lines.findIndex((line, index) => index > from && line.trim() === '-->');
  const to = ending === -1 ? lines.length : ending;
  if (ending === -1) collector.refuse({ file: file.name, line: lines.length }, 'The file ends in the midst of what Lectern wrote into it.');

  const badBefore = collector.bad.length;
  const records: { note: Note; document: DocumentInFile }[] = [];
  const documents: DocumentInFile[] = [];
  let document: DocumentInFile | undefined;
  for (const [index, line] of lines.slice(from + 1, to).entries()) {
    await pause();
    if (line.trim() === '') continue;
    const place = { file: file.name, line: from + 2 + index };
    const value = parse(line);
    if (!isRecord(value)) {
      collector.refuse(place, 'What Lectern wrote here of a note was changed, and cannot be read.');
      continue;
    }
    if ('lectern' in value) {
      document = collector.document(value, place);
      if (document) documents.push(document);
      continue;
    }
    if (!document) {
      collector.refuse(place, 'A note is of a document that cannot be read.');
      continue;
    }
    const note = collector.note(document.id, value, place);
    if (note) records.push({ note, document });
  }
  const written = [...Map.groupBy(records, (record) => record.document)].flatMap(([of, own]) =>
    wholeNotes(own.map(({ note }) => note)).map((note): WrittenNote => ({ note, document: of })),
  );
  const isWhole = collector.bad.length === badBefore;
  const { properties, above } = withoutProperties(lines.slice(0, from));
  const visible = { above, below: lines.slice(to + 1) };
  if (stamp !== undefined) {
    await readEdits(visible, { name: file.name, stamp, written, at: file.modified }, collector, pause);
    const exported = written.flatMap(({ note }) => note.tags);
    const now = written.flatMap(({ note }) => collector.edits.get(note.id)?.tags ?? note.tags);
    const noteTags = isWhole ? { exported, now } : undefined;
    readProperties({ name: file.name, lines: properties, at: file.modified }, { documents, noteTags }, collector);
  } else if (written.length > 0)
    collector.notice(
      `“${file.name}” was exported by an earlier version of Lectern. Its notes come as they were exported; what was changed in the file since then is not seen.`,
    );
};

/** The lines of the YAML properties that the file begins with, and the lines below them. */
function withoutProperties(lines: readonly string[]): { properties: string[]; above: string[] } {
  const [first = ''] = lines;
  const end = first.replace(/^\ufeff/, '').trim() === '---' ? lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---') : -1;
  return { properties: lines.slice(1, Math.max(1, end)), above: lines.slice(end + 1) };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
