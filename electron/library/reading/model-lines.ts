import {
  articleHeadings,
  type DocumentEnd,
  type DocumentPart,
  type DocumentSection,
  type Heading,
  type PagedText,
  type PageStart,
} from '#model';

/** Whole lines of a document's stream. */
export interface Piece {
  lines: Uint8Array<ArrayBuffer>;
  /** With the last line: what it says, and what the whole of it is. */
  end?: { textHash: string; whole(): PagedText };
}

export type SectionOfWhole = Pick<DocumentSection, 'text' | 'headings' | 'outside' | 'pages'>;

/** A document's sections put together, which has so many pages: what passages and areas are looked for in. */
export function wholeOf(sections: Iterable<SectionOfWhole>, sheetCount: number): PagedText {
  const texts: string[] = [];
  const headings: Heading[] = [];
  const pages: PageStart[] = [];
  for (const section of sections) {
    texts.push(section.text);
    headings.push(...articleHeadings(section));
    pages.push(...(section.pages ?? []));
  }
  return { text: texts.join(''), headings, pages, sheetCount };
}

/** Bytes that are sent at once, where lines are short. */
const PIECE = 64 * 1024;
const NEWLINE = 0x0a;

/** The lines of a document that was read before: the first section by itself, and the end. */
export function* readModel(lines: Uint8Array): Generator<Piece> {
  const last = lines.lastIndexOf(NEWLINE, lines.length - 2) + 1;
  let start = 0;
  while (start < last) {
    // The head has come with the first section then.
    const least = start === 0 ? lines.indexOf(NEWLINE) + 1 : start + PIECE;
    const end = lines.indexOf(NEWLINE, Math.min(least, last - 1)) + 1;
    yield { lines: copyOf(lines, start, end) };
    start = end;
  }
  const { textHash } = parseLine(lines.subarray(last)) as DocumentEnd;
  yield { lines: copyOf(lines, last, lines.length), end: { textHash, whole: () => wholeOf(sectionsIn(lines), sheetCountIn(lines)) } };
}

/** Bytes that can go over to another thread. */
const copyOf = (bytes: Uint8Array, start: number, end: number) => new Uint8Array(bytes.subarray(start, end));

const parseLine = (line: Uint8Array): DocumentPart => JSON.parse(new TextDecoder().decode(line));

function* sectionsIn(lines: Uint8Array): Generator<DocumentSection> {
  for (let start = 0, end = 0; start < lines.length; start = end) {
    end = lines.indexOf(NEWLINE, start) + 1;
    const part = parseLine(lines.subarray(start, end));
    if (part.part === 'section') yield part;
  }
}

/** The head is the first line. */
function sheetCountIn(lines: Uint8Array): number {
  const head = parseLine(lines.subarray(0, lines.indexOf(NEWLINE)));
  return head.part === 'head' ? (head.sheets?.length ?? 0) : 0;
}
