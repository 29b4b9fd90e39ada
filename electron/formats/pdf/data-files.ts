/// <reference types="vite/types/importMeta.d.ts" />

/**
 * The files of pdf.js that texts are read with: what the predefined encodings of Asian fonts mean (CMaps), and the standard fonts. They are within the
 * bundle, as data URLs, so that they are at hand wherever that is.
 */
const files: Readonly<Record<string, string>> = import.meta.glob(
  ['/node_modules/pdfjs-dist/cmaps/*.bcmap', '/node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}'],
  { query: '?url&inline', import: 'default', eager: true },
);

const byName = new Map(Object.entries(files).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]));

/** The bytes of one of them; `undefined` where there is none of that name. */
export function dataFile(name: string): Uint8Array | undefined {
  const url = byName.get(name);
  return url === undefined ? undefined : new Uint8Array(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
}
