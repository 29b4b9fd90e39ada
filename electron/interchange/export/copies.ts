import path from 'node:path';
import { type Failure, fail } from '#api';
import { NoCopyError } from '../../formats/pdf/with-notes';
import { UnreadableDocument } from '../../formats/unreadable';
import type { DocumentContent, WriteFormat } from '../format';
import { ExportRefused } from '../format';
import { type CopyWithNotes, copyWithNotes } from './copy-with-notes';
import { openOriginal } from './original-file';
import type { ReadText } from './positions';

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

/** Bytes that are handed over at once. */
const PIECE = 1_048_576;

/** A copy of a PDF with notes in it, as annotations that all programs show. Throws `ExportRefused` before the first piece where none can be made. */
export const writePdf: WriteFormat = async function* (content, { copied: { originals, author, readText, isPreview } }) {
  for await (const document of content.documents()) {
    const notes = (await Array.fromAsync(document.notes)).flat();
    const file = originals[document.id];
    if (file === undefined) throw new ExportRefused(gone(document.title));
    const refuse = (error: unknown): never => {
      throw whyNot(document, file, error);
    };
    const original = await openOriginal(file, document.title).catch(refuse);
    try {
      const copy = await copyWithNotes({ source: original, documentId: document.id, author }, notes, readText).catch(refuse);
      if (isPreview) {
        yield describeCopy(copy);
        continue;
      }
      if (await original.hasChanged().catch(refuse)) throw new ExportRefused(changed(document.title));
      for (let start = 0; start < original.size; start += PIECE) yield await original.read(start, start + PIECE).catch(refuse);
      // Its places count on the file as it was: what was handed over is of no use where that is another now.
      if (await original.hasChanged().catch(refuse)) throw new Error(`The file of ${document.id} was written to while it was copied`);
      yield copy.appendix;
    } finally {
      await original.close();
    }
  }
};

/** Why no copy is made of a file, where that is no bug. */
function whyNot({ title }: DocumentContent, file: string, error: unknown): unknown {
  if (error instanceof UnreadableDocument) return new ExportRefused({ code: error.code, message: error.message });
  if (error instanceof NoCopyError) return new ExportRefused(reasons[error.why](title), { cause: error });
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  const code = String(error.code);
  return new ExportRefused(code === 'ENOENT' ? gone(title) : unread(title, path.basename(file), code), { cause: error });
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
  fail('document-unreadable', `The file of “${title}” (${name}) could not be read (${code}). Try again.`).failure;
const changed = (title: string) =>
  fail('document-unreadable', `The file of “${title}” was written to while a copy of it was made. Export again.`).failure;

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
