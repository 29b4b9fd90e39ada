import type { SearchScope } from '#api';
import { type DayRange, type Days, type Filter, isAboutNotes, isNoteFilter, parseQuery, type Query, rangeOf } from '#model';

/** A query with where its words are looked for, and the day on which it is asked (ISO `YYYY-MM-DD`, of the reader's time zone). */
export interface Sought extends Query {
  scope: SearchScope;
  today: string;
}

export function readSought(input: string, scope: SearchScope = 'all', now = new Date()): Sought {
  const query = parseQuery(input);
  return { ...query, scope: isAboutNotes(query) ? 'notes' : scope, today: localDay(now) };
}

const localDay = (at: Date): string =>
  [String(at.getFullYear()).padStart(4, '0'), ...[at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0'))].join('-');

/** Whether a moment (ms) is on one of some days of the reader's time zone, as `from <= moment < until`. */
export interface MomentRange {
  /** ms */
  from: number;
  until: number;
}

export function momentsOf(days: Days, today: string): MomentRange {
  const { first, last }: DayRange = rangeOf(days, today);
  const midnight = (day: string, later = 0): number => {
    const at = new Date(`${day}T00:00:00`);
    at.setDate(at.getDate() + later);
    return at.getTime();
  };
  return {
    from: first === undefined ? Number.MIN_SAFE_INTEGER : midnight(first),
    until: last === undefined ? Number.MAX_SAFE_INTEGER : midnight(last, 1),
  };
}

/** The filters of documents, and those of notes. */
export function splitFilters({ filters }: Query) {
  const isOfNotes = ({ alternatives }: { alternatives: Filter[] }) => alternatives.some(isNoteFilter);
  return { ofDocuments: filters.filter((each) => !isOfNotes(each)), ofNotes: filters.filter(isOfNotes) };
}
