import { isRecord } from '../../storage/records';
import type { ReadExport } from './exported-file';
import { readEdits, type WrittenNote } from './markdown-edits';

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

  const written: WrittenNote[] = [];
  let document: { id: string; title: string } | undefined;
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
      const id = collector.document(value, place);
      document = id === undefined ? undefined : { id, title: collector.documents.get(id)?.title ?? '' };
      continue;
    }
    if (!document) {
      collector.refuse(place, 'A note is of a document that cannot be read.');
      continue;
    }
    const note = collector.note(document.id, value, place);
    if (note) written.push({ note, document });
  }
  const visible = { above: withoutProperties(lines.slice(0, from)), below: lines.slice(to + 1) };
  if (stamp !== undefined) await readEdits(visible, { name: file.name, stamp, written, at: file.modified }, collector, pause);
  else if (written.length > 0)
    collector.notice(
      `“${file.name}” was exported by an earlier version of Lectern. Its notes come as they were exported; what was changed in the file since then is not seen.`,
    );
};

/** The lines without the YAML properties that the file begins with. */
function withoutProperties(lines: readonly string[]): string[] {
  const end = lines[0]?.trim() === '---' ? lines.indexOf('---', 1) : -1;
  return lines.slice(end + 1);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
