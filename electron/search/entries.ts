import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Colour } from '#model';
import { type Entry, makeEntry } from './entry';
import { columnsOf } from './index-file';
import { FIELDS } from './index-writer';
import type { SearchNote } from './protocol';
import type { Query } from './query';
import { ask } from './tokens';

/** A document with what of it a query may be found in, but for its text. */
interface KnownEntry {
  entry: Entry;
  /** The row id of its text. */
  text: number | undefined;
  /** In how many more tags, notes and quotes the query is found. */
  more: number;
}

/**
 * Reads documents by their row ids, of which `ids` says all that will be asked for, each with at most `most` of the fields that hold a term, and all
 * that may hold one. `inFields`: the documents that have any.
 */
export function createEntryReader(database: DatabaseSync) {
  const forget = database.prepare('DELETE FROM chosen');
  const choose = database.prepare('INSERT OR IGNORE INTO chosen VALUES (?)');
  const fieldsIn = (table: string): StatementSync =>
    database.prepare(`SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ? AND rowid / ${FIELDS} IN (SELECT id FROM chosen)`);
  const [words, ends, grams] = [fieldsIn('field_words'), fieldsIn('field_ends'), fieldsIn('field_grams')];
  const selectField = database.prepare('SELECT kind, note, colour, text FROM fields WHERE id = ?');
  const selectDocument = database.prepare('SELECT key, title, folder, date, text FROM documents WHERE id = ?');

  const rowsOf = (statement: StatementSync, expression: string): Set<number> =>
    new Set(statement.all(expression).map(({ id }) => Number(id)));

  /** The fields, but titles, that hold a term of the query, negated ones too, or may hold one. */
  function* fieldsWith({ clauses }: Query): Generator<{ rows: Iterable<number>; isSure: boolean }> {
    for (const term of clauses.flatMap(({ alternatives }) => alternatives)) {
      if (term.field === 'title') continue;
      const inColumns = `{${term.field === 'any' ? `${columnsOf.tag} ${columnsOf.note}` : columnsOf[term.field]}} : `;
      const asked = ask(term);
      const rows = rowsOf(words, inColumns + asked.words);
      yield { rows, isSure: asked.isExact };
      if (!asked.within) continue;
      const others =
        'grams' in asked.within
          ? rowsOf(grams, asked.within.grams)
          : rowsOf(words, inColumns + asked.within.words).intersection(rowsOf(ends, asked.within.ends));
      yield { rows: others.difference(rows), isSure: false };
    }
  }

  /** The fields of each of the documents. */
  function* fieldsOf(ids: readonly number[], query: Query): Generator<{ document: number; fields: number[]; isSure: boolean }> {
    if (ids.length === 0) return;
    forget.run();
    for (const id of ids) choose.run(id);
    for (const { rows, isSure } of fieldsWith(query))
      for (const [document, fields] of Map.groupBy(rows, (row) => Math.floor(row / FIELDS))) yield { document, fields, isSure };
  }

  return (ids: readonly number[], query: Query, inFields: ReadonlySet<number>) => {
    const found = Map.groupBy(
      fieldsOf(
        ids.filter((id) => inFields.has(id)),
        query,
      ),
      ({ document }) => document,
    );
    return (id: number, most: number): KnownEntry | undefined => {
      const document = selectDocument.get(id);
      if (!document) return undefined;
      const byTerm = found.get(id) ?? [];
      const looked = new Set(byTerm.flatMap(({ fields, isSure }) => (isSure ? fields.slice(0, most) : fields)));
      const rows = [...looked].map((field) => selectField.get(field) ?? {});
      const entry = makeEntry({
        id: String(document['key']),
        title: String(document['title']),
        folder: String(document['folder']),
        date: textOf(document['date']),
        tags: rows.filter(({ kind, note }) => kind === 'tag' && note === null).map(({ text }) => String(text)),
        notes: notesOf(rows),
      });
      const text = document['text'];
      const all = new Set(byTerm.flatMap(({ fields }) => fields));
      return { entry, text: typeof text === 'number' ? text : undefined, more: all.size - looked.size };
    };
  };
}

type Row = Record<string, SQLOutputValue>;

/** The notes whose fields the rows are, each with those only. */
function notesOf(rows: readonly Row[]): SearchNote[] {
  const byNote = Map.groupBy(
    rows.filter(({ note }) => typeof note === 'string'),
    ({ note }) => String(note),
  );
  return [...byNote].map(([id, parts]) => {
    const ofKind = (wanted: string): string[] => parts.filter(({ kind }) => kind === wanted).map(({ text }) => String(text));
    const [quote = ''] = ofKind('quote');
    const [body = ''] = ofKind('note');
    return { id, colour: String(parts[0]?.['colour']) as Colour, quote, body, tags: ofKind('tag') };
  });
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
