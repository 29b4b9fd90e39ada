import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { foldText, spaceQuotes } from '#model';
import { type DocumentText, decodeText } from '../formats/document-text';
import { foldCollections, foldFolder, foldForSearch } from './entry';
import type { IndexFile } from './index-file';
import { packText } from './packed-text';
import type { SearchDocument } from './protocol';
import { createShrinking } from './shrinking';
import { endsOf, foldSpaces, tokensOf } from './tokens';

/** Ids of a document's fields: its row id, times this, for its title, and so many more for its tags, notes and quotes. */
export const FIELDS = 2 ** 20;

/** The row id of the document that a field belongs to. */
export const documentOf = (field: number): number => Math.floor(field / FIELDS);

/** Whether it is the title of its document. */
export const isTitle = (field: number): boolean => field % FIELDS === 0;

type FieldKind = 'title' | 'tag' | 'note' | 'quote';

interface Field {
  kind: FieldKind;
  note: string | null;
  colour: string | null;
  created: number | null;
  modified: number | null;
  text: string;
}

/** Bytes that are written before they are given to the disk together. */
const WRITTEN_AT_ONCE = 4 * 1024 * 1024;

/** Writes what is to be found into the index. Throws what SQLite throws. */
export interface IndexWriter {
  /** Of which state each document is there, by its id. */
  versions(): Map<string, string>;
  /** Puts a document in the place of its earlier state; true when it has another content than that. */
  putDocument(document: SearchDocument, version: string): boolean;
  /** True when it had a content. */
  removeDocument(id: string): boolean;
  /** A text that is there already is left as it is. */
  putText(content: string, text: DocumentText): void;
  /** The documents whose texts are not there. */
  missing(): string[];
  /** Lets go of texts that belong to no document. */
  removeUnused(): void;
  /** Ends the transaction of what was written. */
  commit(): void;
  /** Takes back what was written since the last transaction ended. */
  rollBack(): void;
  /** Gives a piece of the file back to the disk when much of it is not needed any more; false when that is done. */
  shrink(): boolean;
}

