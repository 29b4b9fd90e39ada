import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api';
import type { Sheet } from '#model';
import type { Annotations } from './annotations';
import { readLines, turn } from './lines';
import type { PageLines } from './running-heads';

const SCANNED =
  'This document has no text that can be read: there are only pictures on its pages, as a scanner makes them. They are shown, and you can mark areas of them and write notes on them; a program for text recognition (OCR) can add the text to a copy.';

interface Reading {
  signal: AbortSignal;
  annotations: Annotations;
  /** Gets what could not be read, in whole sentences for the reader, when all pages are read. */
  notices: string[];
}

/** The lines of all pages in order. A page that cannot be read has none, and so has one that is a picture. */
export async function* readPages(
  file: PDFDocumentProxy,
  { signal, notices, annotations }: Reading,
): AsyncGenerator<PageLines, void, undefined> {
  const broken: number[] = [];
  let blank = 0;
  for (let number = 1; number <= file.numPages; number++) {
    signal.throwIfAborted();
    const page = await readPage(file, number, annotations).catch(() => undefined);
    if (!page) broken.push(number);
    else if (page.lines.length === 0) blank += 1;
    yield page ?? { lines: [], bottom: 0, top: 0 };
  }
  if (broken.length > 0)
    notices.push(
      broken.length === 1
        ? `Page ${broken[0]} of this file is damaged, and its text is missing here.`
        : `${broken.length} pages of this file are damaged, from page ${broken[0]} on, and their text is missing here.`,
    );
  if (blank === file.numPages) notices.push(SCANNED);
  else if (blank > 0)
    notices.push(
      `${blank === 1 ? 'One page has' : `${blank} pages have`} no text that can be read: ${blank === 1 ? 'it is' : 'they are'} blank, or pictures as a scanner makes them.`,
    );
}

/** The size of each page as it is seen, in points; of one that cannot be read that of the page before. */
export async function readSheets(file: PDFDocumentProxy, signal: AbortSignal): Promise<Sheet[]> {
  const sheets: Sheet[] = [];
  for (let number = 1; number <= file.numPages; number++) {
    signal.throwIfAborted();
    const page = await file.getPage(number).catch(() => undefined);
    const { width, height } = page?.getViewport({ scale: 1 }) ?? { width: 0, height: 0 };
    sheets.push(isSheet(width, height) ? [width, height] : (sheets.at(-1) ?? LETTER));
  }
  return sheets;
}

const LETTER: Sheet = [612, 792];
/** Points: what PDF allows (ISO 32000-2, annex C), and what can be seen. */
const isSheet = (width: number, height: number): boolean => Math.min(width, height) >= 3 && Math.max(width, height) <= 14_400 * 10;

async function readPage(file: PDFDocumentProxy, number: number, annotations: Annotations): Promise<PageLines> {
  const page = await file.getPage(number);
  try {
    const { transform, scale } = page.getViewport({ scale: 1 });
    await annotations.read(page, transform);
    const { lines, angle } = readLines(await page.getTextContent(), { page: number - 1, transform, scale });
    const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
    const ends = [turn(left, bottom, angle)[1], turn(right, top, angle)[1]];
    return { lines, bottom: Math.min(...ends), top: Math.max(...ends) };
  } finally {
    page.cleanup();
  }
}
