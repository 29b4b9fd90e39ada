import { hash } from 'node:crypto';
import { type DocumentSource, LARGEST_DOCUMENT, ok, type Result } from '#api';
import type { DocumentFormat } from '#formats/list';
import { createWordCounter } from '#model';
import { type Decoded, decodeBytes } from '../formats/decode/decode';
import { binaryKind } from '../formats/decode/sniff';
import { readHeader } from '../formats/header';
import { createHtmlReader, HTML_PIECE, type HtmlContent } from '../formats/html/content';
import { titleOf } from '../formats/titles';
import { fileFailures } from './failures';
import type { Pause } from './pacing';

/** All that the library says of a file's content. */
export interface Examined {
  source: DocumentSource;
  /** The text without markup, for searching. */
  readable: string;
  title: string;
  words: number;
}

interface File {
  bytes: Uint8Array;
  /** SHA-256 of `bytes`. */
  rawHash: string;
  fileName: string;
  format: DocumentFormat;
  /** The encoding that the reader chose. */
  chosen?: string;
}

/** UTF-16 code units between two pauses. */
const PIECE = 256 * 1024;

/** Bytes above which hashing leaves the thread. */
const HASHED_HERE = 1024 * 1024;

/** SHA-256 in lower-case hexadecimal. */
export async function hashBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (bytes.length <= HASHED_HERE) return hash('sha256', bytes);
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
}

/** Decodes a file and reads what it says of itself; fails for what holds no text. */
export async function examine({ bytes, rawHash, fileName, format, chosen }: File, pause: Pause): Promise<Result<Examined>> {
  if (bytes.length === 0) return fileFailures.empty(fileName);
  if (bytes.length > LARGEST_DOCUMENT) return fileFailures.tooLarge(fileName, bytes.length);
  const kind = binaryKind(bytes, chosen);
  if (kind) return fileFailures.binary(fileName, kind);
  const decoded = decodeBytes(bytes, chosen, format);
  const { text, encoding, from } = decoded;
  if (text.trim() === '') return fileFailures.empty(fileName);
  await pause();
  const html = format === 'html' ? await readHtmlInPieces(text, pause) : undefined;
  const { header, metadata, notices } = readHeader(text, format, html);
  const body = html?.text ?? text.slice(header.end);
  const source: DocumentSource = {
    format,
    text,
    rawHash,
    encoding,
    encodingFrom: from,
    header,
    metadata,
    notices: [...decodingNotices(decoded), ...notices],
  };
  return ok({
    source,
    readable: html?.text ?? text,
    title: titleOf({ format, body, metadata, heading: html?.heading, fileName }),
    words: await countWordsInPieces(body, pause),
  });
}

function decodingNotices({ text, encoding, guessed, replaced }: Decoded): string[] {
  const notices: string[] = [];
  if (replaced > 0)
    notices.push(
      `${replaced === 1 ? 'One character of this file is' : `${replaced} characters of this file are`} not valid in the encoding ${encoding} and ${replaced === 1 ? 'is' : 'are'} shown as �. Another encoding may fit better: choose it under “Title, date and encoding”.`,
    );
  if (guessed)
    notices.push(
      `This file does not say how its letters are encoded; it was read as ${encoding}. If some look wrong, choose another under “Title, date and encoding”.`,
    );
  if (text.includes('\0')) notices.push('This file holds NUL characters, which have no shape; the rest of it is shown as it is.');
  return notices;
}

async function readHtmlInPieces(text: string, pause: Pause): Promise<HtmlContent> {
  const reader = createHtmlReader();
  for (let start = 0; start < text.length; start += HTML_PIECE) {
    reader.write(text.slice(start, start + HTML_PIECE));
    await pause();
  }
  return reader.end();
}

async function countWordsInPieces(text: string, pause: Pause): Promise<number> {
  const counter = createWordCounter();
  for (let start = 0; start < text.length; start += PIECE) {
    counter.add(text.slice(start, start + PIECE));
    await pause();
  }
  return counter.total();
}
