import type { Placement } from '#model';
import type { Log } from '../log';
import type { Pause } from '../pacing';
import { DerivedDatabase } from '../storage/derived-database';

/** The notes of a document of which the reader should know where they are. */
export interface NotesToReview {
  /** Ids of notes whose passages are likely where they are shown, and of those whose passages were not found. */
  close: readonly string[];
  unplaced: readonly string[];
}

/** What became of a document's notes that were made on earlier texts. */
export interface Reviewed extends NotesToReview {
  /** SHA-256 of the text that they were placed in. */
  textHash: string;
  /** Of the notebook by then (`NotebookOutline`). */
  notesState: string;
}

/** What became of passages, by `anchorKey`. */
export type States = Readonly<Record<string, Placement['state']>>;

/** Keeps what became of notes for the next start, so that nothing is placed again. Derived: it may be deleted at any time. */
export interface ReviewCache {
  /** All of it, by document. */
  read(pause: Pause): Promise<Map<string, Reviewed>>;
  states(documentId: string): States | undefined;
  keep(documentId: string, reviewed: Reviewed, states: States): void;
  forget(documentId: string): void;
  close(): void;
}

/** Raise the number whenever placing gives something else than before. */
const TABLE = 'reviews_1';

// What a start reads stands by itself: the states of thousands of notes are not read along.
const SCHEMA = `CREATE TABLE IF NOT EXISTS ${TABLE} (document TEXT PRIMARY KEY, reviewed TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ${TABLE}_states (document TEXT PRIMARY KEY, states TEXT NOT NULL)`;

/** Documents read between two pauses. */
const PAGE = 500;

export function openReviewCache({ file, log }: { file: string; log: Log }): ReviewCache {
  const database = new DerivedDatabase({ file, label: 'What is kept of places of notes for the next start', schema: SCHEMA, log });
  return {
    async read(pause) {
      const all = new Map<string, Reviewed>();
      let rows: Record<string, unknown>[] | undefined;
      let last = '';
      do {
        rows = database.run((opened) =>
          opened.prepare(`SELECT * FROM ${TABLE} WHERE document > ? ORDER BY document LIMIT ${PAGE}`).all(last),
        );
        for (const { document, reviewed } of rows ?? []) {
          last = String(document);
          const read = parse<Reviewed>(reviewed);
          if (read) all.set(last, read);
        }
        await pause();
      } while (rows?.length === PAGE);
      return all;
    },
    states: (documentId) =>
      database.run((opened) => {
        const row = opened.prepare(`SELECT states FROM ${TABLE}_states WHERE document = ?`).get(documentId);
        return row && parse<States>(row['states']);
      }),
    keep: (documentId, reviewed, states) =>
      database.write((opened) => {
        opened.prepare(`INSERT OR REPLACE INTO ${TABLE} VALUES (?, ?)`).run(documentId, JSON.stringify(reviewed));
        opened.prepare(`INSERT OR REPLACE INTO ${TABLE}_states VALUES (?, ?)`).run(documentId, JSON.stringify(states));
      }),
    forget: (documentId) =>
      database.write((opened) => {
        opened.prepare(`DELETE FROM ${TABLE} WHERE document = ?`).run(documentId);
        opened.prepare(`DELETE FROM ${TABLE}_states WHERE document = ?`).run(documentId);
      }),
    close: () => database.close(),
  };
}

/** What a row holds; `undefined` where it is damaged: it is placed again then. */
function parse<T extends object>(json: unknown): T | undefined {
  try {
    return JSON.parse(String(json)) as T;
  } catch {
    return undefined;
  }
}
