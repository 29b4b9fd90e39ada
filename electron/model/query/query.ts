import { type DocumentFormat, documentFormats } from '#formats/list';
import { type Colour, colours, type ReadingStatus, readingStatuses } from '../choices';
import { foldText } from '../text/fold';
import { type Days, readDays } from './days';

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

/** What a document can be: read so far, a favourite, in the reading list, its file gone, or with notes whose passages were not found. */
export type DocumentState = ReadingStatus | 'favourite' | 'later' | 'missing' | 'unplaced';

/** A condition on the document, or on a note: `colour`, `created` and `modified`. `text` is folded. */
export type Filter =
  | { type: 'in' | 'author' | 'collection'; text: string }
  | { type: 'is'; state: DocumentState }
  | { type: 'kind'; format: DocumentFormat }
  | { type: 'has'; what: 'note' }
  | { type: 'before' | 'after'; days: Days }
  | NoteFilter;

export type NoteFilter = { type: 'colour'; colour: Colour } | { type: 'created' | 'modified'; days: Days };

/** At least one of the alternatives must be there, or, negated, none. */
export interface Clause {
  alternatives: Term[];
  negated: boolean;
}

/** The same of filters, which are all of one type. */
export interface FilterClause {
  alternatives: Filter[];
  negated: boolean;
}

/**
 * All clauses and filters must hold: of a document, with what the reader has on it, or, where there is a filter of notes, of one note, with the
 * title and the tags of its document for what asks for these.
 */
export interface Query {
  clauses: Clause[];
  filters: FilterClause[];
  /** What was not understood, in whole sentences; the rest is searched. */
  remarks: string[];
  /** There were more words than are searched. */
  isCut: boolean;
}

/** Words that are searched; a text that was pasted has more. */
export const MOST_WORDS = 64;

/** UTF-16 code units of a query that are read. */
const LONGEST_QUERY = 10_000;

/** As much of a query as is read. */
export const cutQuery = (input: string): string => input.slice(0, LONGEST_QUERY);

/** One word, phrase or filter of what is written. */
export const TOKEN = /(?<minus>(?:-(?!-))?)(?:(?<field>\p{L}+):)?(?:["“”„](?<phrase>[^"“”„]*)(?:["“”„]|$)|(?<word>[^\s"“”„]+))/gu;

/** What can be written before a colon, in the order in which it is offered. */
export const operators = [
  'tag',
  'title',
  'note',
  'author',
  'in',
  'collection',
  'kind',
  'is',
  'has',
  'before',
  'after',
  'colour',
  'created',
  'modified',
] as const;
export type Operator = (typeof operators)[number];

/** Another spelling. */
const spellings: ReadonlyMap<string, Operator> = new Map([['color', 'colour']]);

export const operatorOf = (written: string): Operator | undefined => {
  const name = written.toLowerCase();
  return operators.find((each) => each === name) ?? spellings.get(name);
};

export const documentStates = [...readingStatuses, 'favourite', 'later', 'missing', 'unplaced'] as const satisfies readonly DocumentState[];

const isField = (name: Operator | undefined): name is 'tag' | 'title' | 'note' => name === 'tag' || name === 'title' || name === 'note';

/** Whether a filter is one of notes. */
export const isNoteFilter = (filter: Filter): filter is NoteFilter =>
  filter.type === 'colour' || filter.type === 'created' || filter.type === 'modified';

/** What no text holds for a reader: control characters, and halves of surrogate pairs. */
const UNSPEAKABLE = /[\p{Cc}\p{Cs}]/gu;

/** What stands there while the reader is still writing: an operator without its word. */
const UNFINISHED = new RegExp(`^(-|(${[...operators, ...spellings.keys()].join('|')}):)$`, 'i');

/** What an `OR` may join with what comes next: the last word, or the last filter. */
type Last = Clause | FilterClause | undefined;

