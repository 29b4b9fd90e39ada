import { endsAsPdf, LARGEST_MENDED, type PageTree, PDF_CHUNK, PDF_KEPT, PDF_WHOLE, readWithAppendix } from '#model';
import type { PdfBytes, PdfContent } from './pdf-file';

/** Bytes of the end of a large file that are fetched at once: its table of objects is there, of which pdf.js would ask for one stretch after the other. */
const END = 256 * 1024;

/** What pdf.js asks for of a large file at once, and keeps. */
export const pdfLimits = { chunk: PDF_CHUNK, kept: PDF_KEPT };

/** A file that is damaged, and too large to be mended. Named as pdf.js names one that it cannot mend. */
class DamagedPdfError extends Error {
  override name = 'InvalidPDFException';
}

/**
 * The whole of a file that is small, or has to be mended, else what reads it in parts. `treeOf` waits for what the document’s reader told of a large one.
 */
export async function contentOf(file: PdfBytes, treeOf: () => Promise<PageTree | undefined> = async () => undefined): Promise<PdfContent> {
  const { size, beginning, read } = file;
  if (size <= PDF_WHOLE) {
    const whole = new Uint8Array(size);
    whole.set(beginning);
    if (beginning.length < size) whole.set((await read([[beginning.length, size]]))[0] ?? [], beginning.length);
    return whole;
  }
  const endAt = size - END;
  const [[end], tree] = await Promise.all([read([[endAt, size]]), treeOf()]);
  const readParts: PdfBytes['read'] = async (ranges) => {
    // To mend a file pdf.js asks for all of it.
    if (ranges.some(([from, to]) => to - from > LARGEST_MENDED)) throw new DamagedPdfError('It is too large to be mended');
    const isHere = ([from]: readonly [number, number]): boolean => from >= endAt;
    const missing = ranges.filter((range) => !isHere(range));
    const found = (missing.length > 0 ? await read(missing) : []).values();
    return ranges.map((range) => (isHere(range) ? end?.slice(range[0] - endAt, range[1] - endAt) : found.next().value) ?? new Uint8Array());
  };
  if (end && endsAsPdf(end)) {
    if (!tree) return { ...file, read: readParts };
    const { appendix, pages } = tree;
    return { ...file, size: size + appendix.length, read: readWithAppendix({ size, read: readParts }, appendix), pages };
  }
  const [all = beginning] = await readParts([[0, size]]);
  return all;
}
