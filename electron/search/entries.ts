import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Colour } from '#model';
import type { Candidates } from './candidates';
import { type Entry, makeEntry } from './entry';
import { documentOf, isTitle } from './index-writer';
import type { SearchNote } from './protocol';

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
 * that may hold one.
 */
export function createEntryReader(database: DatabaseSync) {
  const selectField = database.prepare('SELECT kind, note, colour, text FROM fields WHERE id = ?');
  const selectDocument = database.prepare('SELECT key, title, folder, date, text FROM documents WHERE id = ?');

  return (ids: readonly number[], { fields }: Candidates) => {
    const wanted = new Set(ids);
    const fieldsOf = (rows: ReadonlySet<number>): Map<number, number[]> =>
      Map.groupBy(
        [...rows].filter((row) => wanted.has(documentOf(row)) && !isTitle(row)),
        documentOf,
      );
    const byTerm = fields.map(({ sure, unsure }) => ({ sure: fieldsOf(sure), unsure: fieldsOf(unsure) }));

    return (id: number, most: number): KnownEntry | undefined => {
      const document = selectDocument.get(id);
      if (!document) return undefined;
      const all = new Set(byTerm.flatMap(({ sure, unsure }) => [...(sure.get(id) ?? []), ...(unsure.get(id) ?? [])]));
      const looked = new Set(byTerm.flatMap(({ sure, unsure }) => [...(sure.get(id)?.slice(0, most) ?? []), ...(unsure.get(id) ?? [])]));
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
