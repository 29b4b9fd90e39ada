import type { DocumentFormat } from '#formats/list';
import type { Format } from './format';

/** How to get the reader of each format; each is loaded when a document asks for it. */
const readers: Readonly<Record<DocumentFormat, () => Promise<Format>>> = {
  text: async () => (await import('./plain/text-file')).textFile,
  markdown: async () => (await import('./markdown/markdown')).markdown,
  html: async () => (await import('./html/html')).html,
  epub: async () => (await import('./epub/epub')).epub,
  pdf: async () => (await import('./pdf/pdf')).pdf,
  mail: async () => (await import('./mail/mail')).mail,
};

/** The reader of a format. */
export const readerOf = (format: DocumentFormat): Promise<Format> => readers[format]();
