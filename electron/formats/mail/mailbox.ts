import { Buffer } from 'node:buffer';

/** A line that begins a message (RFC 4155, and as programs write it), and right after it a field of that one's header. */
const FROM_LINE = /^From [^\r\n]*\r?\n(?=(?:>?From |[\w-]+:))/;
/** Bytes of the longest such line, with the name of the field. */
export const LONGEST_LINE = 2_000;

/** The messages of a mailbox as they are written, each without the line that parts it from the one before; `undefined` for a file that is none. */
export function messagesOf(file: Uint8Array): Uint8Array[] | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const first = fromLineAt(bytes, 0);
  if (first === 0) return undefined;
  const begins = [{ at: 0, line: first }];
  for (let found = bytes.indexOf('\nFrom ', first - 1); found >= 0; found = bytes.indexOf('\nFrom ', found + 1)) {
    // A blank line stands before each: a sentence that begins with the word is none.
    const line = isAfterBlank(bytes, found) ? fromLineAt(bytes, found + 1) : 0;
    if (line > 0) begins.push({ at: found + 1, line });
  }
  return begins.map(({ at, line }, index) => bytes.subarray(at + line, begins[index + 1]?.at ?? bytes.length));
}

/** Whether a file, of which the beginning is enough for the first, is a mailbox of at least so many messages. */
export const isMailbox = (file: Uint8Array, least = 1): boolean => (messagesOf(file)?.length ?? 0) >= least;

/** A message without the marks by which its mailbox keeps lines of it from being taken for the beginning of another (`>From `, mboxrd). */
export function withoutMarks(message: Uint8Array): Uint8Array {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  return bytes.includes('\n>') ? Buffer.from(bytes.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1') : message;
}

const NEWLINE = 10;
const RETURN = 13;
const isAfterBlank = (bytes: Buffer, newline: number): boolean =>
  bytes[newline - 1] === NEWLINE || (bytes[newline - 1] === RETURN && bytes[newline - 2] === NEWLINE);

/** Bytes of the line at `at` that begins a message; 0 for another one. */
const fromLineAt = (bytes: Buffer, at: number): number => FROM_LINE.exec(bytes.toString('latin1', at, at + LONGEST_LINE))?.[0].length ?? 0;
