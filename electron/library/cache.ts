import { documentFormats } from '#formats/list';
import type { Sketch } from '#model';
import type { Pause } from '../pacing';
import { DerivedDatabase } from '../storage/derived-database';
import { isRecord } from '../storage/records';
import type { FileFacts } from './facts';
import type { LibraryLog } from './types';

/** Raise the number whenever reading a file gives other facts than before. */
const TABLE = 'library_files_9';

/** Raise the number whenever a text has another sketch than before. */
const SKETCHES = 'library_sketches_1';

const SCHEMA = `DROP TABLE IF EXISTS library_files_4;
  DROP TABLE IF EXISTS library_files_5;
  DROP TABLE IF EXISTS library_files_6;
  DROP TABLE IF EXISTS library_files_7;
  DROP TABLE IF EXISTS library_files_8;
  CREATE TABLE IF NOT EXISTS ${TABLE} (path TEXT PRIMARY KEY, folder TEXT NOT NULL, facts TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ${SKETCHES} (text TEXT PRIMARY KEY, sketch BLOB NOT NULL) WITHOUT ROWID`;

/**
 * What was read out of files, so that a warm start reads none of them again. Derived: it may be deleted at any time,
 * and the library goes on without it when it fails.
 */
export interface FactsCache {
  /** Reads all of it, which a start compares with the disk: until `prune` it is answered from memory. */
  read(pause: Pause): Promise<void>;
  /** What was last known of the file at `path`; the caller compares size and time. */
  get(path: string): FileFacts | undefined;
  /** Everything known of the files of a folder, but for the paths that are left out. */
  under(folderId: string, isLeftOut?: (path: string) => boolean): FileFacts[];
  put(files: readonly FileFacts[]): void;
  /** Keeps sketches of texts by their hashes. */
  putSketches(sketches: readonly (readonly [textHash: string, sketch: Sketch])[]): void;
  sketch(textHash: string): Sketch | undefined;
  pruneSketches(isKept: (textHash: string) => boolean): void;
  forget(paths: readonly string[]): void;
  /** Forgets all paths but those that `isKept`. */
  prune(isKept: (path: string) => boolean): void;
  close(): void;
}

/** Files read between two pauses: some milliseconds. */
const PAGE = 500;

/** Opens the cache at `file`; a damaged one is deleted and made anew. */
export function openCache(file: string, log: LibraryLog): FactsCache {
  const database = new DerivedDatabase({ file, label: 'The index of the library', schema: SCHEMA, isChecked: true, log });
  /** All that is known, while a start compares it with the disk. */
  let compared: Map<string, FileFacts> | undefined;
  const forget = (paths: readonly string[]): void => {
    for (const path of paths) compared?.delete(path);
    if (paths.length === 0) return;
    database.write((opened) => {
      const remove = opened.prepare(`DELETE FROM ${TABLE} WHERE path = ?`);
      for (const path of paths) remove.run(path);
    });
  };
  return {
    async read(pause) {
      const all = new Map<string, FileFacts>();
      let rows: Record<string, unknown>[] | undefined;
      let last = '';
      do {
        rows = database.run((opened) =>
          opened.prepare(`SELECT path, facts FROM ${TABLE} WHERE path > ? ORDER BY path LIMIT ${PAGE}`).all(last),
        );
        for (const { path, facts: json } of rows ?? []) {
          last = String(path);
          const facts = readFacts(json);
          if (facts) all.set(last, facts);
        }
        await pause();
      } while (rows?.length === PAGE);
      compared = all;
    },
    get: (path) =>
      compared
        ? compared.get(path)
        : database.run((opened) => readFacts(opened.prepare(`SELECT facts FROM ${TABLE} WHERE path = ?`).get(path)?.['facts'])),
    under(folderId, isLeftOut = () => false) {
      if (compared) return [...compared.values()].filter((facts) => facts.folderId === folderId && !isLeftOut(facts.path));
      const rows = database.run((opened) => opened.prepare(`SELECT path, facts FROM ${TABLE} WHERE folder = ?`).all(folderId)) ?? [];
      return rows.flatMap(({ path, facts }) => (typeof path === 'string' && !isLeftOut(path) ? (readFacts(facts) ?? []) : []));
    },
    put(files) {
      for (const facts of files) compared?.set(facts.path, facts);
      if (files.length === 0) return;
      database.write((opened) => {
        const insert = opened.prepare(`INSERT OR REPLACE INTO ${TABLE} VALUES (?, ?, ?)`);
        for (const facts of files) insert.run(facts.path, facts.folderId, JSON.stringify(facts));
      });
    },
    forget,
    prune(isKept) {
      compared = undefined;
      const paths = database.run((opened) => opened.prepare(`SELECT path FROM ${TABLE}`).all()) ?? [];
      forget(paths.flatMap(({ path }) => (typeof path === 'string' && !isKept(path) ? [path] : [])));
    },
    putSketches(sketches) {
      if (sketches.length === 0) return;
      database.write((opened) => {
        const insert = opened.prepare(`INSERT OR REPLACE INTO ${SKETCHES} VALUES (?, ?)`);
        for (const [textHash, sketch] of sketches)
          insert.run(textHash, new Uint8Array(sketch.buffer, sketch.byteOffset, sketch.byteLength));
      });
    },
    sketch: (textHash) =>
      database.run((opened) => {
        const sketch = opened.prepare(`SELECT sketch FROM ${SKETCHES} WHERE text = ?`).get(textHash)?.['sketch'];
        return sketch instanceof Uint8Array ? new Uint32Array(Uint8Array.from(sketch).buffer) : undefined;
      }),
    pruneSketches(isKept) {
      const rows = database.run((opened) => opened.prepare(`SELECT text FROM ${SKETCHES}`).all()) ?? [];
      const gone = rows.map(({ text }) => String(text)).filter((text) => !isKept(text));
      if (gone.length === 0) return;
      database.write((opened) => {
        const remove = opened.prepare(`DELETE FROM ${SKETCHES} WHERE text = ?`);
        for (const text of gone) remove.run(text);
      });
    },
    close: () => database.close(),
  };
}

/** The facts of a row; `undefined` when they are of another shape than now. Thousands are read at a start: what they hold is not looked at further. */
function readFacts(json: unknown): FileFacts | undefined {
  try {
    const facts: unknown = typeof json === 'string' ? JSON.parse(json) : undefined;
    return isFacts(facts) ? facts : undefined;
  } catch {
    return undefined;
  }
}

const texts = ['path', 'folderId', 'title'];
const numbers = ['size', 'changedAt', 'addedAt', 'words'];

const isFacts = (value: unknown): value is FileFacts =>
  isRecord(value) &&
  texts.every((field) => typeof value[field] === 'string') &&
  numbers.every((field) => typeof value[field] === 'number') &&
  documentFormats.some((format) => format === value['format']);
