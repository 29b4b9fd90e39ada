import { foldText } from '#model';

/** Where a term may stand; `any` is all of them. */
export type Field = 'any' | 'title' | 'tag' | 'note';

/** Something to look for, folded. */
export interface Term {
  field: Field;
  /** Not empty; white space within is single spaces. */
  text: string;
  /** A word is found at the beginnings of words, and a single letter as a word only; a quoted phrase of three characters or more anywhere, even inside of words. */
  kind: 'word' | 'phrase';
}

/** A condition on the document itself. */
export type Filter = { type: 'in'; text: string } | { type: 'before' | 'after'; date: string };

/** At least one of the alternatives must be there, or, negated, none. */
export interface Clause {
  alternatives: Term[];
  negated: boolean;
}

/** All clauses and filters must hold. */
export interface Query {
  clauses: Clause[];
  filters: { filter: Filter; negated: boolean }[];
  /** There were more words than are searched. */
  isCut: boolean;
}

/** Words that are searched; a text that was pasted has more. */
export const MOST_WORDS = 64;

const TOKEN = /(?<minus>(?:-(?!-))?)(?:(?<field>\p{L}+):)?(?:["“”„](?<phrase>[^"“”„]*)(?:["“”„]|$)|(?<word>[^\s"“”„]+))/gu;

const fields: ReadonlyMap<string, Field> = new Map([
  ['tag', 'tag'],
  ['title', 'title'],
  ['note', 'note'],
]);
const filters: readonly string[] = ['in', 'before', 'after'];

/** What no text holds for a reader: control characters, and halves of surrogate pairs. */
const UNSPEAKABLE = /[\p{Cc}\p{Cs}]/gu;

/** What stands there while the reader is still writing: an operator without its word. */
const UNFINISHED = /^(-|(tag|title|note|in|before|after):)$/i;

/** Never fails: what is unfinished (an open quote, a lone `-`, an operator without a word) is read as far as it goes. */
export function parseQuery(input: string): Query {
  const query: Query = { clauses: [], filters: [], isCut: false };
  let joinNext = false;
  let words = 0;
  for (const { groups = {} } of input.replace(UNSPEAKABLE, ' ').matchAll(TOKEN)) {
    if (groups['word'] === 'OR' && !groups['minus'] && !groups['field']) {
      joinNext = query.clauses.length > 0;
      continue;
    }
    query.isCut = words === MOST_WORDS;
    if (query.isCut) break;
    joinNext = addToken(query, groups, joinNext);
    words += 1;
  }
  return query;
}

/** Returns whether an `OR` still waits for its second word. */
function addToken(query: Query, groups: Record<string, string | undefined>, join: boolean): boolean {
  const negated = groups['minus'] === '-';
  const name = groups['field']?.toLowerCase() ?? '';
  const value = groups['phrase'] ?? groups['word'] ?? '';
  if (UNFINISHED.test(value)) return join;
  if (filters.includes(name)) {
    const filter = readFilter(name, value);
    if (filter) query.filters.push({ filter, negated });
    return join;
  }
  const field = fields.get(name);
  const quoted = groups['phrase'] !== undefined;
  // An unknown field, as in `http://…`, is part of the word.
  const written = name !== '' && !field ? `${groups['field']}:${value}` : value;
  const text = tidy(foldText(written), quoted);
  if (text === '') return join;
  const term: Term = { field: field ?? 'any', text, kind: quoted && [...text].length >= 3 ? 'phrase' : 'word' };
  const last = query.clauses.at(-1);
  if (join && last && !last.negated && !negated) last.alternatives.push(term);
  else query.clauses.push({ alternatives: [term], negated });
  return false;
}

function readFilter(name: string, value: string): Filter | undefined {
  if (value === '') return undefined;
  if (name === 'in') return { type: 'in', text: foldText(value) };
  if ((name === 'before' || name === 'after') && /^\d{4}(-\d{2}){0,2}$/.test(value)) return { type: name, date: value };
  return undefined;
}

/** A word without the punctuation that it was pasted with; a word of nothing but punctuation stays. */
function tidy(text: string, quoted: boolean): string {
  const folded = text.replace(/ +/g, ' ').trim();
  if (quoted) return folded;
  const bare = folded.replace(/^['"([{]+|['")\]},;.!?…]+$/g, '');
  return bare === '' && folded !== "'" && folded !== '"' ? folded : bare;
}

/** What has to be found in a document: the terms that are not negated. */
export const positiveTerms = ({ clauses }: Query): Term[] =>
  clauses.filter(({ negated }) => !negated).flatMap(({ alternatives }) => alternatives);
