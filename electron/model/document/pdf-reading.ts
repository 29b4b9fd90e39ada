const MEGABYTE = 1024 * 1024;

/** Bytes at the end of a PDF in which it says where the table of its objects is. */
export const PDF_END = 2048;

/** Bytes of the largest PDF that is mended where it is damaged: pdf.js takes all of it for that. */
export const LARGEST_MENDED = 192 * MEGABYTE;

/** Bytes up to which a PDF is taken into memory whole: what is damaged in it is mended then, and pdf.js never waits in the midst of a page. */
export const PDF_WHOLE = 32 * MEGABYTE;

/** Bytes of a larger one that pdf.js takes, and keeps, before the file is opened anew without them. */
export const PDF_KEPT = 64 * MEGABYTE;

/** Bytes that pdf.js asks for at once: few, as its pages lie apart by what is drawn on them, and none is read in vain. */
export const PDF_CHUNK = 16 * 1024;

/**
 * Whether a PDF ends as one does that is whole (ISO 32000-2, 7.5.5). In one that does not, which was cut off mostly, its objects are looked for from end
 * to beginning: pdf.js has to have all of it then.
 */
export const endsAsPdf = (end: Uint8Array): boolean => /startxref\s+\d/.test(String.fromCharCode(...end.subarray(-PDF_END)));

/** How the pages of a large PDF are found without looking at others. */
export interface PageTree {
  /** What stands behind the file's bytes for that, one character for each byte. */
  appendix: string;
  /** The numbers of the objects that its pages are, in their order. */
  pages: readonly number[];
}

type Ranges = readonly (readonly [start: number, end: number])[];

/** Reads stretches of a file of `size` bytes, the ends not included, as if `appendix` stood behind it. */
export function readWithAppendix<Bytes extends Uint8Array>(
  { size, read }: { size: number; read(ranges: Ranges): Promise<Bytes[]> },
  appendix: string,
): (ranges: Ranges) => Promise<(Bytes | Uint8Array<ArrayBuffer>)[]> {
  const after = Uint8Array.from(appendix, (letter) => letter.charCodeAt(0));
  return async (ranges) => {
    const within = ranges.filter(([start]) => start < size).map(([start, end]) => [start, Math.min(end, size)] as const);
    const found = (within.length > 0 ? await read(within) : []).values();
    return ranges.map(([start, end]) => {
      const own = start < size ? found.next().value : undefined;
      if (own && end <= size) return own;
      const more = after.subarray(Math.max(0, start - size), end - size);
      const both = new Uint8Array((own?.length ?? 0) + more.length);
      both.set(own ?? []);
      both.set(more, own?.length ?? 0);
      return both;
    });
  };
}
