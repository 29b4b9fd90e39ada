import { PDFDataRangeTransport } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { largestDocument } from '#formats/list';
import { endsAsPdf, LARGEST_MENDED, type PageTree, PDF_END, PDF_KEPT, PDF_WHOLE, readWithAppendix } from '#model';
import type { DocumentBytes, ReadContext } from '../format';
import { type UnreadableDocument, unreadable } from '../unreadable';
import { readPageTree } from './page-tree';
import { openPdf, type PdfFile } from './pdfjs';

/** A PDF that is read, of which no more is in memory than a part. */
export interface PdfSource {
  readonly file: PdfFile;
  /** Of a large file, by what its pages are found in it. */
  readonly pageTree: PageTree | undefined;
  /** Aborted where bytes cannot be read any more, with the reason, or the reading is. */
  readonly signal: AbortSignal;
  /** What pdf.js answers; rejects with the signal's reason when that is aborted: pdf.js waits for its bytes for ever. */
  of<T>(answer: Promise<T>): Promise<T>;
  /** Lets go of what was read where it has become much: `file` is another then. Nothing may be asked of the one before. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a PDF. Rejects with `UnreadableDocument` where it is none, is too damaged, or its password is not known, and with what reading it throws. */
export async function openPdfSource(source: DocumentBytes, { password, signal }: ReadContext): Promise<PdfSource> {
  const { size, fileName } = source;
  if (size === 0) throw unreadable.empty(fileName);
  if (size > largestDocument('pdf')) throw unreadable.tooLarge(fileName, 'pdf', size);
  const isCut = size > PDF_WHOLE && !endsAsPdf(await source.read(size - PDF_END, size));
  if (isCut && size > LARGEST_MENDED) throw unreadable.damaged(fileName, 'PDF document');
  const isWhole = size <= PDF_WHOLE || isCut;
  const pageTree = isWhole ? undefined : await readPageTree(source);
  const inParts = pageTree ? withTree(source, pageTree) : source;
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const stopped = new Promise<never>((_, reject) => stop.addEventListener('abort', () => reject(stop.reason), { once: true }));
  // Told to whoever waits for an answer.
  stopped.catch(() => undefined);
  const of = <T>(answer: Promise<T>): Promise<T> => Promise.race([answer, stopped]);

  async function open() {
    const ranges = isWhole ? undefined : createRanges(inParts, failed);
    const task = openPdf(ranges ?? new Uint8Array(await source.read(0, size)), password);
    try {
      return { file: await of(task.promise), task, ranges, begun: ranges?.given ?? 0 };
    } catch (error) {
      void task.destroy().catch(() => undefined);
      stop.throwIfAborted();
      throw whyNot(fileName, error, password !== undefined);
    }
  }

  let opened = await open();
  return {
    get file() {
      return opened.file;
    },
    pageTree,
    signal: stop,
    of,
    async refresh() {
      if ((opened.ranges?.given ?? 0) - opened.begun < PDF_KEPT) return;
      await opened.task.destroy();
      opened = await open();
    },
    close: () => opened.task.destroy(),
  };
}

/** A file with a tree behind it in which its pages are found. */
function withTree({ size, fileName, read }: DocumentBytes, { appendix }: PageTree): DocumentBytes {
  const readAll = readWithAppendix({ size, read: (ranges) => Promise.all(ranges.map(([start, end]) => read(start, end))) }, appendix);
  return { size: size + appendix.length, fileName, read: async (start, end) => (await readAll([[start, end]]))[0] ?? new Uint8Array() };
}

/** Gives pdf.js the stretches of a file that it asks for. */
function createRanges({ size, fileName, read }: DocumentBytes, failed: AbortController): FileRanges {
  return new FileRanges(
    size,
    async (start, end) => {
      if (end - start > LARGEST_MENDED) throw unreadable.damaged(fileName, 'PDF document');
      const bytes = await read(start, end);
      if (bytes.length < end - start) throw unreadable.damaged(fileName, 'PDF document');
      return bytes;
    },
    (error) => failed.abort(error),
  );
}

class FileRanges extends PDFDataRangeTransport {
  /** Bytes */
  given = 0;
  #isOver = false;
  readonly #read: DocumentBytes['read'];
  readonly #fail: (error: unknown) => void;

  constructor(size: number, read: DocumentBytes['read'], fail: (error: unknown) => void) {
    super(size, null);
    this.#read = read;
    this.#fail = fail;
  }

  override requestDataRange(start: number, end: number): void {
    this.given += end - start;
    this.#give(start, end).catch(this.#fail);
  }

  /** Nobody waits any more. */
  override abort(): void {
    this.#isOver = true;
  }

  async #give(start: number, end: number): Promise<void> {
    const bytes = await this.#read(start, end);
    if (!this.#isOver) this.onDataRange(start, bytes);
  }
}

/** Why pdf.js does not open a file: it names its errors and exports no classes for all of them. */
function whyNot(fileName: string, error: unknown, hadPassword: boolean): UnreadableDocument {
  if (!(error instanceof Error) || error.name !== 'PasswordException') return unreadable.damaged(fileName, 'PDF document');
  return hadPassword ? unreadable.wrongPassword(fileName) : unreadable.locked(fileName);
}
