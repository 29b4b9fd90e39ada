import { crc32 } from 'node:zlib';
import type { NotebookOutline } from '#model';
import type { Log } from '../log';
import type { Pause } from '../pacing';
import { DerivedDatabase } from '../storage/derived-database';
import type { KnownContent } from '../storage/known-file';
import { keepInSlab } from '../storage/slabs';

/** A notebook's file as Lectern last read or wrote it. */
export type KnownNotebook = KnownContent<NotebookOutline>;

/**
 * What the notebooks' files held when Lectern last read or wrote them, so that a start reads those only that were changed since. Derived:
 * it may be deleted at any time.
 */
interface NotebookCache {
  /** By id, of all notebooks. What is damaged is left out. */
  read(pause: Pause): Promise<Map<string, KnownNotebook>>;
  /** Keeps what is known of some, by id; of one whose file is to be read at the next start (`undefined`) nothing. */
  keep(notebooks: readonly [id: string, now: KnownNotebook | undefined][]): void;
  close(): void;
}

/** Raise the number whenever reading a notebook's file gives another notebook or outline than before, or it is packed in another way. */
const TABLE = 'notebooks_8';

const SCHEMA = `${[1, 2, 3, 4, 5, 6, 7].map((earlier) => `DROP TABLE IF EXISTS notebooks_${earlier};`).join(' ')} CREATE TABLE IF NOT EXISTS ${TABLE} (
  id TEXT PRIMARY KEY, stamp TEXT NOT NULL, digest TEXT NOT NULL, changed_at REAL NOT NULL, outline TEXT NOT NULL, packed BLOB NOT NULL,
  sum INTEGER NOT NULL)`;

/** Notebooks read between two pauses: some milliseconds. */
const PAGE = 200;

interface CacheOptions {
  /** Absolute. */
  file: string;
  log: Log;
}

export function openNotebookCache({ file, log }: CacheOptions): NotebookCache {
  const database = new DerivedDatabase({ file, label: 'What is kept of the notebooks for the next start', schema: SCHEMA, log });
  return {
    async read(pause) {
      const known = new Map<string, KnownNotebook>();
      let rows: Record<string, unknown>[] | undefined;
      let last: unknown = '';
      do {
        rows = database.run((opened) => opened.prepare(`SELECT * FROM ${TABLE} WHERE id > ? ORDER BY id LIMIT ${PAGE}`).all(String(last)));
        for (const row of rows ?? []) {
          const notebook = readRow(row);
          if (notebook) known.set(...notebook);
          last = row['id'];
        }
        await pause();
      } while (rows?.length === PAGE);
      return known;
    },
    keep(notebooks) {
      database.write((opened) => {
        const put = opened.prepare(`INSERT OR REPLACE INTO ${TABLE} VALUES (?, ?, ?, ?, ?, ?, ?)`);
        const remove = opened.prepare(`DELETE FROM ${TABLE} WHERE id = ?`);
        for (const [id, now] of notebooks) {
          if (!now) remove.run(id);
          else {
            const { stamp, digest, changedAt } = now.seen;
            const outline = JSON.stringify(now.summary);
            put.run(id, stamp, digest, changedAt, outline, now.packed, sumOf(outline, now.packed));
          }
        }
      });
    },
    close: () => database.close(),
  };
}

const sumOf = (outline: string, packed: Uint8Array): number => crc32(packed, crc32(outline));

function readRow({
  id,
  stamp,
  digest,
  changed_at: changedAt,
  outline,
  packed,
  sum,
}: Record<string, unknown>): [string, KnownNotebook] | undefined {
  const isSound =
    typeof id === 'string' &&
    typeof stamp === 'string' &&
    typeof digest === 'string' &&
    typeof changedAt === 'number' &&
    typeof outline === 'string' &&
    packed instanceof Uint8Array &&
    sum === sumOf(outline, packed);
  return isSound
    ? [id, { seen: { stamp, digest, changedAt }, packed: keepInSlab(packed), summary: JSON.parse(outline) as NotebookOutline }]
    : undefined;
}
