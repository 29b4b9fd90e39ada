import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { columnsOf } from './index-file';
import { FIELDS } from './index-writer';
import { type Clause, type Field, type Filter, positiveTerms, type Query, type Term } from './query';
import { ask } from './tokens';

/** A part of a statement with what is put in for its question marks. */
interface Sql {
  text: string;
  values: SQLInputValue[];
}

/** The documents that the index finds for a query, as row ids. */
export interface Candidates {
  /** How many. */
  count: number;
  /** Each of them is found by the query. Else it holds for all that are found, and for some that are not. */
  isExact: boolean;
  /** The best, as far as the index can tell, no more than `most`; in no order when there are no more. */
  best(most: number): number[];
  /** All, one after the other, the best first as long as `isOrdered`: to rank all of many takes long. */
  each(isOrdered: () => boolean): Iterable<number>;
}

/** Finds the documents that may be what a query looks for; those that are, are among them. */
export function findCandidates(database: DatabaseSync, query: Query): Candidates {
  database.exec('DELETE FROM matched');
  const positive = query.clauses.filter(({ negated }) => !negated);
  const [first = [everything], ...others] = positive.map(documentsWith);
  for (const { text, values } of first) run(database, { text: `INSERT OR IGNORE INTO matched ${text}`, values });
  for (const parts of others) {
    const text = parts.map((part) => `id NOT IN (${part.text})`).join(' AND ');
    run(database, { text: `DELETE FROM matched WHERE ${text}`, values: parts.flatMap(({ values }) => values) });
  }
  const negative = query.clauses.filter((clause) => clause.negated && isExact(clause));
  for (const { text, values } of negative.flatMap(documentsWith))
    run(database, { text: `DELETE FROM matched WHERE id IN (${text})`, values });
  for (const { filter, negated } of query.filters) {
    const { text, values } = documentsThat(filter);
    run(database, { text: `DELETE FROM matched WHERE id ${negated ? '' : 'NOT'} IN (${text})`, values });
  }
  const count = Number(database.prepare('SELECT count(*) AS count FROM matched').get()?.['count']);
  return {
    count,
    isExact: query.clauses.every(isExact),
    best: (most) => (count <= most ? [...inNoOrder(database)] : [...distinct(bestFirst(database, query, () => true)).take(most)]),
    each: (isOrdered) => distinct(bestFirst(database, query, isOrdered)),
  };
}

function* distinct(ids: Iterable<number>): Generator<number> {
  const told = new Set<number>();
  for (const id of ids) {
    if (told.has(id)) continue;
    told.add(id);
    yield id;
  }
}

function* inNoOrder(database: DatabaseSync): Generator<number> {
  for (const { id } of database.prepare('SELECT id FROM matched ORDER BY id DESC').all()) yield Number(id);
}

const everything: Sql = { text: 'SELECT id FROM documents', values: [] };

/** Trigrams do not tell in which field they stand. */
const isExact = ({ alternatives }: Clause): boolean =>
  alternatives.every((term) => ask(term).isExact && (term.field === 'any' || ask(term).grams === undefined));

function run(database: DatabaseSync, { text, values }: Sql): void {
  database.prepare(text).run(...values);
}

/** The documents that one of the alternatives stands in, or may stand in: those of all parts. SQLite would sort to put them together. */
const documentsWith = ({ alternatives }: Clause): Sql[] =>
  alternatives.flatMap((term) => [fieldsWith(term), ...(term.field === 'any' ? [textsWith(term)] : [])]);

const textsWith = (term: Term): Sql => {
  const rows = rowsWith(term, { words: 'text_words', grams: 'text_grams' });
  return rows
    ? { text: `SELECT documents.id FROM (${rows.text}) AS found CROSS JOIN documents ON documents.text = found.rowid`, values: rows.values }
    : { text: 'SELECT id FROM documents WHERE text IS NOT NULL', values: [] };
};

const fieldsWith = (term: Term): Sql => {
  const rows = rowsWith(term, { words: 'field_words', grams: 'field_grams' });
  return rows ? { text: `SELECT rowid / ${FIELDS} FROM (${rows.text})`, values: rows.values } : everything;
};

