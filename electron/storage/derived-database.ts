import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Log } from '../log';

interface DerivedOptions {
  /** Absolute; its folder must be there. */
  file: string;
  /** As in "The index of the library". */
  label: string;
  /** Makes the tables that are not there yet. */
  schema: string;
  /** Reads the whole file through to see whether it is sound; where each row has its own checksum, it need not. */
  isChecked?: boolean;
  log: Pick<Log, 'warn'>;
}

/**
 * A SQLite file in LOCAL of what can be made anew at any time. One that is damaged is deleted and made anew; where that fails, another
 * process has it, or a statement fails, it is gone on without, with a word in the log.
 */
export class DerivedDatabase {
  readonly #options: DerivedOptions;
  #database: DatabaseSync | undefined;

  constructor(options: DerivedOptions) {
    this.#options = options;
    this.#database = this.#open();
  }

  /** What `work` makes of the database; `undefined` when it is gone on without. */
  run<T>(work: (database: DatabaseSync) => T): T | undefined {
    if (!this.#database) return undefined;
    try {
      return work(this.#database);
    } catch (error) {
      const { label, log } = this.#options;
      log.warn(`${label} failed; it is gone on without`, error);
      const broken = this.#database;
      this.#database = undefined;
      if (broken.isOpen) broken.close();
      return undefined;
    }
  }

  /** Does `work` as one transaction. */
  write(work: (database: DatabaseSync) => void): void {
    this.run((database) => {
      database.exec('BEGIN IMMEDIATE');
      work(database);
      database.exec('COMMIT');
    });
  }

  close(): void {
    this.run((database) => database.close());
    this.#database = undefined;
  }

  #open(): DatabaseSync | undefined {
    const { file, label, log } = this.#options;
    try {
      return this.#connect();
    } catch (error) {
      if (isHeld(error)) return this.#goWithout(error);
      log.warn(`${label} is damaged and is made anew`, error);
    }
    try {
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
      return this.#connect();
    } catch (error) {
      return this.#goWithout(error);
    }
  }

  #goWithout(error: unknown): undefined {
    this.#options.log.warn(`${this.#options.label} cannot be used; it is gone on without`, error);
  }

  #connect(): DatabaseSync {
    const { file, schema, isChecked = false } = this.#options;
    const database = new DatabaseSync(file, { timeout: 0 });
    try {
      // What a crash takes from a derived file is made anew, so nothing waits for the disk.
      // Of what is taken out of it, a document that is forgotten say, nothing stays in the file.
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON;');
      database.exec(schema);
      const check = isChecked ? Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0] : 'ok';
      if (check !== 'ok') throw new Error(`${file} does not pass its check`);
      // Another process that is writing shows here rather than in the middle of a scan.
      database.exec('BEGIN IMMEDIATE; COMMIT');
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  }
}

/** SQLITE_BUSY and SQLITE_LOCKED: another process has the file. */
const isHeld = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && [5, 6].includes(error.errcode & 0xff);
