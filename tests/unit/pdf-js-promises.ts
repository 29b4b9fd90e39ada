/**
 * Whether a promise that failed, and that nothing waited for, is one that pdf.js left to itself in the part of it that parses: it begins to fetch
 * objects of a damaged file that it then does not ask for. No promise of that part is ever Lectern’s to wait for: what it answers goes through
 * `pdf.mjs`, which makes errors of its own. Lectern’s threads take these promises likewise (`library/reading/worker.ts`).
 */
export function isLeftByPdfJs({ stack = '' }: { stack?: string | undefined }): boolean {
  // pdf.js makes all of its errors of one, whose stack tells where that was made.
  const [place = ''] = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return /[\\/]pdfjs-dist[\\/].*[\\/]pdf\.worker\.mjs:\d/.test(place);
}