/** Never fails: what is unfinished (an open quote, a lone `-`, an operator without a word) is read as far as it goes. */
export function parseQuery(input: string): Query {
  const query: Query = { clauses: [], filters: [], remarks: [], isCut: false };
  let last: Last;
  let isJoining = false;
  let words = 0;
  if (input.length > LONGEST_QUERY) remark(query.remarks, TOO_LONG);
  for (const { groups = {} } of cutQuery(input).replace(UNSPEAKABLE, ' ').matchAll(TOKEN)) {
    if (groups['word'] === 'OR' && !groups['minus'] && !groups['field']) {
      isJoining = last !== undefined;
      continue;
    }
    query.isCut = words === MOST_WORDS;
    if (query.isCut) break;
    words += 1;
    const read = readToken(groups, query.remarks);
    if (!read) continue;
    const joined = isJoining && last && join(last, read);
    if (isJoining && !joined && last) remark(query.remarks, CANNOT_JOIN);
    isJoining = false;
    if (joined) continue;
    last = read;
    // What is said twice is looked for, and counted, once.
    if (isTerms(read)) addOnce(query.clauses, read);
    else addOnce(query.filters, read);
  }
  if (query.clauses.length > 0 && isEmptyQuery(query)) remark(query.remarks, ONLY_LEFT_OUT);
  return query;
}

function addOnce<C extends Clause | FilterClause>(clauses: C[], clause: C): void {
  const written = JSON.stringify(clause);
  if (!clauses.some((each) => JSON.stringify(each) === written)) clauses.push(clause);
}

const TOO_LONG = `Only the first ${LONGEST_QUERY.toLocaleString('en')} characters are searched.`;
const ONLY_LEFT_OUT = '“-” leaves out of what is found: write what you look for, too.';

const CANNOT_JOIN =
  '“OR” joins words with words and a filter with another of the same name, with no “-” before them: here both are looked for.';

const isTerms = (clause: Clause | FilterClause): clause is Clause => 'field' in (clause.alternatives[0] ?? {});

/** Adds what was read to what an `OR` stands behind; false where they are not of one kind. */
function join(last: Clause | FilterClause, read: Clause | FilterClause): boolean {
  if (last.negated || read.negated) return false;
  if (isTerms(last) && isTerms(read)) last.alternatives.push(...read.alternatives);
  else if (isTerms(last) || isTerms(read) || last.alternatives[0]?.type !== read.alternatives[0]?.type) return false;
  else last.alternatives.push(...read.alternatives);
  return true;
}

const remark = (remarks: string[], sentence: string): void => {
  if (!remarks.includes(sentence)) remarks.push(sentence);
};

/** A word or filter; `undefined` for what is unfinished or says nothing. */
function readToken(groups: Record<string, string | undefined>, remarks: string[]): Clause | FilterClause | undefined {
  const negated = groups['minus'] === '-';
  const name = groups['field'] === undefined ? undefined : operatorOf(groups['field']);
  const value = groups['phrase'] ?? groups['word'] ?? '';
  const isQuoted = groups['phrase'] !== undefined;
  if (!isQuoted && UNFINISHED.test(value) && (name !== undefined || groups['field'] === undefined)) return undefined;
  if (name !== undefined && !isField(name)) {
    if (value.trim() === '') return undefined;
    const filter = readFilter(name, value);
    if (filter) return { alternatives: [filter], negated };
    remark(remarks, `“${name}:${value}” is not understood and left out: ${sayValues(name)}`);
    return undefined;
  }
  // An unknown operator, as in `http://…`, is part of the word.
  const written = groups['field'] !== undefined && name === undefined ? `${groups['field']}:${value}` : value;
  if (written !== value && !value.startsWith('//'))
    remark(remarks, `“${groups['field']}:” is no filter, so it is looked for as it is written.`);
  const text = tidy(foldText(written), isQuoted);
  if (text === '' || (!isQuoted && UNFINISHED.test(text))) return undefined;
  const isPhrase = (isQuoted || !isPlainWord(text, negated)) && [...text].length >= 3;
  return { alternatives: [{ field: name ?? 'any', text, kind: isPhrase ? 'phrase' : 'word' }], negated };
}

