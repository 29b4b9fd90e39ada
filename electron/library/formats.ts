import path from 'node:path';
import type { DocumentFormat } from '../api';

const formats: Readonly<Record<string, DocumentFormat>> = {
  '.txt': 'text',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.html': 'html',
  '.htm': 'html',
};

/** Images that a document may show from beside it. No SVG: opened by itself it is a document that can run scripts. */
const imageExtensions = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp', '.avif']);

/** The format that a file's name tells, whatever its case; `undefined` for a file that is no document. */
export const formatOf = (fileName: string): DocumentFormat | undefined => formats[path.extname(fileName).toLowerCase()];

export const isImage = (fileName: string): boolean => imageExtensions.has(path.extname(fileName).toLowerCase());

/** A file's name without its extension: the title of last resort. */
export const nameWithoutExtension = (fileName: string): string => path.basename(fileName, path.extname(fileName));
