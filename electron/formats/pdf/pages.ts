import type { Annotations } from './annotations';
import { readLines, turn, UNKNOWN_LETTER } from './lines';
import type { PdfSource } from './pdf-source';
import type { PdfFile } from './pdfjs';
import type { PageLines } from './running-heads';
import type { SheetSizes } from './sheet-sizes';

const SCANNED =
  'This document has no text that can be read: there are only pictures on its pages, as a scanner makes them. They are shown, and you can mark areas of them and write notes on them; a program for text recognition (OCR) can add the text to a copy.';

const UNREADABLE =
  'The fonts of this file do not say which letters they draw, so that much of its text cannot be read, searched or quoted: “�” stands for what is not known. Its pages are shown as they are, and you can mark areas of them and write notes on them; a program for text recognition (OCR) can add the text to a copy.';

/** Of all signs so many are unknown letters where a text cannot be read: of those of papers full of formulas hardly one in twenty is. */
const MANY_UNKNOWN = 0.08;

interface Reading {
  annotations: Annotations;
  /** Gets how large each page is, before its lines are told. */
  sizes: SheetSizes;
  /** Gets what could not be read, in whole sentences for the reader, when all pages are read. */
  notices: string[];
}

/** The lines of all pages in order. A page that cannot be read has none, and so has one that is a picture. */
export async function* readPages(source: PdfSource, { notices, annotations, sizes }: Reading): AsyncGenerator<PageLines, void, undefined> {
  const broken: number[] = [];
  let blank = 0;
  let signs = 0;
  let unknown = 0;
  const { numPages } = source.file;
  for (let number = 1; number <= numPages; number++) {
    const page = await source.of(readPage(source.file, number, { annotations, sizes })).catch(() => undefined);
    source.signal.throwIfAborted();
    await source.refresh();
    if (!page) broken.push(number);
    else if (page.lines.length === 0) blank += 1;
    for (const { text } of page?.lines ?? []) {
      signs += text.length;
      unknown += text.split(UNKNOWN_LETTER).length - 1;
    }
    yield page ?? { lines: [], bottom: 0, top: 0 };
  }
  if (broken.length > 0)
    notices.push(
      broken.length === 1
        ? `Page ${broken[0]} of this file is damaged, and its text is missing here.`
        : `${broken.length} pages of this file are damaged, from page ${broken[0]} on, and their text is missing here.`,
    );
  if (unknown > MANY_UNKNOWN * signs) notices.push(UNREADABLE);
  if (blank === numPages) notices.push(SCANNED);
  else if (blank > 0)
    notices.push(
      `${blank === 1 ? 'One page has' : `${blank} pages have`} no text that can be read: ${blank === 1 ? 'it is' : 'they are'} blank, or pictures as a scanner makes them.`,
    );
}

async function readPage(file: PdfFile, number: number, { annotations, sizes }: Pick<Reading, 'annotations' | 'sizes'>): Promise<PageLines> {
  const page = await file.getPage(number);
  try {
    const { transform, scale, width, height } = page.getViewport({ scale: 1 });
    sizes.see(number - 1, width, height);
    await annotations.read(page, transform);
    const { lines, angle } = readLines(await page.getTextContent({ disableNormalization: true }), { page: number - 1, transform, scale });
    const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
    const ends = [turn(left, bottom, angle)[1], turn(right, top, angle)[1]];
    return { lines, bottom: Math.min(...ends), top: Math.max(...ends) };
  } finally {
    page.cleanup();
  }
}