/** Whether a folded word is still one: what was left out of it, or put in, makes no words or operators of it. */
const isPlainWord = (text: string, negated: boolean): boolean =>
  !text.includes(' ') && !(negated ? /^-/ : /^-(?!-)/).test(text) && operatorOf(/^(\p{L}+):/u.exec(text)?.[1] ?? '') === undefined;

/** The one of `values` that is written, or that alone begins so. */
export function oneOf<V extends string>(values: readonly V[], written: string): V | undefined {
  const value = written.trim().toLowerCase();
  const begun = values.filter((each) => each.startsWith(value));
  return values.find((each) => each === value) ?? (begun.length === 1 ? begun[0] : undefined);
}

/** A folded text as queries are compared with it: quotation marks, which cannot be written in them, are spaces. */
export const spaceQuotes = (folded: string): string => folded.replaceAll('"', ' ');

/** A name or path as filters compare it: without quotation marks, which cannot be written in them. */
export const foldName = (name: string): string => foldText(name).replaceAll('"', '');

type FilterName = Exclude<Operator, 'tag' | 'title' | 'note'>;

function readFilter(name: FilterName, value: string): Filter | undefined {
  switch (name) {
    case 'in':
    case 'collection':
    case 'author': {
      // Folded first: other signs become backslashes by that.
      const text = foldName(value).replaceAll('\\', '/').trim();
      return text === '' ? undefined : { type: name, text };
    }
    case 'is': {
      const state = oneOf(documentStates, value);
      return state && { type: name, state };
    }
    case 'kind': {
      const format = oneOf(documentFormats, value);
      return format && { type: name, format };
    }
    case 'has':
      return /^notes?$/i.test(value.trim()) ? { type: name, what: 'note' } : undefined;
    case 'colour': {
      const colour = oneOf(colours, value);
      return colour && { type: name, colour };
    }
    case 'before':
    case 'after': {
      const days = readDays(value);
      return days && (typeof days === 'string' || 'date' in days) ? { type: name, days } : undefined;
    }
    case 'created':
    case 'modified': {
      const days = readDays(value);
      return days && { type: name, days };
    }
  }
}

const DATES = 'write a date as 2021, 2021-11 or 2021-11-03, or one such as today, yesterday, this-week or last-month';

/** What can stand behind an operator, as the end of a sentence. */
function sayValues(name: FilterName): string {
  const list = (values: readonly string[]) => `${values.slice(0, -1).join(', ')} or ${values.at(-1)} can stand there.`;
  switch (name) {
    case 'is':
      return list(documentStates);
    case 'kind':
      return list(documentFormats);
    case 'colour':
      return list(colours);
    case 'has':
      return '“has:note” finds documents with notes.';
    case 'created':
    case 'modified':
      return `${DATES}, or 2021-03..2021-05.`;
    case 'before':
    case 'after':
      return `${DATES}.`;
    case 'in':
    case 'collection':
    case 'author':
      return 'a part of the name can stand there.';
  }
}

/** A word without the punctuation that it was pasted with; a word of nothing but punctuation stays. */
function tidy(text: string, isQuoted: boolean): string {
  const folded = text.replaceAll('"', ' ').replace(/ +/g, ' ').trim();
  if (isQuoted) return folded;
  const bare = folded.replace(/^['([{ ]+|[')\]},;.!?… ]+$/g, '');
  return bare === '' && folded !== "'" ? folded : bare;
}

/** What has to be found in a document: the terms that are not negated. */
export const positiveTerms = ({ clauses }: Query): Term[] =>
  clauses.filter(({ negated }) => !negated).flatMap(({ alternatives }) => alternatives);

/** Whether there is anything to look for. */
export const isEmptyQuery = (query: Query): boolean => positiveTerms(query).length === 0 && query.filters.length === 0;

/** Whether notes are looked for, not documents: there is a filter of notes. */
export const isAboutNotes = ({ filters }: Query): boolean => filters.some(({ alternatives }) => alternatives.some(isNoteFilter));