/** `undefined` for what the index cannot be asked: a single sign, say. */
function rowsWith(term: Term, tables: { words: string; grams: string }): Sql | undefined {
  const { words, grams } = ask(term);
  const inColumns = term.field === 'any' ? '' : `{${columnsOf[term.field]}} : `;
  const parts = [
    ...(words === undefined ? [] : [{ table: tables.words, expression: `${inColumns}${words}` }]),
    ...(grams === undefined ? [] : [{ table: tables.grams, expression: grams }]),
  ];
  if (parts.length === 0) return undefined;
  return {
    text: parts.map(({ table }) => `SELECT rowid FROM ${table} WHERE ${table} MATCH ?`).join(' INTERSECT '),
    values: parts.map(({ expression }) => expression),
  };
}

function documentsThat(filter: Filter): Sql {
  if (filter.type === 'in') return { text: 'SELECT id FROM documents WHERE instr(folder, ?) > 0', values: [filter.text] };
  const compare = filter.type === 'before' ? '<' : '>';
  return { text: `SELECT id FROM documents WHERE substr(date, 1, ?) ${compare} ?`, values: [filter.date.length, filter.date] };
}

/**
 * First whole titles, then those with the words in titles, tags and notes, then by their texts, then the newest; those at once when it need not
 * be in order any more. Each may come again.
 */
function* bestFirst(database: DatabaseSync, query: Query, isOrdered: () => boolean): Generator<number> {
  const isMatched = database.prepare('SELECT id FROM matched WHERE id = ?');
  const withTitle = database.prepare('SELECT id FROM documents WHERE title_key = ?');
  for (const { id } of withTitle.all(wholeTitle(query))) if (isMatched.get(id ?? null)) yield Number(id);
  for (const field of ['title', 'tag', 'note'] as const) {
    for (const row of ranked(database, 'field_words', inFields(query, field), isOrdered)) {
      const id = Math.floor(row / FIELDS);
      if (isMatched.get(id)) yield id;
    }
  }
  const withText = database.prepare('SELECT id FROM documents WHERE text = ?');
  for (const isPrefix of [false, true]) {
    for (const row of ranked(database, 'text_words', inText(query, isPrefix), isOrdered)) {
      for (const { id } of withText.all(row)) if (isMatched.get(id ?? null)) yield Number(id);
    }
  }
  yield* inNoOrder(database);
}

/** Rows that are asked for at first, and how many times as many when more are needed. */
const FIRST_RANKED = 100;
const RANKED_TIMES = 16;

/** The rows that an expression finds, the best first; none for an empty one. As few are ranked as are taken: SQLite keeps only the best of them. */
function* ranked(database: DatabaseSync, table: string, expression: string, isOrdered: () => boolean): Generator<number> {
  if (expression === '' || !isOrdered()) return;
  const select = database.prepare(`SELECT rowid FROM ${table} WHERE ${table} MATCH ? ORDER BY rank LIMIT ?`);
  let done = 0;
  for (let most = FIRST_RANKED; done < most; most *= RANKED_TIMES) {
    const rows = select.all(expression, most);
    for (const { rowid } of rows.slice(done)) yield Number(rowid);
    if (rows.length < most || !isOrdered()) return;
    done = rows.length;
  }
}

/** The words as a title that consists of them. */
export const wholeTitle = (query: Query): string =>
  positiveTerms(query)
    .map(({ text }) => text)
    .join(' ');

/** The terms that may stand in a field, any of them. */
const inFields = (query: Query, wanted: Exclude<Field, 'any'>): string =>
  positiveTerms(query)
    .filter(({ field }) => field === 'any' || field === wanted)
    .flatMap((term) => ask(term).words ?? [])
    .map((words) => `{${columnsOf[wanted]}} : (${words})`)
    .join(' OR ');

/** All of the words, as whole words or as beginnings of words. */
const inText = ({ clauses }: Query, isPrefix: boolean): string =>
  clauses
    .filter(({ negated }) => !negated)
    .map(({ alternatives }) => alternatives.flatMap((term) => (term.field === 'any' ? (ask(term).words ?? []) : [])))
    .filter((words) => words.length > 0)
    .map((words) => `(${words.map((each) => (isPrefix ? each : each.replace(/ \*$/, ''))).join(' OR ')})`)
    .join(' AND ');
