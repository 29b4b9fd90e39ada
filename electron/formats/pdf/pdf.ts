import { LARGEST_DOCUMENT, revisions } from '#formats/list';
import type { DocumentHead, DocumentPart, DocumentSection } from '#model';
import { guessLanguage } from '#model';
import type { DocumentBytes, Format } from '../format';
import { toParts } from '../parts';
import { type UnreadableDocument, unreadable } from '../unreadable';
import { createAnnotations } from './annotations';
import { fileNotesOf } from './file-notes';
import { createPrintedWords } from './marked-words';
import { readPdfMetadata } from './metadata';
import { openObjects, type PdfObjects } from './objects/objects';
import { PdfSyntaxError } from './objects/syntax';
import { readOutline } from './outline';
import { flowPages } from './page-flow';
import { readPages, readSheets } from './pages';
import type { PdfFile } from './pdfjs';

/** PDF: the text of its pages as one that flows, as far as it is written as letters. Nothing in it is run. */
export const pdf: Format = {
  id: 'pdf',
  async *read(source, context) {
    const { openPdf } = await import('./pdfjs');
    const task = openPdf(await readBytes(source, context.signal));
    try {
      const file = await task.promise.catch((error: unknown) => {
        throw whyNot(source.fileName, error);
      });
      yield* readFile(file, source, context.signal);
    } finally {
      await task.destroy();
    }
  },
};

/** UTF-16 code units of the beginning of a text, by which its language is known. */
const SAMPLE = 5_000;

async function* readFile(file: PdfFile, source: DocumentBytes, signal: AbortSignal): AsyncGenerator<DocumentPart, void, undefined> {
  const { info } = await file.getMetadata();
  const metadata = readPdfMetadata(info as Record<string, unknown>);
  const notices: string[] = [];
  const labels = await readLabels(file);
  const annotations = createAnnotations();
  const words = createPrintedWords();
  const texts: string[] = [];
  const labelOf = (page: number) => labels[page - 1]?.trim() || String(page);
  const sections = flowPages(readPages(file, { signal, notices, annotations }), {
    count: file.numPages,
    outline: await readOutline(file),
    labelOf,
  });
  const first = await sections.next();
  if (first.done) throw unreadable.scanned(source.fileName);
  const language = metadata.language ?? guessLanguage(first.value.text.slice(0, SAMPLE));
  const sheets = await readSheets(file, signal);
  const head: DocumentHead = { part: 'head', revision: revisions.pdf, language, metadata, sheets, notices: [] };
  yield* toParts(head, follow(startingWith(first.value, sections)), signal, notices, async () => {
    const { found, isCut } = annotations;
    if (isCut) notices.push('This file holds more highlights and notes than Lectern reads of one: only the first of them are known here.');
    if (found.length === 0) return {};
    const objects = await objectsOf(source);
    const { CreationDate } = info as Record<string, unknown>;
    const fileDate = typeof CreationDate === 'string' ? CreationDate : undefined;
    return { fileNotes: fileNotesOf(found, { words, text: texts.join(''), objects, labelOf: (page) => labelOf(page + 1), fileDate }) };
  });

  /** Sees where words stand on the pages with annotations: these are read before the text that stands there. */
  async function* follow(all: AsyncIterable<DocumentSection>): AsyncGenerator<DocumentSection> {
    let start = 0;
    for await (const section of all) {
      words.take(section, start, annotations.pages);
      texts.push(section.text);
      start += section.text.length;
      yield section;
    }
  }
}

/** The objects of the file; `undefined` where their table is damaged, which pdf.js mends by guessing. */
async function objectsOf({ size, read }: DocumentBytes): Promise<PdfObjects | undefined> {
  try {
    return openObjects(await read(0, size));
  } catch (error) {
    if (error instanceof PdfSyntaxError) return undefined;
    throw error;
  }
}

/** What the file calls its pages (ISO 32000-2, 12.4.2), in their order; none where it does not say. */
const readLabels = async (file: PdfFile): Promise<readonly (string | null)[]> => (await file.getPageLabels().catch(() => null)) ?? [];

async function* startingWith(first: DocumentSection, rest: AsyncIterable<DocumentSection>): AsyncGenerator<DocumentSection> {
  yield first;
  yield* rest;
}

/** The whole file, in memory of its own: pdf.js takes that over. */
async function readBytes({ size, fileName, read }: DocumentBytes, signal: AbortSignal): Promise<Uint8Array> {
  if (size === 0) throw unreadable.empty(fileName);
  if (size > LARGEST_DOCUMENT) throw unreadable.tooLarge(fileName, size);
  const bytes = await read(0, size);
  signal.throwIfAborted();
  return new Uint8Array(bytes);
}

/** Why pdf.js does not open a file: it names its errors and exports no classes for all of them. */
const whyNot = (fileName: string, error: unknown): UnreadableDocument =>
  error instanceof Error && error.name === 'PasswordException' ? unreadable.locked(fileName) : unreadable.damaged(fileName, 'PDF document');
