import { strToU8, zipSync } from 'fflate';

/** What a small book for a test is made of: chapters by their names, further files by their paths. */
export interface TestBook {
  chapters: Readonly<Record<string, string>>;
  metadata?: string;
  /** Manifest items beside the chapters. */
  items?: string;
  files?: Readonly<Record<string, string | Uint8Array>>;
}

/** Paths within the container, and what they hold. */
export function filesOfBook({ chapters, metadata = '', items = '', files = {} }: TestBook): Record<string, Uint8Array> {
  const names = Object.keys(chapters);
  const opf = `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">${metadata}</metadata>
    <manifest>${names.map((name) => `<item id="${name}" href="${name}.xhtml" media-type="application/xhtml+xml"/>`).join('')}${items}</manifest>
    <spine>${names.map((name) => `<itemref idref="${name}"/>`).join('')}</spine></package>`;
  const all: Record<string, string | Uint8Array> = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    'OPS/book.opf': opf,
    ...Object.fromEntries(names.map((name) => [`OPS/${name}.xhtml`, chapterOf(chapters[name] ?? '')])),
    ...files,
  };
  return Object.fromEntries(Object.entries(all).map(([path, content]) => [path, typeof content === 'string' ? strToU8(content) : content]));
}

/** The bytes of a small book. */
export const makeBook = (book: TestBook): Uint8Array => zipSync(filesOfBook(book));

/** A zip with so many more files like its first of the name `path`, which stand in its directory (APPNOTE.TXT 4.3.12) and have no bytes of their own. */
export function withMoreLike(zip: Uint8Array, path: string, more: number): Uint8Array {
  const bytes = Buffer.from(zip);
  const end = bytes.subarray(-22);
  const directory = bytes.subarray(end.readUInt32LE(16), -22);
  const name = directory.indexOf(path);
  const record = directory.subarray(name - 46, name + path.length);
  const copies = Array.from({ length: more }, (_, index) => {
    const copy = Buffer.from(record);
    copy.write(String(index).padStart(path.length, '0'), 46);
    return copy;
  });
  const all = Buffer.concat([directory, ...copies]);
  const entries = end.readUInt16LE(10) + more;
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(all.length, 12);
  return Buffer.concat([bytes.subarray(0, end.readUInt32LE(16)), all, end]);
}

const chapterOf = (body: string): string =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${body}</body></html>`;