export function createIndexWriter({ database, keepsTexts }: IndexFile): IndexWriter {
  const written = transactions(database);
  const find = database.prepare('SELECT id, content FROM documents WHERE key = ?');
  const put = database.prepare(`
    INSERT INTO documents (key, version, title, title_key, folder, date, content, text,
      author, author_key, format, favourite, later, collections, status, missing, unplaced, noted, added)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT id FROM contents WHERE key = ?7), ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
      ?18)
    ON CONFLICT (key) DO UPDATE SET version = excluded.version, title = excluded.title, title_key = excluded.title_key,
      folder = excluded.folder, date = excluded.date, content = excluded.content, text = excluded.text, author = excluded.author,
      author_key = excluded.author_key, format = excluded.format, favourite = excluded.favourite, later = excluded.later,
      collections = excluded.collections, status = excluded.status, missing = excluded.missing,
      unplaced = excluded.unplaced, noted = excluded.noted, added = excluded.added
    RETURNING id`);
  const remove = database.prepare('DELETE FROM documents WHERE id = ?');
  const findContent = database.prepare('SELECT id FROM contents WHERE key = ?');
  const putContent = database.prepare('INSERT INTO contents (key, text_hash) VALUES (?, ?) RETURNING id');
  const nameText = database.prepare('UPDATE documents SET text = ? WHERE content = ?');
  const putText = database.prepare('INSERT INTO texts (id, encoding, size, text) VALUES (?, ?, ?, ?)');
  const putWords = database.prepare('INSERT INTO text_words (rowid, text) VALUES (?, ?)');
  const putEnds = database.prepare('INSERT INTO text_ends (rowid, text) VALUES (?, ?)');
  const putGrams = database.prepare('INSERT INTO text_grams (rowid, text) VALUES (?, ?)');
  const fields = createFieldWriter(database);
  const shrinking = createShrinking(database);

  return {
    versions: () =>
      new Map(
        database
          .prepare('SELECT key, version FROM documents')
          .all()
          .map(({ key, version }) => [String(key), String(version)]),
      ),
    putDocument(document, version) {
      const { id: key, title, folder, date = null, content = null } = document;
      written.begin();
      const before = find.get(key)?.['content'] ?? null;
      const row = put.get(
        key,
        version,
        title,
        titleKey(foldForSearch(title).text),
        foldFolder(folder),
        date,
        content,
        ...factsOf(document),
      );
      written.add(fields.replace(Number(row?.['id']), fieldsOf(document)));
      return before !== content;
    },
    removeDocument(key) {
      const row = find.get(key);
      if (!row) return false;
      written.begin();
      fields.replace(Number(row['id']), []);
      remove.run(Number(row['id']));
      return row['content'] !== null;
    },
    putText(content, text) {
      if (!keepsTexts || findContent.get(content)) return;
      written.begin();
      const id = Number(putContent.get(content, text.textHash)?.['id']);
      nameText.run(id, content);
      const decoded = decodeText(text);
      const searched = foldForSearch(decoded);
      const { encoding, size, bytes } = packText(decoded, searched);
      putText.run(id, encoding, size, bytes);
      const folded = foldSpaces(searched.text);
      const tokens = tokensOf(folded);
      putWords.run(id, tokens);
      putEnds.run(id, endsOf(tokens));
      putGrams.run(id, folded);
      written.add(text.units.byteLength);
    },
    missing: () =>
      keepsTexts
        ? database
            .prepare('SELECT key FROM documents WHERE content IS NOT NULL AND text IS NULL')
            .all()
            .map(({ key }) => String(key))
        : [],
    removeUnused() {
      const unused = database
        .prepare('SELECT id FROM contents WHERE id NOT IN (SELECT text FROM documents WHERE text IS NOT NULL)')
        .all()
        .map(({ id }) => Number(id));
      if (unused.length === 0) return;
      shrinking.removed(unused.length);
      written.begin();
      for (const table of ['text_words', 'text_ends', 'text_grams']) {
        const forget = database.prepare(`DELETE FROM ${table} WHERE rowid = ?`);
        for (const id of unused) forget.run(id);
      }
      for (const table of ['texts', 'contents']) {
        const forget = database.prepare(`DELETE FROM ${table} WHERE id = ?`);
        for (const id of unused) forget.run(id);
      }
    },
    commit: written.commit,
    rollBack: written.rollBack,
    shrink: shrinking.step,
  };
}

/** What filters ask of a document, in the order of its columns. */
const factsOf = ({ author, format, isFavourite, isLater, collections, ...facts }: SearchDocument) =>
  [
    author ?? null,
    author === undefined ? null : foldText(author),
    format,
    Number(isFavourite),
    Number(isLater),
    foldCollections(collections),
    facts.status,
    Number(facts.isMissing),
    Number(facts.hasUnplaced),
    Number(facts.notes.length > 0),
    facts.addedAt,
  ] as const;

/** How whole titles are compared; `folded` is one as it is searched. */
export const titleKey = (folded: string): string => foldSpaces(folded).trim();

function fieldsOf({ title, tags, notes }: SearchDocument): Field[] {
  const own = [{ kind: 'title' as const, text: title }, ...tags.map((text) => ({ kind: 'tag' as const, text }))];
  const ofNotes = notes.flatMap(({ id: note, colour, quote, body, tags: ownTags, createdAt, modifiedAt }) => {
    const words = [
      { kind: 'note' as const, text: body },
      { kind: 'quote' as const, text: quote },
      ...ownTags.map((text) => ({ kind: 'tag' as const, text })),
    ].filter(({ text }) => text !== '');
    // One without words is found by its colour and its days.
    const fields = words.length > 0 ? words : [{ kind: 'note' as const, text: '' }];
    return fields.map((field) => ({
      ...field,
      note,
      colour: colour ?? '',
      created: Date.parse(createdAt),
      modified: Date.parse(modifiedAt),
    }));
  });
  return [
    ...own.filter(({ text }) => text !== '').map((field) => ({ ...field, note: null, colour: null, created: null, modified: null })),
    ...ofNotes,
  ].slice(0, FIELDS - 1);
}

