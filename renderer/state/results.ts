import type { SearchGroup, SearchHit } from '#api';
import type { Goal, ResultsState } from './store';

/** One row of the results: a hit, or a document that filters alone find. */
export interface ResultRow {
  group: SearchGroup;
  hit?: SearchHit;
  /** Which of the document's rows it is, from 0, and how many it has. */
  index: number;
  count: number;
}

/** The rows of all groups: of a document what is said of it, then its passages as they come in its text. */
export const rowsOf = (groups: readonly SearchGroup[]): ResultRow[] =>
  groups.flatMap((group): ResultRow[] => {
    if (group.hits.length === 0) return [{ group, index: 0, count: 1 }];
    const hits = group.hits.toSorted((a, b) => (a.place?.start ?? -1) - (b.place?.start ?? -1));
    return hits.map((hit, index) => ({ group, hit, index, count: hits.length }));
  });

/** The row that is open beside the results, where that is of this document. */
export function openedRow({ found, opened }: ResultsState, documentId: string): ResultRow | undefined {
  const row = opened === undefined ? undefined : rowsOf(found?.groups ?? [])[opened];
  return row?.group.documentId === documentId ? row : undefined;
}

/** Where a hit leads in its document; `undefined` for what is of the document as a whole. */
export function goalOf({ kind, noteId, place, before, match, after }: SearchHit): Goal | undefined {
  if (noteId !== undefined) return { type: 'note', noteId };
  return kind === 'text' ? { type: 'text', place, before, match, after } : undefined;
}
