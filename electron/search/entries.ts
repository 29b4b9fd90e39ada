import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { DocumentFormat } from '#formats/list';
import type { Colour, ReadingStatus } from '#model';
import type { Candidates } from './candidates';
import { noteCondition } from './conditions';
import { type DocumentFacts, type Entry, type EntryNote, searchText } from './entry';
import { documentOf, FIELDS, isTitle } from './index-writer';
import type { Sought } from './sought';

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
  const selectField = database.prepare(`SELECT ${COLUMNS} FROM fields WHERE id = ?`);
  const selectDocuments = database.prepare(
    'SELECT documents.* FROM json_each(?) AS asked CROSS JOIN documents ON documents.id = asked.value',
  );

  return (ids: readonly number[], { fields }: Candidates, query: Sought) => {
    const documents = new Map(selectDocuments.all(JSON.stringify(ids)).map((row) => [Number(row['id']), row]));
    const fieldsOf = (rows: ReadonlySet<number>): Map<number, number[]> => {
      const byDocument = new Map<number, number[]>(ids.map((id) => [id, []]));
      for (const row of rows) if (!isTitle(row)) byDocument.get(documentOf(row))?.push(row);
      return byDocument;
    };
    const notesOfDocument = query.scope === 'notes' ? createNoteReader(database, query) : undefined;
    const byTerm = fields.map(({ sure, unsure }) => ({ sure: fieldsOf(sure), unsure: fieldsOf(unsure) }));

    return (id: number, most: number): KnownEntry | undefined => {
      const document = documents.get(id);
      if (!document) return undefined;
      const all = new Set(byTerm.flatMap(({ sure, unsure }) => [...(sure.get(id) ?? []), ...(unsure.get(id) ?? [])]));
      const looked = new Set(byTerm.flatMap(({ sure, unsure }) => [...(sure.get(id)?.slice(0, most) ?? []), ...(unsure.get(id) ?? [])]));
      const found = [...looked].map((field) => selectField.get(field) ?? {});
      // A note is told by all of its fields, also by those without the words.
      const rows = notesOfDocument ? [...found.filter(({ note }) => note === null), ...notesOfDocument(id)] : found;
      const facts = readFacts(document);
      const entry = {
        document: facts,
        title: searchText(facts.title),
        tags: rows.filter(({ kind, note }) => kind === 'tag' && note === null).map(readText),
        notes: notesOf(rows),
        isNoted: document['noted'] === 1,
      };
      const text = document['text'];
      const more = notesOfDocument ? 0 : all.size - looked.size;
      return { entry, text: typeof text === 'number' ? text : undefined, more };
    };
  };
}

type Row = Record<string, SQLOutputValue>;

const COLUMNS = 'kind, note, colour, created, modified, text';

/** Reads the fields of those notes of a document that the filters of notes let pass. */
function createNoteReader(database: DatabaseSync, query: Sought): (document: number) => Row[] {
  const [sql, ...values] = noteCondition(query);
  const select = database.prepare(`SELECT ${COLUMNS} FROM fields NOT INDEXED WHERE id BETWEEN ? AND ? AND ${sql}`);
  return (document) => select.all(document * FIELDS, (document + 1) * FIELDS - 1, ...values);
}

/** What the table of documents has of one. */
const readFacts = (row: Row): DocumentFacts => ({
  id: String(row['key']),
  title: String(row['title']),
  folder: String(row['folder']),
  date: textOf(row['date']),
  author: textOf(row['author']),
  format: String(row['format']) as DocumentFormat,
  isFavourite: row['favourite'] === 1,
  isLater: row['later'] === 1,
  collections: String(row['collections']).split('\n').filter(Boolean),
  status: String(row['status']) as ReadingStatus,
  isMissing: row['missing'] === 1,
  hasUnplaced: row['unplaced'] === 1,
  addedAt: String(row['added']),
});

const readText = (row: Row) => searchText(String(row['text']));

/** The notes whose fields the rows are, each with those only. */
function notesOf(rows: readonly Row[]): EntryNote[] {
  const byNote = Map.groupBy(
    rows.filter(({ note }) => typeof note === 'string'),
    ({ note }) => String(note),
  );
  return [...byNote].map(([id, parts]) => {
    const ofKind = (wanted: string) => parts.filter(({ kind }) => kind === wanted).map(readText);
    const [quote = NOTHING] = ofKind('quote');
    const [body = NOTHING] = ofKind('note');
    const [first = {}] = parts;
    const moments = { created: Number(first['created']), modified: Number(first['modified']) };
    return { id, colour: String(first['colour']) as Colour, quote, body, tags: ofKind('tag'), ...moments };
  });
}

const NOTHING = searchText('');

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
