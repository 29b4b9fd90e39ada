import type { SearchScope } from '#api';
import { type Filter, isAboutNotes, isNoteFilter, localDay, parseQuery, type Query } from '#model';

/** A query with where its words are looked for, and the day on which it is asked (ISO `YYYY-MM-DD`, of the reader's time zone). */
export interface Sought extends Query {
  scope: SearchScope;
  today: string;
}

export function readSought(input: string, scope: SearchScope = 'all', now = new Date()): Sought {
  const query = parseQuery(input);
  return { ...query, scope: isAboutNotes(query) ? 'notes' : scope, today: localDay(now) };
}

/** The filters of documents, and those of notes. */
export function splitFilters({ filters }: Query) {
  const isOfNotes = ({ alternatives }: { alternatives: Filter[] }) => alternatives.some(isNoteFilter);
  return { ofDocuments: filters.filter((each) => !isOfNotes(each)), ofNotes: filters.filter(isOfNotes) };
}
