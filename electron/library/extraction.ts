import type { DocumentFormat } from '../api';
import { readHtml } from './html';
import { markdownText } from './markdown-text';

/** The readable text of a decoded document, for searching: HTML and Markdown without their markup, plain text as it is. */
export function extractText(text: string, format: DocumentFormat): string {
  if (format === 'html') return readHtml(text).text;
  return format === 'markdown' ? markdownText(text) : text;
}