/** A field that is in the index. */
interface KnownField {
  id: number;
  created: SQLOutputValue | undefined;
  modified: SQLOutputValue | undefined;
}

/** Writes a document's fields, of which only those are touched that changed. */
function createFieldWriter(database: DatabaseSync): { replace(document: number, next: readonly Field[]): number } {
  const select = database.prepare('SELECT id, kind, note, colour, created, modified, text FROM fields WHERE id BETWEEN ? AND ?');
  const insert = database.prepare('INSERT INTO fields (id, kind, note, colour, created, modified, text) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const date = database.prepare('UPDATE fields SET created = ?, modified = ? WHERE id = ?');
  const remove = ['fields WHERE id', 'field_words WHERE rowid', 'field_ends WHERE rowid', 'field_grams WHERE rowid'].map((where) =>
    database.prepare(`DELETE FROM ${where} = ?`),
  );
  const putEnds = database.prepare('INSERT INTO field_ends (rowid, text) VALUES (?, ?)');
  const putGrams = database.prepare('INSERT INTO field_grams (rowid, text) VALUES (?, ?)');
  const putWords = {
    title: database.prepare('INSERT INTO field_words (rowid, title) VALUES (?, ?)'),
    tag: database.prepare('INSERT INTO field_words (rowid, tag) VALUES (?, ?)'),
    note: database.prepare('INSERT INTO field_words (rowid, note) VALUES (?, ?)'),
    quote: database.prepare('INSERT INTO field_words (rowid, quote) VALUES (?, ?)'),
  };

  const add = (id: number, { kind, note, colour, created, modified, text }: Field): void => {
    const folded = foldSpaces(spaceQuotes(foldText(text)));
    insert.run(id, kind, note, colour, created, modified, text);
    const tokens = tokensOf(folded);
    putWords[kind].run(id, tokens);
    putEnds.run(id, endsOf(tokens));
    putGrams.run(id, folded);
  };

  return {
    replace(document, next) {
      const first = document * FIELDS;
      const last = first + FIELDS - 1;
      const gone = new Map<string, KnownField[]>();
      let highest = first;
      for (const { id, kind, note, colour, created, modified, text } of select.iterate(first, last)) {
        const key = JSON.stringify([kind, note, colour, text]);
        gone.set(key, [...(gone.get(key) ?? []), { id: Number(id), created, modified }]);
        highest = Math.max(highest, Number(id));
      }
      const added = next.filter(({ kind, note, colour, created, modified, text }) => {
        const known = gone.get(JSON.stringify([kind, note, colour, text]))?.pop();
        // A tag or quote of a note that was changed keeps its words.
        if (known && (known.created !== created || known.modified !== modified)) date.run(created, modified, known.id);
        return known === undefined;
      });
      for (const { id } of [...gone.values()].flat()) for (const statement of remove) statement.run(id);
      // The ids of a document that was changed a million times come to their end.
      const isFull = highest + added.length > last;
      if (isFull) for (const { id } of select.all(first, last)) for (const statement of remove) statement.run(Number(id));
      let id = isFull ? first : highest;
      for (const field of isFull ? next : added) {
        if (field.kind !== 'title') id += 1;
        add(field.kind === 'title' ? first : id, field);
      }
      return added.reduce((sum, { text }) => sum + text.length * 2, 0);
    },
  };
}

/** What is written goes to the disk in large pieces: each costs the same, however much it holds. */
function transactions(database: DatabaseSync) {
  let isOpen = false;
  let size = 0;
  const commit = (): void => {
    if (!isOpen) return;
    isOpen = false;
    size = 0;
    database.exec('COMMIT');
  };
  return {
    begin(): void {
      if (!isOpen) database.exec('BEGIN');
      isOpen = true;
    },
    /** Bytes */
    add(bytes: number): void {
      size += bytes;
      if (size > WRITTEN_AT_ONCE) commit();
    },
    commit,
    rollBack(): void {
      isOpen = false;
      size = 0;
      // Some errors have ended it already.
      if (database.isTransaction) database.exec('ROLLBACK');
    },
  };
}
