import type { DocumentFormat } from '../api';
import { readHtml } from './html';

/** The readable text of a decoded document, for searching and counting: HTML without its markup, all else as it is. */
export const extractText = (text: string, format: DocumentFormat): string => (format === 'html' ? readHtml(text).text : text);
