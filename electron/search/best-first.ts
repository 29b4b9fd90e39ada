import type { DatabaseSync } from 'node:sqlite';
import { positiveTerms, type Query, type Term } from '#model';
import { columnsOf } from './index-file';
import { documentOf } from './index-writer';
import { ask } from './tokens';

/** Rows that are asked for at first, and how many times as many when more are needed. */
const FIRST_RANKED = 100;
const RANKED_TIMES = 16;

/** What is to be ordered: documents that hold the words, or those where a phrase may begin within a word. */
interface Ordered {
  ids: ReadonlySet<number>;
  beginsWithin: boolean;
  /** The documents of which a title, tag or note may hold a word, and others. */
  inFields: ReadonlySet<number>;
  /** So many are wanted: which of fewer come first need not be asked. */
  wanted: number;
}

/**
 * Goes through documents as the index ranks them: first whole titles, then those with the words in titles, tags and notes, then by their texts, then
 * the newest; those at once when it need not be in order any more.
 */
export function createBestFirst(database: DatabaseSync) {
  const withTitle = database.prepare('SELECT id FROM documents WHERE title_key = ?');
  const withText = database.prepare('SELECT id FROM documents WHERE text = ?');
  const rank = {
    field: database.prepare('SELECT rowid FROM field_words WHERE field_words MATCH ? ORDER BY rank LIMIT ?'),
    text: database.prepare('SELECT rowid FROM text_words WHERE text_words MATCH ? ORDER BY rank LIMIT ?'),
  };

  /** The rows that an expression finds, the best first; none for an empty one. As few are ranked as are taken: SQLite keeps only the best of them. */
  function* ranked(place: 'field' | 'text', expression: string, isOrdered: () => boolean): Generator<number> {
    if (expression === '' || !isOrdered()) return;
    let done = 0;
    for (let most = FIRST_RANKED; done < most; most *= RANKED_TIMES) {
      const rows = rank[place].all(expression, most);
      for (const { rowid } of rows.slice(done)) yield Number(rowid);
      if (rows.length < most || !isOrdered()) return;
      done = rows.length;
    }
  }

  /** Each may come again. */
  function* inOrder(query: Query, { ids, beginsWithin, inFields, wanted }: Ordered, isOrdered: () => boolean): Generator<number> {
    for (const { id } of withTitle.all(wholeTitle(query))) yield Number(id);
    if (inFields.size <= wanted) yield* inFields;
    else for (const row of ranked('field', inField(query, beginsWithin), isOrdered)) yield documentOf(row);
    for (const isWhole of [true, false]) {
      for (const row of ranked('text', inText(query, beginsWithin, isWhole), isOrdered))
        for (const { id } of withText.all(row)) yield Number(id);
    }
    yield* [...ids].sort((a, b) => b - a);
  }

  return function* bestFirst(query: Query, ordered: Ordered, isOrdered: () => boolean): Generator<number> {
    const told = new Set<number>();
    for (const id of inOrder(query, ordered, isOrdered)) {
      if (told.has(id) || !ordered.ids.has(id)) continue;
      told.add(id);
      yield id;
    }
  };
}

/** The words as a title that consists of them. */
export const wholeTitle = (query: Query): string =>
  positiveTerms(query)
    .map(({ text }) => text)
    .join(' ');

/** What finds a term in the tables of words; `undefined` for a single word that begins within another one. */
function expressionOf(term: Term, beginsWithin: boolean, isWhole: boolean): string | undefined {
  const { words, wholeWords, within } = ask(term);
  if (beginsWithin && within) return within.further?.words;
  return isWhole ? wholeWords : words;
}

/** Any of the terms, in titles before tags, and in these before notes: the columns weigh so much. */
const inField = (query: Query, beginsWithin: boolean): string =>
  positiveTerms(query)
    .flatMap((term) => {
      const words = expressionOf(term, beginsWithin, false);
      return words === undefined ? [] : term.field === 'any' ? words : `{${columnsOf[term.field]}} : (${words})`;
    })
    .join(' OR ');

/** All of the words, as whole words or as beginnings of words. */
const inText = ({ clauses }: Query, beginsWithin: boolean, isWhole: boolean): string =>
  clauses
    .filter(({ negated }) => !negated)
    .map(({ alternatives }) =>
      alternatives.flatMap((term) => (term.field === 'any' ? (expressionOf(term, beginsWithin, isWhole) ?? []) : [])),
    )
    .filter((words) => words.length > 0)
    .map((words) => `(${words.join(' OR ')})`)
    .join(' AND ');
