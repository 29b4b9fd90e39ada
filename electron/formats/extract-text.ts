import type { DocumentFormat } from '#formats/list';
import { readHtml } from './html/content';
import { markdownText } from './markdown/plain-text';

/** The readable text of a decoded document, for searching: HTML and Markdown without their markup, plain text as it is. */
export function extractText(text: string, format: DocumentFormat): string {
  if (format === 'html') return readHtml(text).text;
  return format === 'markdown' ? markdownText(text) : text;
}
