import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
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
 * Reads documents by their row ids, of which `ids` says all that will be asked for, each with at most `most` of the fields that the index
 * finds. Where it cannot tell which these are, with all fields: the query may be found in the last.
 */
export function createEntryReader(database: DatabaseSync) {
  const forget = database.prepare('DELETE FROM chosen');
  const choose = database.prepare('INSERT OR IGNORE INTO chosen VALUES (?)');
  const matching = database.prepare(
    `SELECT rowid AS id FROM field_words WHERE field_words MATCH ? AND rowid / ${FIELDS} IN (SELECT id FROM chosen)`,
  );
  const every = database.prepare(
    `SELECT id FROM fields WHERE id BETWEEN ?1 * ${FIELDS} AND ?1 * ${FIELDS} + ${FIELDS - 1} AND kind <> 'title'`,
  );
  const selectField = database.prepare('SELECT kind, note, colour, text FROM fields WHERE id = ?');
  const selectDocument = database.prepare('SELECT key, title, folder, date, text FROM documents WHERE id = ?');

  /** For each document the fields that each of the expressions finds. */
  const matchingFields = (ids: readonly number[], expressions: readonly string[]): Map<number, number[][]> => {
    forget.run();
    for (const id of ids) choose.run(id);
    const fields = new Map<number, number[][]>();
    for (const [term, expression] of expressions.entries()) {
      for (const { id } of matching.iterate(expression)) {
        const document = Math.floor(Number(id) / FIELDS);
        const known = fields.get(document) ?? expressions.map(() => []);
        known[term]?.push(Number(id));
        fields.set(document, known);
      }
    }
    return fields;
  };

  return (ids: readonly number[], query: Query) => {
    const expressions = expressionsOf(query);
    const matched = expressions && matchingFields(ids, expressions);
    return (id: number, most: number): KnownEntry | undefined => {
      const document = selectDocument.get(id);
      if (!document) return undefined;
      const byTerm = matched ? (matched.get(id) ?? []) : [every.all(id).map((row) => Number(row['id']))];
      const looked = new Set(byTerm.flatMap((fields) => (matched ? fields.slice(0, most) : fields)));
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
      return { entry, text: typeof text === 'number' ? text : undefined, more: new Set(byTerm.flat()).size - looked.size };
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

/** What finds the fields that each of the query's terms may stand in, negated ones too; `undefined` where the index cannot tell. */
function expressionsOf({ clauses }: Query): string[] | undefined {
  const terms = clauses.flatMap(({ alternatives }) => alternatives);
  if (terms.some((term) => ask(term).words === undefined || ask(term).grams !== undefined)) return undefined;
  return terms.flatMap((term) =>
    term.field === 'title'
      ? []
      : [`{${term.field === 'any' ? `${columnsOf.tag} ${columnsOf.note}` : columnsOf[term.field]}} : (${ask(term).words})`],
  );
}
