import { hash } from 'node:crypto';
import { LARGEST_DOCUMENT, ok, type Result } from '#api';
import type { DocumentFormat } from '#formats/list';
import { createWordCounter, type DocumentMetadata } from '#model';
import { decodeBytes } from '../formats/decode/decode';
import { binaryKind } from '../formats/decode/sniff';
import { readHeader } from '../formats/header';
import { readHtml } from '../formats/html/content';
import { titleOf } from '../formats/titles';
import { fileFailures } from './failures';

/** What the list shows of a file's content. */
export interface Inspected {
  metadata: DocumentMetadata;
  title: string;
  words: number;
}

export interface FileToInspect {
  bytes: Uint8Array<ArrayBuffer>;
  fileName: string;
  format: DocumentFormat;
  /** The encoding that the reader chose. */
  chosen?: string;
}

/** Bytes above which hashing leaves the thread. */
const HASHED_HERE = 1024 * 1024;

/** SHA-256 in lower-case hexadecimal. */
export async function hashBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (bytes.length <= HASHED_HERE) return hash('sha256', bytes);
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
}

/** Decodes a file and reads what it says of itself; fails for what holds no text. Takes long for long files: for worker threads. */
export function inspectFile({ bytes, fileName, format, chosen }: FileToInspect): Result<Inspected> {
  if (bytes.length === 0) return fileFailures.empty(fileName);
  if (bytes.length > LARGEST_DOCUMENT) return fileFailures.tooLarge(fileName, bytes.length);
  const kind = binaryKind(bytes, chosen);
  if (kind) return fileFailures.binary(fileName, kind);
  const { text } = decodeBytes(bytes, chosen, format);
  if (text.trim() === '') return fileFailures.empty(fileName);
  const html = format === 'html' ? readHtml(text) : undefined;
  const { header, metadata } = readHeader(text, format, html);
  const body = html?.text ?? text.slice(header.end);
  const counter = createWordCounter();
  counter.add(body);
  return ok({ metadata, title: titleOf({ format, body, metadata, heading: html?.heading, fileName }), words: counter.total() });
}
