import { endsAsPdf, LARGEST_MENDED, PDF_END } from '#model';
import type { PdfBytes, PdfContent } from './pdf-file';

/** Bytes of a file of which all are fetched at once: pdf.js looks all over one before its first page, and each look takes longer than many bytes. */
const FETCHED_WHOLE = 32 * 1024 * 1024;

/** A file that is damaged, and too large to be mended. Named as pdf.js names one that it cannot mend. */
class DamagedPdfError extends Error {
  override name = 'InvalidPDFException';
}

/** The whole of a file that is small, or has to be mended, else what reads it in parts. */
export async function contentOf(file: PdfBytes): Promise<PdfContent> {
  const { size, beginning, read } = file;
  if (size <= FETCHED_WHOLE) {
    const whole = new Uint8Array(size);
    whole.set(beginning);
    if (beginning.length < size) whole.set((await read([[beginning.length, size]]))[0] ?? [], beginning.length);
    return whole;
  }
  const readParts: PdfBytes['read'] = async (ranges) => {
    // To mend a file pdf.js asks for all of it.
    if (ranges.some(([start, end]) => end - start > LARGEST_MENDED)) throw new DamagedPdfError('It is too large to be mended');
    return read(ranges);
  };
  const [end] = await read([[Math.max(0, size - PDF_END), size]]);
  if (end && endsAsPdf(end)) return { ...file, read: readParts };
  const [all = beginning] = await readParts([[0, size]]);
  return all;
}
