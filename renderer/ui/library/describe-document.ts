import type { DocumentSummary } from '#api';
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

/** The reader is in its midst. */
export const isBegun = ({ progress, status }: DocumentSummary): boolean => progress >= 0.01 && status !== 'finished';

/** What is wrong with a document: a word for its row, and the sentence. */
export function troubleOf({ missing, problem }: DocumentSummary): { label: string; sentence: string } | undefined {
  if (missing) return { label: 'File missing', sentence: problem?.message ?? 'The file is gone; your notes on it are kept.' };
  if (!problem) return undefined;
  const isOfFile = problem.code.startsWith('document-');
  const known = problem.code === 'document-empty' ? 'Empty' : problem.code === 'document-locked' ? 'Asks for its password' : undefined;
  return { label: known ?? (isOfFile ? 'Cannot be read' : 'Needs attention'), sentence: problem.message };
}
