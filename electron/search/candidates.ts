import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
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
  /** The best first, as far as the index can tell; no more than `most`. */
  best(most: number): number[];
}

/** Finds the documents that may be what a query looks for; those that are, are among them. */
export function findCandidates(database: DatabaseSync, query: Query): Candidates {
  database.exec('DELETE FROM matched');
  const positive = query.clauses.filter(({ negated }) => !negated);
  const [first = everything, ...others] = positive.map(documentsWith);
  run(database, { text: `INSERT OR IGNORE INTO matched ${first.text}`, values: first.values });
  for (const { text, values } of others) run(database, { text: `DELETE FROM matched WHERE id NOT IN (${text})`, values });
  const negative = query.clauses.filter((clause) => clause.negated && isExact(clause));
  for (const { text, values } of negative.map(documentsWith)) run(database, { text: `DELETE FROM matched WHERE id IN (${text})`, values });
  for (const { filter, negated } of query.filters) {
    const { text, values } = documentsThat(filter);
    run(database, { text: `DELETE FROM matched WHERE id ${negated ? '' : 'NOT'} IN (${text})`, values });
  }
  const count = Number(database.prepare('SELECT count(*) AS count FROM matched').get()?.['count']);
  return {
    count,
    isExact: query.clauses.every(isExact),
    best: (most) => (count === 0 ? [] : [...new Set(bestFirst(database, query, most))].slice(0, most)),
  };
}

const everything: Sql = { text: 'SELECT id FROM documents', values: [] };

/** Trigrams do not tell in which field they stand. */
const isExact = ({ alternatives }: Clause): boolean =>
  alternatives.every((term) => ask(term).isExact && (term.field === 'any' || ask(term).grams === undefined));

function run(database: DatabaseSync, { text, values }: Sql): void {
  database.prepare(text).run(...values);
}

/** The documents that one of the alternatives stands in, or may stand in. */
function documentsWith({ alternatives }: Clause): Sql {
  const parts = alternatives.flatMap((term) => [fieldsWith(term), ...(term.field === 'any' ? [textsWith(term)] : [])]);
  return { text: parts.map(({ text }) => text).join(' UNION '), values: parts.flatMap(({ values }) => values) };
}

const textsWith = (term: Term): Sql => {
  const rows = rowsWith(term, { words: 'text_words', grams: 'text_grams' });
  return rows
    ? { text: `SELECT id FROM documents WHERE content IN (SELECT key FROM contents WHERE id IN (${rows.text}))`, values: rows.values }
    : { text: 'SELECT id FROM documents WHERE content IS NOT NULL', values: [] };
};

const fieldsWith = (term: Term): Sql => {
  const rows = rowsWith(term, { words: 'field_words', grams: 'field_grams' });
  return rows ? { text: `SELECT rowid / ${FIELDS} FROM (${rows.text})`, values: rows.values } : everything;
};

const columns: Record<Exclude<Field, 'any'>, string> = { title: 'title', tag: 'tag', note: 'note quote' };

/** `undefined` for what the index cannot be asked: a single sign, say. */
function rowsWith(term: Term, tables: { words: string; grams: string }): Sql | undefined {
  const { words, grams } = ask(term);
  const inColumns = term.field === 'any' ? '' : `{${columns[term.field]}} : `;
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

/** First whole titles, then those with the words in titles, tags and notes, then by their texts, then the newest. */
function* bestFirst(database: DatabaseSync, query: Query, most: number): Generator<number> {
  const terms = positiveTerms(query);
  const title = terms.map(({ text }) => text).join(' ');
  const ids = (text: string, ...values: SQLInputValue[]) =>
    database
      .prepare(text)
      .all(...values)
      .map(({ id }) => Number(id));
  yield* ids('SELECT id FROM documents WHERE title_key = ? AND id IN (SELECT id FROM matched)', title);
  const inFields = terms.flatMap((term) => {
    const { words } = ask(term);
    return words === undefined ? [] : [term.field === 'any' ? words : `{${columns[term.field]}} : ${words}`];
  });
  if (inFields.length > 0)
    yield* ids(
      `SELECT rowid / ${FIELDS} AS id, min(rank) AS score FROM field_words WHERE field_words MATCH ? AND rowid / ${FIELDS} IN (SELECT id FROM matched)
        GROUP BY 1 ORDER BY score LIMIT ?`,
      inFields.map((expression) => `(${expression})`).join(' OR '),
      most,
    );
  const inText = rankedBy(query);
  if (inText !== '')
    yield* ids(
      `SELECT documents.id AS id FROM text_words JOIN contents ON contents.id = text_words.rowid JOIN documents ON documents.content = contents.key
        WHERE text_words MATCH ? AND documents.id IN (SELECT id FROM matched) ORDER BY text_words.rank LIMIT ?`,
      inText,
      most,
    );
  yield* ids('SELECT id FROM matched ORDER BY id DESC LIMIT ?', most);
}

/** The texts that hold all of the words, ranked by whole words before their beginnings. */
const rankedBy = ({ clauses }: Query): string =>
  clauses
    .filter(({ negated, alternatives }) => !negated && alternatives.some((term) => term.field === 'any' && ask(term).words !== undefined))
    .map(({ alternatives }) => {
      const words = alternatives.flatMap((term) => (term.field === 'any' ? (ask(term).words ?? []) : []));
      return `(${words.flatMap((each) => [each.replace(/ \*$/, ''), each]).join(' OR ')})`;
    })
    .join(' AND ');
