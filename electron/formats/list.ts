/** The documents that Lectern reads: their formats, the endings of their files, and their media types. */
export const documentFormats = ['text', 'markdown', 'html', 'epub', 'pdf', 'mail'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** What systems know a format's files by. */
export interface FileType {
  /** In lower case with their dot; the first one is the usual one. */
  extensions: readonly string[];
  mediaType: string;
  /** Apple's name for it. */
  uniformType: string;
}

export const fileTypes: Readonly<Record<DocumentFormat, FileType>> = {
  text: { extensions: ['.txt'], mediaType: 'text/plain', uniformType: 'public.plain-text' },
  markdown: { extensions: ['.md', '.markdown'], mediaType: 'text/markdown', uniformType: 'net.daringfireball.markdown' },
  html: { extensions: ['.html', '.htm', '.xhtml', '.xht', '.mhtml', '.mht'], mediaType: 'text/html', uniformType: 'public.html' },
  epub: { extensions: ['.epub'], mediaType: 'application/epub+zip', uniformType: 'org.idpf.epub-container' },
  pdf: { extensions: ['.pdf'], mediaType: 'application/pdf', uniformType: 'com.adobe.pdf' },
  mail: { extensions: ['.eml', '.mbox'], mediaType: 'message/rfc822', uniformType: 'com.apple.mail.email' },
};

/**
 * Which text the reader of each format makes of a file: raise its number when the same file gives another one than before. Anchors are then
 * carried over in silence, and the index of the search takes in the new texts. Books, mail and Markdown have HTML in them: what is
 * drawn of that in another way is another text of theirs, too.
 */
export const revisions: Readonly<Record<DocumentFormat, number>> = { text: 3, markdown: 8, html: 9, epub: 4, pdf: 3, mail: 6 };

/** Formats whose documents are also shown as their pages were printed (`DocumentHead.sheets`). */
export const hasPages = (format: DocumentFormat): boolean => format === 'pdf';

/** All endings, in the order of the formats. */
export const documentExtensions: readonly string[] = documentFormats.flatMap((format) => fileTypes[format].extensions);

/** Images that a document may show from beside it. A drawing (SVG) that is opened by itself can run no scripts: `imagePolicy` forbids it. */
const imageExtensions = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp', '.avif', '.jxl', '.svg']);

/** Sounds and films that a document may have played from beside it. */
const soundExtensions = new Set(['.flac', '.m4a', '.mp3', '.oga', '.ogg', '.opus', '.wav']);
const filmExtensions = new Set(['.3gp', '.m4v', '.mkv', '.mov', '.mp4', '.ogv', '.webm']);

const MEGABYTE = 1024 * 1024;

/** Formats of which only those bytes are read that are needed: their files are mostly pictures. */
const readInParts: readonly DocumentFormat[] = ['epub', 'pdf'];

/** Bytes of the largest document of a format; a larger one is refused. */
export const largestDocument = (format: DocumentFormat): number => (readInParts.includes(format) ? 512 : 32) * MEGABYTE;

/** Why a document of `size` bytes is refused. */
export const describeTooLarge = (name: string, format: DocumentFormat, size: number): string =>
  `“${name}” has ${Math.ceil(size / MEGABYTE)} MB, and Lectern opens files of its kind of up to ${largestDocument(format) / MEGABYTE} MB. Split it into smaller files to read it here.`;

/** The format that a file's name tells, whatever its case; `undefined` for a file that is no document. */
export function formatOf(fileName: string): DocumentFormat | undefined {
  const extension = extensionOf(fileName);
  return documentFormats.find((format) => fileTypes[format].extensions.includes(extension));
}

export const isImage = (fileName: string): boolean => imageExtensions.has(extensionOf(fileName));

/** As what a file is played; `undefined` for one that is no sound and no film. */
export function playedAs(fileName: string): 'audio' | 'video' | undefined {
  const extension = extensionOf(fileName);
  return soundExtensions.has(extension) ? 'audio' : filmExtensions.has(extension) ? 'video' : undefined;
}

/** Whether a file is shown or played in documents that lie beside it. */
export const isAsset = (fileName: string): boolean => isImage(fileName) || playedAs(fileName) !== undefined;

/** The title of last resort: a file's name without its extension, in one line; with it where nothing else of the name can be seen. */
export function titleFromName(fileName: string): string {
  const inOneLine = (name: string): string => name.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const name = inOneLine(nameWithoutExtension(fileName));
  return /[^\s\p{Cf}]/u.test(name) ? name : inOneLine(lastPart(fileName));
}

/** A file's name without its folders and its extension. */
export const nameWithoutExtension = (fileName: string): string => {
  const name = lastPart(fileName);
  return name.slice(0, name.length - extensionOf(name).length);
};

/** In lower case, with its dot; empty where there is none. A dot at the beginning begins a name, not an ending. */
const extensionOf = (fileName: string): string => /^.+?(\.[^.]*)$/s.exec(lastPart(fileName))?.[1]?.toLowerCase() ?? '';

const lastPart = (fileName: string): string => fileName.split(/[\\/]/).at(-1) ?? fileName;
