import type { FirstPage } from '#api';
import { pdfLimits } from './pdf-bytes';
import type { PdfContent } from './pdf-file';
import { isPaper } from './sheets';

/** Of a page that is longer, such as a web page printed as one, only so much is drawn: its height by its width. */
const LONGEST = 2;

/** Draws the first page of the PDF that `open` gives, `width` pixels wide. Rejects as opening and drawing it do, with the signal's reason when that is aborted. */
export async function drawFirstPage(open: () => Promise<PdfContent>, width: number, signal: AbortSignal): Promise<FirstPage> {
  const { openPdfFile } = await import('./pdf-file');
  const failed = Promise.withResolvers<never>();
  // Told by the opening where that fails.
  failed.promise.catch(() => undefined);
  const file = await openPdfFile(open(), { password: undefined, signal, limits: pdfLimits, onFailure: failed.reject });
  const canvas = document.createElement('canvas');
  try {
    const draw = async (): Promise<FirstPage> => {
      const size = await file.sizeOf(0);
      const height = Math.min(size.height, LONGEST * size.width);
      canvas.width = width;
      canvas.height = Math.max(1, Math.round((width * height) / size.width));
      await file.drawPart(0, { x: 0, y: 0, width: size.width, height }, canvas, signal);
      return { url: canvas.toDataURL('image/webp', 0.85), ratio: size.width / height, isPaper: isPaper(canvas) };
    };
    return await Promise.race([draw(), failed.promise]);
  } finally {
    file.close();
    // A canvas without pixels holds no memory, whenever it is collected.
    canvas.width = 0;
  }
}
