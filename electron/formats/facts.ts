import { createWordCounter, type DocumentMetadata, type DocumentSection } from '#model';
import type { DocumentBytes, Format, ReadContext } from './format';
import { OPENING, titleOf } from './titles';

/** What the library shows of a document without opening it. */
export interface DocumentFacts {
  metadata: DocumentMetadata;
  title: string;
  words: number;
}

/** Reads a whole document for what is said of it. Rejects as the format's `read` does. */
export async function readFacts(format: Format, source: DocumentBytes, context: ReadContext): Promise<DocumentFacts> {
  const counter = createWordCounter();
  let metadata: DocumentMetadata = {};
  let heading: string | undefined;
  let opening = '';
  let start = 0;
  for await (const part of format.read(source, context)) {
    if (part.part === 'head') metadata = part.metadata;
    if (part.part !== 'section') continue;
    const body = bodyOf(part, start);
    counter.add(body);
    heading ??= part.headings.find(({ level }) => level === 1)?.title;
    // The lines of a plain text tell its paragraphs; elsewhere its blocks are known.
    if (opening.length < OPENING) opening += format.id === 'text' ? body : blocksOf(part, start);
    start += part.text.length;
  }
  return { metadata, title: titleOf({ metadata, heading, opening, fileName: source.fileName }), words: counter.total() };
}

/** A section's text without the header, which stands before all else. `start`: the offset of the section. */
function bodyOf({ text, blocks }: DocumentSection, start: number): string {
  const header = blocks.findLast(([, , kind]) => kind === 'header');
  return header ? text.slice(header[1] - start) : text;
}

/** A section's blocks, apart by blank lines. */
const blocksOf = ({ text, blocks }: DocumentSection, start: number): string =>
  blocks.map(([from, to, kind]) => (kind === 'header' ? '' : `${text.slice(from - start, to - start)}\n\n`)).join('');
