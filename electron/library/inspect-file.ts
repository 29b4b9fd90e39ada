import { hash } from 'node:crypto';
import { LARGEST_DOCUMENT, ok, type Result } from '#api';
import type { DocumentFormat } from '#formats/list';
import { createWordCounter, type DocumentMetadata } from '#model';
import { decodeBytes } from '../formats/decode/decode';
import { binaryKind } from '../formats/decode/sniff';
import { readHeader } from '../formats/header';
import { createHtmlReader, HTML_PIECE, type HtmlContent } from '../formats/html/content';
import { titleOf } from '../formats/titles';
import { fileFailures } from './failures';
import type { Pause } from './pacing';

/** What the list shows of a file's content. */
export interface Examined {
  metadata: DocumentMetadata;
  title: string;
  words: number;
}

interface File {
  bytes: Uint8Array;
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
export async function examine({ bytes, fileName, format, chosen }: File, pause: Pause): Promise<Result<Examined>> {
  if (bytes.length === 0) return fileFailures.empty(fileName);
  if (bytes.length > LARGEST_DOCUMENT) return fileFailures.tooLarge(fileName, bytes.length);
  const kind = binaryKind(bytes, chosen);
  if (kind) return fileFailures.binary(fileName, kind);
  const { text } = decodeBytes(bytes, chosen, format);
  if (text.trim() === '') return fileFailures.empty(fileName);
  await pause();
  const html = format === 'html' ? await readHtmlInPieces(text, pause) : undefined;
  const { header, metadata } = readHeader(text, format, html);
  const body = html?.text ?? text.slice(header.end);
  const title = titleOf({ format, body, metadata, heading: html?.heading, fileName });
  return ok({ metadata, title, words: await countWordsInPieces(body, pause) });
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
