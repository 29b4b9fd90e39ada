import { LARGEST_DOCUMENT, revisions } from '#formats/list';
import type { DocumentHead, DocumentPart, DocumentSection } from '#model';
import { guessLanguage } from '#model';
import type { DocumentBytes, Format, ReadContext } from '../format';
import { toParts } from '../parts';
import { type UnreadableDocument, unreadable } from '../unreadable';
import { followNotes } from './follow-notes';
import { readPdfMetadata } from './metadata';
import { readOutline } from './outline';
import { flowPages } from './page-flow';
import { readPages, readSheets } from './pages';
import type { PdfFile } from './pdfjs';

/** PDF: the text of its pages as one that flows, as far as it is written as letters, and where it stands on them. Nothing in it is run. */
export const pdf: Format = {
  id: 'pdf',
  async *read(source, context) {
    const { openPdf } = await import('./pdfjs');
    const task = openPdf(await readBytes(source, context.signal), context.password);
    try {
      const file = await task.promise.catch((error: unknown) => {
        throw whyNot(source.fileName, error, context.password !== undefined);
      });
      yield* readFile(file, source, context);
    } finally {
      await task.destroy();
    }
  },
};

const LOCKED =
  'This document is protected by a password, which Lectern forgets when you leave it. Search does not find its text, which is not kept; what you highlight is kept with your notes, and a few words beside it.';

/** UTF-16 code units of the beginning of a text, by which its language is known. */
const SAMPLE = 5_000;

async function* readFile(
  file: PdfFile,
  source: DocumentBytes,
  { signal, password }: ReadContext,
): AsyncGenerator<DocumentPart, void, undefined> {
  const { info } = await file.getMetadata();
  const metadata = readPdfMetadata(info as Record<string, unknown>);
  const notices: string[] = [];
  const labels = await readLabels(file);
  const labelOf = (page: number): string => labels[page - 1]?.trim() || String(page);
  const fileNotes = followNotes({ source, labelOf: (page) => labelOf(page + 1), notices });
  const sections = flowPages(readPages(file, { signal, notices, annotations: fileNotes.annotations }), {
    count: file.numPages,
    outline: await readOutline(file),
    labelOf,
  });
  const first = await sections.next();
  const language = metadata.language ?? (first.done ? undefined : guessLanguage(first.value.text.slice(0, SAMPLE)));
  const sheets = await readSheets(file, signal);
  const isLocked = password !== undefined;
  const head: DocumentHead = {
    part: 'head',
    revision: revisions.pdf,
    language,
    metadata,
    sheets,
    ...(isLocked && { isLocked }),
    notices: isLocked ? [LOCKED] : [],
  };
  const all = first.done ? sections : startingWith(first.value, sections);
  yield* toParts(head, fileNotes.follow(all), signal, notices, fileNotes.end);
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
function whyNot(fileName: string, error: unknown, hadPassword: boolean): UnreadableDocument {
  if (!(error instanceof Error) || error.name !== 'PasswordException') return unreadable.damaged(fileName, 'PDF document');
  return hadPassword ? unreadable.wrongPassword(fileName) : unreadable.locked(fileName);
}
