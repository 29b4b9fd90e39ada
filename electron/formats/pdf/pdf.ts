import { revisions } from '#formats/list';
import type { DocumentHead, DocumentPart, DocumentSection, DocumentSheets } from '#model';
import { guessLanguage } from '#model';
import type { DocumentBytes, Format, ReadContext } from '../format';
import { toParts } from '../parts';
import { unreadable } from '../unreadable';
import { followNotes } from './follow-notes';
import { readPdfMetadata } from './metadata';
import { readOutline } from './outline';
import { flowPages } from './page-flow';
import { readPages } from './pages';
import type { PdfSource } from './pdf-source';
import type { PdfFile } from './pdfjs';
import { createSheetSizes, type SheetSizes } from './sheet-sizes';

/** PDF: the text of its pages as one that flows, as far as it is written as letters, and where it stands on them. Nothing in it is run. */
export const pdf: Format = {
  id: 'pdf',
  async *read(source, context) {
    const { openPdfSource } = await import('./pdf-source');
    const opened = await openPdfSource(source, context);
    try {
      yield* readFile(opened, source, context);
    } finally {
      await opened.close();
    }
  },
};

const LOCKED =
  'This document is protected by a password, which Lectern forgets when you leave it. Search does not find its text, which is not kept; what you highlight is kept with your notes, and a few words beside it.';

/** Pages of the longest file: all are told, and laid out, before they are read, and a few bytes can say that there are any number. */
const MOST_PAGES = 100_000;
/** UTF-16 code units of the beginning of a text, by which its language is known. */
const SAMPLE = 5_000;
/** Pages without text that are read before the document is told: then it is a scan, whose pages are to be seen. */
const BLANK = 8;

async function* readFile(
  opened: PdfSource,
  source: DocumentBytes,
  { password }: ReadContext,
): AsyncGenerator<DocumentPart, void, undefined> {
  const { file, pageTree, signal } = opened;
  if (file.numPages > MOST_PAGES) throw unreadable.damaged(source.fileName, 'PDF document');
  const { info } = await opened.of(file.getMetadata());
  const metadata = readPdfMetadata(info as Record<string, unknown>);
  const notices: string[] = [];
  const labels = await opened.of(readLabels(file));
  const labelOf = (page: number): string => labels[page - 1]?.trim() || String(page);
  const fileNotes = followNotes({ source, labelOf: (page) => labelOf(page + 1), notices });
  const sizes = createSheetSizes(file.numPages);
  const flow = flowPages(readPages(opened, { notices, annotations: fileNotes.annotations, sizes }), {
    count: file.numPages,
    outline: await opened.of(readOutline(file, pageTree?.pages)),
    labelOf,
  });
  const first = await firstSection(flow);
  const language = metadata.language ?? (first && guessLanguage(first.text.slice(0, SAMPLE)));
  const isLocked = password !== undefined;
  const head: DocumentHead = {
    part: 'head',
    revision: revisions.pdf,
    language,
    metadata,
    sheets: sizes.all(),
    ...(pageTree && { pageTree }),
    ...(isLocked && { isLocked }),
    notices: isLocked ? [LOCKED] : [],
  };
  yield* toParts(head, withSizes(fileNotes.follow(startingWith(first, flow)), sizes), signal, notices, fileNotes.end);
}

/** What the file calls its pages (ISO 32000-2, 12.4.2), in their order; none where it does not say. */
const readLabels = async (file: PdfFile): Promise<readonly (string | null)[]> => (await file.getPageLabels().catch(() => null)) ?? [];

type Flow = AsyncGenerator<DocumentSection | undefined, void, undefined>;

/** `undefined` where there is no text on the first pages. */
async function firstSection(flow: Flow): Promise<DocumentSection | undefined> {
  for (let blank = 0; blank < BLANK; blank++) {
    const { done, value } = await flow.next();
    if (done || value) return value ?? undefined;
  }
  return undefined;
}

async function* startingWith(first: DocumentSection | undefined, rest: Flow): Flow {
  yield first;
  yield* rest;
}

/** Tells how large pages are that are otherwise than it was thought, before what is printed on them. */
async function* withSizes(flow: Flow, sizes: SheetSizes): AsyncGenerator<DocumentSection | DocumentSheets | undefined> {
  for await (const section of flow) {
    const changes = sizes.changes();
    if (changes.length > 0) yield { part: 'sheets', changes };
    yield section;
  }
}
