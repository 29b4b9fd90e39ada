import { getDocument, type PDFDataRangeTransport, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
// Names itself to pdf.js as what reads in the same thread: this is a worker thread already.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { PDF_CHUNK } from '#model';

export type PdfFile = Awaited<ReturnType<typeof getDocument>['promise']>;

/** What pdf.js asks for files of its own by. */
class DataFiles {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const { dataFile } = await import('./data-files');
    const bytes = dataFile(filename);
    if (!bytes) throw new Error(`pdf.js asks for ${filename}, which it does not bring along.`);
    return bytes;
  }
}

/** Begins to open a PDF; pdf.js takes its bytes over, or asks for those that it needs. Nothing of it is run, drawn or fetched. */
export const openPdf = (content: Uint8Array | PDFDataRangeTransport, password?: string): ReturnType<typeof getDocument> =>
  getDocument({
    ...(content instanceof Uint8Array
      ? { data: content }
      : { range: content, rangeChunkSize: PDF_CHUNK, disableAutoFetch: true, disableStream: true }),
    ...(password !== undefined && { password }),
    verbosity: VerbosityLevel.ERRORS,
    // Only says that there are such files: `DataFiles` has them.
    cMapUrl: '/',
    standardFontDataUrl: '/',
    BinaryDataFactory: DataFiles,
    useWorkerFetch: false,
    useWasm: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
  });
