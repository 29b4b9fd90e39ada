import { type DocumentFormat, largestDocument } from '#formats/list';
import type { DocumentBytes, ReadContext } from '../format';
import { unreadable } from '../unreadable';
import { type Decoded, decodeBytes } from './decode';
import { binaryKind } from './sniff';

/** The text of a file that is one text, and what its decoding had to guess or give up, in whole sentences for the reader. */
export interface ReadText {
  text: string;
  /** A WHATWG label. */
  encoding: string;
  notices: string[];
}

/** Reads and decodes a whole file. Rejects with `UnreadableDocument` for what is too large, no text, or empty. */
export async function readText(
  source: DocumentBytes,
  { encoding: chosen, signal }: ReadContext,
  format: DocumentFormat,
): Promise<ReadText> {
  if (source.size > largestDocument(format)) throw unreadable.tooLarge(source.fileName, format, source.size);
  const bytes = await source.read(0, source.size);
  signal.throwIfAborted();
  const kind = binaryKind(bytes, chosen);
  if (kind) throw unreadable.binary(source.fileName, kind);
  const decoded = decodeBytes(bytes, chosen, format);
  if (decoded.text.trim() === '') throw unreadable.empty(source.fileName);
  return { text: decoded.text, encoding: decoded.encoding, notices: decodingNotices(decoded) };
}

function decodingNotices({ text, encoding, guessed, replaced }: Decoded): string[] {
  const notices: string[] = [];
  if (replaced > 0)
    notices.push(
      `${replaced === 1 ? 'One character of this file is' : `${replaced} characters of this file are`} not valid in the encoding ${encoding} and ${replaced === 1 ? 'is' : 'are'} shown as �. Another encoding may fit better: choose it under “Details of the document”.`,
    );
  if (guessed)
    notices.push(
      `This file does not say how its letters are encoded; it was read as ${encoding}. If some look wrong, choose another under “Details of the document”.`,
    );
  if (text.includes('\0')) notices.push('This file holds NUL characters, which have no shape; the rest of it is shown as it is.');
  return notices;
}
