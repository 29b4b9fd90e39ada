import type { DocumentSummary } from '#api';
import type { Library } from '../../electron/library';

/** The rows of all documents that a library knows, as they are now. */
export const allRows = (library: Pick<Library, 'ids' | 'summary'>): DocumentSummary[] =>
  [...library.ids()].flatMap((id) => library.summary(id) ?? []);
