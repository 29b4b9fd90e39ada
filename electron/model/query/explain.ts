import type { DocumentFormat } from '#formats/list';
import type { Days } from './days';
import { type Clause, type Filter, type FilterClause, isAboutNotes, isEmptyQuery, type Query, type Term } from './query';

/** What a query looks for, as a sentence for the reader; empty for one that looks for nothing. */
export function explainQuery(query: Query): string {
  if (isEmptyQuery(query)) return '';
  const aboutNotes = isAboutNotes(query);
  const byType = (type: Filter['type']) => query.filters.filter(({ alternatives: [first] }) => first?.type === type);
  const [are, arent] = [
    adjectives(query.filters),
    byType('colour')
      .concat(byType('kind'))
      .filter(({ negated }) => negated),
  ];
  const nounOf = (type: Filter['type'], noun: string) => [are(type), noun].filter(Boolean).join(' ');
  const documents = nounOf('kind', 'documents');
  const subject = aboutNotes ? nounOf('colour', 'notes') : documents;
  const others = query.filters.filter(({ alternatives: [first] }) => first && first.type !== 'colour' && first.type !== 'kind');
  const ofNotes = others.filter(({ alternatives: [first] }) => first?.type === 'created' || first?.type === 'modified');
  const ofDocuments = others.filter((each) => !ofNotes.includes(each));
  const narrowed = [...arent, ...ofNotes].map(sayFilters);
  const ofTheirs = [...ofDocuments.filter((each) => !isOfState(each)).map(sayFilters), ...sayStates(ofDocuments.filter(isOfState))];
  const isOnDocuments = aboutNotes && (ofTheirs.length > 0 || are('kind') !== '');
  const parts = [
    ...query.clauses.filter(({ alternatives }) => !isAnywhere(alternatives)).map(sayTerms),
    ...narrowed,
    ...(isOnDocuments ? [[`on ${documents}`, ...ofTheirs].join(' ')] : ofTheirs),
    ...sayWords(query.clauses.filter(({ alternatives }) => isAnywhere(alternatives))),
  ];
  const sentence = `${[subject, parts[0]].filter(Boolean).join(' ')}${parts
    .slice(1)
    .map((part) => `, ${part}`)
    .join('')}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const isAnywhere = (terms: readonly Term[]): boolean => terms.every(({ field }) => field === 'any');

const either = (all: readonly string[], last = ' or '): string =>
  all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')}${last}${all.at(-1)}`;

const quote = (text: string): string => `“${text}”`;

const FORMAT_NAMES: Record<DocumentFormat, string> = {
  text: 'plain text',
  markdown: 'Markdown',
  html: 'HTML',
  epub: 'EPUB',
  pdf: 'PDF',
  mail: 'mail',
};

/** The words of a type of filter that stand before the noun. */
const adjectives =
  (filters: readonly FilterClause[]) =>
  (type: Filter['type']): string =>
    filters
      .filter(({ alternatives: [first], negated }) => first?.type === type && !negated)
      .map(({ alternatives }) => either(alternatives.map(sayKind)))
      .join(' and ');

const sayKind = (filter: Filter): string =>
  filter.type === 'kind' ? FORMAT_NAMES[filter.format] : filter.type === 'colour' ? filter.colour : '';

/** What must and must not stand in them. */
function sayWords(clauses: readonly Clause[]): string[] {
  const say = ({ alternatives }: Clause): string => either(alternatives.map(({ text }) => quote(text)));
  const wanted = clauses.filter(({ negated }) => !negated).map(say);
  const unwanted = clauses.filter(({ negated }) => negated).map(say);
  if (wanted.length === 0) return unwanted.length > 0 ? [`that do not contain ${either(unwanted)}`] : [];
  return [`that contain ${either(wanted, ' and ')}${unwanted.length > 0 ? ` but not ${either(unwanted)}` : ''}`];
}

/** A clause with words that must stand somewhere. */
function sayTerms({ alternatives, negated }: Clause): string {
  const fields = [...new Set(alternatives.map(({ field }) => field))];
  const parts = fields.map((field) => {
    const said = either(alternatives.filter((term) => term.field === field).map(({ text }) => quote(text)));
    if (field === 'any') return `that contain ${said}`;
    const how = negated ? 'without' : 'with';
    return field === 'tag' ? `${how} the tag ${said}` : `${how} ${said} in ${field === 'title' ? 'the title' : 'a note'}`;
  });
  return either(parts);
}

function sayFilters({ alternatives, negated }: FilterClause): string {
  const [first] = alternatives;
  const not = negated ? 'not ' : '';
  switch (first?.type) {
    case 'colour':
    case 'kind':
      return `${not}${either(alternatives.map(sayKind))}`;
    case 'author':
      return `${not}by ${either(textsOf(alternatives))}`;
    case 'collection':
      return `${not}in a collection called ${either(textsOf(alternatives))}`;
    case 'in':
      return `${not}in a folder called ${either(textsOf(alternatives))}`;
    case 'has':
      return negated ? 'without notes' : 'with notes';
    case 'is':
      return either(alternatives.map((filter) => (filter.type === 'is' ? sayState(filter.state, negated) : '')));
    default:
      return `${not}${either(alternatives.map(sayDates))}`;
  }
}

const isOfState = ({ alternatives: [first] }: FilterClause): boolean => first?.type === 'is';

const THAT_ARE = 'that are ';

/** States that documents are all in, as one part. */
function sayStates(states: readonly FilterClause[]): string[] {
  const said = states.map(sayFilters);
  const [are, others] = [said.filter((each) => each.startsWith(THAT_ARE)), said.filter((each) => !each.startsWith(THAT_ARE))];
  const together = are.length > 0 ? [THAT_ARE + are.map((each) => each.slice(THAT_ARE.length)).join(' and ')] : [];
  return states.length > 0 ? [[...together, ...others].join(' and ')] : [];
}

const textsOf = (filters: readonly Filter[]): string[] =>
  filters.flatMap((filter) => (filter.type === 'in' || filter.type === 'author' || filter.type === 'collection' ? quote(filter.text) : []));

function sayState(state: Extract<Filter, { type: 'is' }>['state'], negated: boolean): string {
  const not = negated ? 'not ' : '';
  switch (state) {
    case 'unread':
    case 'finished':
      return `that are ${not}${state}`;
    case 'reading':
      return `that you are ${not}reading`;
    case 'favourite':
      return `that are ${not}favourites`;
    case 'later':
      return `that are ${not}in the reading list`;
    case 'missing':
      return negated ? 'whose file is there' : 'whose file is missing';
    case 'unplaced':
      return negated ? 'without notes that lost their place' : 'with notes without a place';
  }
}

function sayDates(filter: Filter): string {
  switch (filter.type) {
    case 'before':
    case 'after':
      return `dated ${filter.type} ${sayDay(filter.days)}`;
    case 'created':
      return `made ${sayDays(filter.days)}`;
    case 'modified':
      return `last changed ${sayDays(filter.days)}`;
    default:
      return '';
  }
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A year, month or day as it is said. */
function sayDate(date: string): string {
  if (date.length === 4) return date;
  const at = new Date(`${date.length === 7 ? `${date}-01` : date}T00:00:00Z`);
  return (date.length === 7 ? month : day).format(at);
}

/** Days as a name, behind “before” or “after”. */
const sayDay = (days: Days): string => (typeof days === 'string' ? days : 'date' in days ? sayDate(days.date) : sayDays(days));

/** Days as when something was. */
function sayDays(days: Days): string {
  if (typeof days === 'string') return days;
  if ('date' in days) return `${days.date.length === 10 ? 'on' : 'in'} ${sayDate(days.date)}`;
  if (days.from === undefined) return `until ${sayDate(days.to ?? '')}`;
  return days.to === undefined ? `since ${sayDate(days.from)}` : `from ${sayDate(days.from)} to ${sayDate(days.to)}`;
}

/** Whether a query has more than words: what it looks for is then worth saying. */
export const hasOperators = ({ clauses, filters }: Query): boolean =>
  filters.length > 0 || clauses.some(({ alternatives, negated }) => negated || alternatives.length > 1 || !isAnywhere(alternatives));
