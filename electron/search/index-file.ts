import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { TOKENIZER } from './tokens';

/**
 * The index: one SQLite database, derived from the documents and the reader's notebooks, so that it may be deleted at any time.
 *
 * A text stands under its content (`contents`, `texts`), which a document's `text` names, so that a file which is renamed is not read again. Its id
 * is never given to another: texts are kept in memory under it. A document's title, tags, notes and quotes are `fields`, each a row of its own;
 * they have neighbouring ids: the document's row id, times 2^20, for the title, and so on. When a note was made and changed last stands in each of
 * its fields, in ms.
 *
 * By the same row ids the words of both are in `…_words`, and each three characters in `…_grams`; how words end in `…_ends`
 * (`tokens.ts`), of which `…_end_terms` has each once.
 */
export interface IndexFile {
  database: DatabaseSync;
  /** Whether texts may be kept: not where the index is in memory only. */
  keepsTexts: boolean;
}

/** Raise the number whenever a table changes, or what is put into it: the index is made anew then. */
const VERSION = 11;

/** The columns of `field_words` that a search field is found in: quotes belong to notes. */
export const columnsOf = { title: 'title', tag: 'tag', note: 'note quote' } as const;

/** Pages of the database that stay in memory, in KiB. */
const PAGES = 16_000;

/** Bytes of the write-ahead log that stay on the disk after a large transaction. */
const LOG_KEPT = 8 * 1024 * 1024;

const TOKENIZER_IN_SQL = TOKENIZER.replaceAll('"', '""');

const SCHEMA = `
  CREATE TABLE documents (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, version TEXT NOT NULL, title TEXT NOT NULL, title_key TEXT NOT NULL,
    folder TEXT NOT NULL, date TEXT, author TEXT, author_key TEXT, format TEXT NOT NULL, favourite INTEGER NOT NULL,
    later INTEGER NOT NULL, collections TEXT NOT NULL, status TEXT NOT NULL, missing INTEGER NOT NULL,
    unplaced INTEGER NOT NULL, noted INTEGER NOT NULL, added TEXT NOT NULL, content TEXT, text INTEGER);
  CREATE INDEX documents_by_title ON documents (title_key);
  CREATE INDEX documents_by_content ON documents (content);
  CREATE INDEX documents_by_text ON documents (text);
  CREATE TABLE contents (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, text_hash TEXT NOT NULL);
  CREATE TABLE texts (id INTEGER PRIMARY KEY, encoding TEXT NOT NULL, size INTEGER NOT NULL, text BLOB NOT NULL);
  CREATE TABLE fields (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, note TEXT, colour TEXT, created INTEGER, modified INTEGER, text TEXT NOT NULL);
  CREATE INDEX fields_of_notes ON fields (colour, created, modified) WHERE note IS NOT NULL;
  CREATE VIRTUAL TABLE text_words USING fts5 (text, content='', contentless_delete=1, tokenize="${TOKENIZER_IN_SQL}", prefix='2 3');
  CREATE VIRTUAL TABLE text_grams USING fts5 (text, content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1');
  CREATE VIRTUAL TABLE text_ends USING fts5 (text, content='', contentless_delete=1, detail=none, tokenize="${TOKENIZER_IN_SQL}");
  CREATE VIRTUAL TABLE field_words USING fts5 (
    title, tag, note, quote, content='', contentless_delete=1, tokenize="${TOKENIZER_IN_SQL}", prefix='2 3');
  CREATE VIRTUAL TABLE field_ends USING fts5 (text, content='', contentless_delete=1, detail=none, tokenize="${TOKENIZER_IN_SQL}");
  CREATE VIRTUAL TABLE text_end_terms USING fts5vocab (text_ends, row);
  CREATE VIRTUAL TABLE field_end_terms USING fts5vocab (field_ends, row);
  CREATE VIRTUAL TABLE field_grams USING fts5 (text, content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1');
  INSERT INTO field_words (field_words, rank) VALUES ('rank', 'bm25(1000.0, 300.0, 100.0, 90.0)');
  PRAGMA user_version = ${VERSION};`;

/** Opens the index at `file`; one that is damaged or of another version is deleted and made anew. Throws where none can be written there. */
export function openIndexFile(file: string): IndexFile {
  try {
    const database = connect(file);
    const version = Object.values(database.prepare('PRAGMA user_version').get() ?? {})[0];
    if (version === VERSION) return { database, keepsTexts: true };
    database.close();
  } catch (error) {
    if (!isDamaged(error) && !isFolder(error)) throw error;
  }
  removeIndexFile(file);
  const database = connect(file);
  database.exec(SCHEMA);
  return { database, keepsTexts: true };
}

/** An index in memory, for the time being: of titles, tags and notes, since all texts would be too much. */
export function openInMemory(): IndexFile {
  const database = new DatabaseSync(':memory:');
  database.exec(`PRAGMA temp_store = MEMORY; ${SCHEMA}`);
  return { database, keepsTexts: false };
}

export function removeIndexFile(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true, recursive: true });
}

/** Whether an error of SQLite says that the file is none of its databases, or a damaged one. */
export const isDamaged = (error: unknown): boolean => [SQLITE_CORRUPT, SQLITE_NOTADB].includes(codeOf(error) ?? 0);

const SQLITE_CORRUPT = 11;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

const isFolder = (error: unknown): boolean => codeOf(error) === SQLITE_CANTOPEN;

const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;

function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 1000 });
  try {
    // Before there is a table: what is let go can be given back to the disk in small pieces then.
    database.exec('PRAGMA auto_vacuum = INCREMENTAL');
    // What a crash of the machine takes from a derived file is made anew, so nothing waits for the disk.
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -${PAGES};
      PRAGMA journal_size_limit = ${LOG_KEPT};`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
