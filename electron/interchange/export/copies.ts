import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Failure, fail } from '#api';
import { NoCopyError } from '../../formats/pdf/with-notes';
import { UnreadableDocument } from '../../formats/unreadable';
import type { DocumentContent, WriteFormat } from '../format';
import { type CopyWithNotes, copyWithNotes } from './copy-with-notes';
import type { ReadText } from './positions';
import { ExportRefused } from './refused';

/** What copies of documents are made of. */
export interface CopiedFiles {
  /** Their files by the ids of the documents, absolute. They are read, and never written. */
  originals: Readonly<Record<string, string>>;
  /** Who is told as the author of the reader's own notes. */
  author: string | undefined;
  /** Texts that notes were made on. */
  readText: ReadText;
  /** What comes into a copy is to be told, and not the copy. */
  isPreview: boolean;
}

/** Bytes of the largest file of which a copy is made: all of it is in memory meanwhile. */
const LARGEST = 128 * 1_048_576;

/** Bytes that are handed over at once. */
const PIECE = 1_048_576;

/** A copy of a PDF with notes in it, as annotations that all programs show. Throws `ExportRefused` before the first piece where none can be made. */
export const writePdf: WriteFormat = async function* (content, { copied: { originals, author, readText, isPreview } }) {
  for await (const document of content.documents()) {
    const notes = (await Array.fromAsync(document.notes)).flat();
    const bytes = await readOriginal(document, originals[document.id]);
    const original = { bytes, fileName: document.title, documentId: document.id, author };
    const copy = await copyWithNotes(original, notes, readText).catch((error: unknown) => {
      throw whyNot(document, error);
    });
    if (isPreview) {
      yield describeCopy(copy);
      continue;
    }
    // What is handed over goes to another thread, with memory of its own.
    for (let start = 0; start < bytes.length; start += PIECE) yield bytes.slice(start, start + PIECE);
    yield copy.appendix;
  }
};

async function readOriginal({ title }: DocumentContent, file: string | undefined): Promise<Uint8Array<ArrayBuffer>> {
  if (file === undefined) throw new ExportRefused(gone(title));
  try {
    if ((await stat(file)).size > LARGEST) throw new ExportRefused(tooLarge(title));
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if (error instanceof ExportRefused) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new ExportRefused(code === 'ENOENT' ? gone(title) : unread(title, path.basename(file), code), { cause: error });
  }
}

function whyNot({ title }: DocumentContent, error: unknown): unknown {
  if (error instanceof UnreadableDocument) return new ExportRefused({ code: error.code, message: error.message });
  return error instanceof NoCopyError ? new ExportRefused(reasons[error.why](title), { cause: error }) : error;
}

const reasons: Record<NoCopyError['why'], (title: string) => Failure> = {
  encrypted: (title) =>
    fail(
      'document-unreadable',
      `“${title}” is encrypted, so nothing can be put into a copy of it. Save a copy without that in the program that opens it, or export the notes as Markdown.`,
    ).failure,
  damaged: (title) =>
    fail(
      'document-unreadable',
      `The file of “${title}” is damaged: it can be read, but nothing can be put into a copy of it. Save it anew in another program, or export the notes as Markdown.`,
    ).failure,
};
const gone = (title: string) =>
  fail('document-not-found', `The file of “${title}” is not there any more, so no copy of it can be made.`).failure;
const unread = (title: string, name: string, code: string) =>
  fail('document-unreadable', `The file of “${title}” (${name}) could not be read${code === '' ? '' : ` (${code})`}. Try again.`).failure;
const tooLarge = (title: string) =>
  fail(
    'document-too-large',
    `The file of “${title}” is too large for a copy with notes, which is made of up to ${LARGEST / 1_048_576} MB. Export the notes as Markdown.`,
  ).failure;

/** What comes into a copy, in whole sentences. */
function describeCopy({ onPassages, onDocument, unplaced, present }: CopyWithNotes): string {
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  const sentences = [
    'A copy of the document, in which your notes stand as all programs for PDFs show them. The document itself stays as it is.',
    onPassages > 0 && `${count(onPassages, 'note')} on ${onPassages === 1 ? 'its passage' : 'their passages'}.`,
    onDocument - unplaced > 0 && `${count(onDocument - unplaced, 'note')} on the whole document, at the head of its first page.`,
    unplaced > 0 &&
      `${count(unplaced, 'note')} whose ${unplaced === 1 ? 'passage is' : 'passages are'} not certain to be in the file as it is now, with ${unplaced === 1 ? 'its quote' : 'their quotes'} at the head of the first page.`,
    present > 0 &&
      `${count(present, 'note')} ${present === 1 ? 'stands' : 'stand'} in the document already, and ${present === 1 ? 'stays' : 'stay'} there.`,
  ];
  return `${sentences.filter((sentence) => sentence !== false).join('\n')}\n`;
}
