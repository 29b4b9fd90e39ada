import type { DocumentFormat } from '#formats/list';

/** The kinds of documents as the library calls them. */
export const FORMAT_NAMES: Record<DocumentFormat, string> = {
  text: 'Text',
  markdown: 'Markdown',
  html: 'Web page',
  epub: 'EPUB',
  pdf: 'PDF',
  mail: 'Mail',
};
