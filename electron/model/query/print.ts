import { printDays } from './days';
import { type Clause, type Filter, type FilterClause, type Operator, parseQuery, type Query, type Term } from './query';

/** A query as it is written: reading it gives the same query. */
export const printQuery = ({ clauses, filters }: Query): string => [...clauses.map(printClause), ...filters.map(printFilters)].join(' ');

const printClause = ({ alternatives, negated }: Clause): string => alternatives.map((term) => printTerm(term, negated)).join(' OR ');

const printFilters = ({ alternatives, negated }: FilterClause): string =>
  `${negated ? '-' : ''}${alternatives.map(printFilter).join(' OR ')}`;

function printTerm(term: Term, negated: boolean): string {
  const operator = `${negated ? '-' : ''}${term.field === 'any' ? '' : `${term.field}:`}`;
  const bare = `${operator}${term.text}`;
  return reads(bare, term, negated) ? bare : `${operator}"${term.text}"`;
}

/** Whether what is written is read as this term alone. */
function reads(written: string, { field, text, kind }: Term, negated: boolean): boolean {
  const { clauses, filters } = parseQuery(written);
  const [clause] = clauses;
  const [read] = clause?.alternatives ?? [];
  const isOne = clauses.length === 1 && filters.length === 0 && clause?.negated === negated && clause.alternatives.length === 1;
  return isOne && read?.field === field && read.text === text && read.kind === kind;
}

/** A filter as it is written. */
function printFilter(filter: Filter): string {
  switch (filter.type) {
    case 'in':
    case 'collection':
    case 'author':
      return `${filter.type}:${printValue(filter.type, filter.text)}`;
    case 'is':
      return `is:${filter.state}`;
    case 'kind':
      return `kind:${filter.format}`;
    case 'has':
      return `has:${filter.what}`;
    case 'colour':
      return `colour:${filter.colour}`;
    default:
      return `${filter.type}:${printDays(filter.days)}`;
  }
}

/** Quotation marks would end a value: in names they are left out, as they are where these are compared; in words they part. */
const QUOTES = /["“”„]/gu;
const ofNames: ReadonlySet<Operator> = new Set(['in', 'collection', 'author']);

/** The value of an operator, in quotes where it would end too early without. */
export function printValue(operator: Operator, value: string): string {
  const written = (ofNames.has(operator) ? value.replace(QUOTES, '') : value.replace(QUOTES, ' ').replace(/ +/g, ' ')).trim();
  return /^[\p{L}\p{N}_][^\s:]*$/u.test(written) ? written : `"${written}"`;
}
