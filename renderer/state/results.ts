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

/** Places among `rows` of what is active and open, known by document, note and offsets. What is not there any more is not open. */
export function samePlaces({ found, active, opened }: ResultsState, rows: readonly ResultRow[]): Pick<ResultsState, 'active' | 'opened'> {
  const before = rowsOf(found?.groups ?? []);
  const placeOf = (place: number | undefined): number | undefined => {
    const row = place === undefined ? undefined : before[place];
    const next = row ? rows.findIndex((each) => isSameRow(each, row)) : -1;
    return next < 0 ? undefined : next;
  };
  return { active: placeOf(active) ?? nearest(before[active], rows, active), opened: placeOf(opened) };
}

/** Whether the documents of what is active and open are among `groups`. */
export function holdsKept({ found, active, opened }: ResultsState, groups: readonly SearchGroup[]): boolean {
  const rows = rowsOf(found?.groups ?? []);
  const kept = [active, opened].flatMap((place) => (place === undefined ? [] : (rows[place]?.group.documentId ?? [])));
  return kept.every((id) => groups.some(({ documentId }) => documentId === id));
}

function isSameRow(a: ResultRow, b: ResultRow): boolean {
  if (a.group.documentId !== b.group.documentId || a.hit?.kind !== b.hit?.kind || a.hit?.noteId !== b.hit?.noteId) return false;
  if (a.hit?.place && b.hit?.place) return a.hit.place.start === b.hit.place.start && a.hit.place.end === b.hit.place.end;
  return a.hit?.before === b.hit?.before && a.hit?.match === b.hit?.match;
}

/** The row of the same document that has the place of one that is gone, or what stands where it stood. */
function nearest(gone: ResultRow | undefined, rows: readonly ResultRow[], place: number): number {
  const first = gone ? rows.findIndex(({ group }) => group.documentId === gone.group.documentId) : -1;
  if (gone && first >= 0) return first + Math.min(gone.index, (rows[first]?.count ?? 1) - 1);
  return Math.max(0, Math.min(place, rows.length - 1));
}

/** Where a hit leads in its document; `undefined` for what is of the document as a whole. */
export function goalOf({ kind, noteId, place, before, match, after }: SearchHit): Goal | undefined {
  if (noteId !== undefined) return { type: 'note', noteId };
  return kind === 'text' ? { type: 'text', place, before, match, after } : undefined;
}
