import type { DocumentEnd, DocumentPart } from '#model';

/** Whole lines of a document's stream. */
export interface Piece {
  lines: Uint8Array<ArrayBuffer>;
  /** With the last line: what it says, and the whole text. */
  end?: { textHash: string; text(): string };
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
  yield { lines: copyOf(lines, last, lines.length), end: { textHash, text: () => textOf(lines) } };
}

/** Bytes that can go over to another thread. */
const copyOf = (bytes: Uint8Array, start: number, end: number) => new Uint8Array(bytes.subarray(start, end));

const parseLine = (line: Uint8Array): DocumentPart => JSON.parse(new TextDecoder().decode(line));

function textOf(lines: Uint8Array): string {
  let text = '';
  for (let start = 0, end = 0; start < lines.length; start = end) {
    end = lines.indexOf(NEWLINE, start) + 1;
    const part = parseLine(lines.subarray(start, end));
    if (part.part === 'section') text += part.text;
  }
  return text;
}
