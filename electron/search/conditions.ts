import type { SQLInputValue } from 'node:sqlite';
import { type Filter, type FilterClause, momentsOf, rangeOf } from '#model';
import { soughtFolder } from './entry';
import { type Sought, splitFilters } from './sought';

/** A condition in SQL with its values. */
export type Condition = [sql: string, ...values: SQLInputValue[]];

/** The columns that tell of states that are no reading status. */
const STATE_COLUMNS = { favourite: 'favourite', later: 'later', missing: 'missing', unplaced: 'unplaced' } as const;

/** What a filter of documents asks of the table of them; the same as `passes` in `hits.ts`. */
export function documentCondition(filter: Filter, today: string): Condition {
  switch (filter.type) {
    case 'in':
      return ['instr(folder, ?) > 0', soughtFolder(filter.text)];
    case 'collection':
      return [`instr(replace(collections, '"', ''), ?) > 0`, filter.text];
    case 'author':
      return [`instr(replace(author_key, '"', ''), ?) > 0`, filter.text];
    case 'is':
      return filter.state in STATE_COLUMNS
        ? [`${STATE_COLUMNS[filter.state as keyof typeof STATE_COLUMNS]} = 1`]
        : ['status = ?', filter.state];
    case 'kind':
      return ['format = ?', filter.format];
    case 'has':
      return ['noted = 1'];
    case 'before':
      return ['date < ?', rangeOf(filter.days, today).first ?? ''];
    case 'after':
      return ['date > ?', rangeOf(filter.days, today).last ?? ''];
    default:
      throw new Error(`“${filter.type}” is asked of notes.`);
  }
}

/** What the filters of notes ask of the table of fields: that a field belongs to such a note. */
export function noteCondition(query: Sought): Condition {
  const parts = splitFilters(query).ofNotes.map((clause) => ofClause(clause, query.today));
  return [['note IS NOT NULL', ...parts.map(([sql]) => sql)].join(' AND '), ...parts.flatMap(([, ...values]) => values)];
}

function ofClause({ alternatives, negated }: FilterClause, today: string): Condition {
  const parts = alternatives.map((filter): Condition => {
    if (filter.type === 'colour') return ['colour = ?', filter.colour];
    if (filter.type !== 'created' && filter.type !== 'modified') throw new Error(`“${filter.type}” is asked of documents.`);
    const { from, until } = momentsOf(filter.days, today);
    return [`${filter.type} >= ? AND ${filter.type} < ?`, from, until];
  });
  return [`${negated ? 'NOT ' : ''}(${parts.map(([sql]) => sql).join(' OR ')})`, ...parts.flatMap(([, ...values]) => values)];
}
