/** Bytes at the end of a PDF in which it says where the table of its objects is. */
export const PDF_END = 2048;

/**
 * Whether a PDF ends as one does that is whole (ISO 32000-2, 7.5.5). In one that does not, which was cut off mostly, its objects are looked for from end
 * to beginning: pdf.js has to have all of it then.
 */
export const endsAsPdf = (end: Uint8Array): boolean => /startxref\s+\d/.test(String.fromCharCode(...end.subarray(-PDF_END)));
