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

/** Formats whose readers are loaded ahead: most documents are of these, and the others bring libraries that take much memory. */
const MOST: readonly DocumentFormat[] = ['text', 'html', 'markdown'];

/** ms before each of them, in which the document that was opened is drawn, and what is asked next is answered. */
const BEFORE_EACH = 250;

/** Loads readers one after the other while nothing waits for them: it takes longer than to read the beginning of a document. */
export function loadAhead([format, ...others] = MOST): void {
  if (format === undefined) return;
  setTimeout(() => {
    // What cannot be loaded fails again when a document asks for it, and is told then.
    readerOf(format).then(
      () => loadAhead(others),
      () => {},
    );
  }, BEFORE_EACH).unref();
}
