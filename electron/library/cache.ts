import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type FileFacts, fileFactsSchema } from './facts';
import type { LibraryLog } from './types';

/** Raise the number whenever reading a file gives other facts than before. */
const TABLE = 'library_files_2';

/**
 * What was read out of files, so that a warm start reads none of them again. Derived: it may be deleted at any time,
 * and the library goes on without it when it fails.
 */
export interface FactsCache {
  /** What was last known of the file at `path`; the caller compares size and time. */
  get(path: string): FileFacts | undefined;
  /** Everything known of the files of a folder. */
  under(folderId: string): FileFacts[];
  put(files: readonly FileFacts[]): void;
  forget(paths: readonly string[]): void;
  /** Forgets all paths but those that `isKept`. */
  prune(isKept: (path: string) => boolean): void;
  close(): void;
}

/** Opens the cache at `file`; a damaged one is deleted and made anew. */
export function openCache(file: string, log: LibraryLog): FactsCache {
  try {
    return new GuardedCache(openDatabase(file), log);
  } catch (error) {
    if (isHeld(error)) return withoutCache(log, error);
    log.warn('The index of the library is damaged and is made anew', error);
  }
  try {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
    return new GuardedCache(openDatabase(file), log);
  } catch (error) {
    return withoutCache(log, error);
  }
}

/** SQLITE_BUSY and SQLITE_LOCKED: another process has the file. */
const isHeld = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && [5, 6].includes(error.errcode & 0xff);

function withoutCache(log: LibraryLog, error: unknown): FactsCache {
  log.warn('The library goes on without its index', error);
  return { get: () => undefined, under: () => [], put: () => {}, forget: () => {}, prune: () => {}, close: () => {} };
}

function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // What a crash takes from a derived file is made anew, so nothing waits for the disk.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
    database.exec(`CREATE TABLE IF NOT EXISTS ${TABLE} (path TEXT PRIMARY KEY, folder TEXT NOT NULL, facts TEXT NOT NULL) WITHOUT ROWID`);
    const check = database.prepare('PRAGMA quick_check(1)').get();
    if (!check || Object.values(check)[0] !== 'ok') throw new Error('The index does not pass its check');
    // Another process that is writing shows here rather than in the middle of a scan.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A cache that gives up, and says so in the log, at its first error. */
class GuardedCache implements FactsCache {
  readonly #log: LibraryLog;
  #database: DatabaseSync | undefined;

  constructor(database: DatabaseSync, log: LibraryLog) {
    this.#database = database;
    this.#log = log;
  }

  get(path: string): FileFacts | undefined {
    return this.#try((database) => readFacts(database.prepare(`SELECT facts FROM ${TABLE} WHERE path = ?`).get(path)?.['facts']));
  }

  under(folderId: string): FileFacts[] {
    const rows = this.#try((database) => database.prepare(`SELECT facts FROM ${TABLE} WHERE folder = ?`).all(folderId));
    return (rows ?? []).map(({ facts }) => readFacts(facts)).filter((facts) => facts !== undefined);
  }

  put(files: readonly FileFacts[]): void {
    if (files.length === 0) return;
    this.#try((database) => {
      const insert = database.prepare(`INSERT OR REPLACE INTO ${TABLE} VALUES (?, ?, ?)`);
      database.exec('BEGIN IMMEDIATE');
      for (const file of files) insert.run(file.path, file.folderId, JSON.stringify(file));
      database.exec('COMMIT');
    });
  }

  forget(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.#try((database) => {
      const forget = database.prepare(`DELETE FROM ${TABLE} WHERE path = ?`);
      database.exec('BEGIN IMMEDIATE');
      for (const path of paths) forget.run(path);
      database.exec('COMMIT');
    });
  }

  prune(isKept: (path: string) => boolean): void {
    this.#try((database) => {
      const paths = database.prepare(`SELECT path FROM ${TABLE}`).all();
      const forget = database.prepare(`DELETE FROM ${TABLE} WHERE path = ?`);
      database.exec('BEGIN IMMEDIATE');
      for (const { path } of paths) if (typeof path === 'string' && !isKept(path)) forget.run(path);
      database.exec('COMMIT');
    });
  }

  close(): void {
    this.#try((database) => database.close());
    this.#database = undefined;
  }

  #try<T>(work: (database: DatabaseSync) => T): T | undefined {
    if (!this.#database) return undefined;
    try {
      return work(this.#database);
    } catch (error) {
      this.#log.warn('The index of the library failed; the library goes on without it', error);
      const broken = this.#database;
      this.#database = undefined;
      if (broken.isOpen) broken.close();
      return undefined;
    }
  }
}

/** The facts of a row; `undefined` when they are of another shape than now. */
function readFacts(json: unknown): FileFacts | undefined {
  if (typeof json !== 'string') return undefined;
  try {
    return fileFactsSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
