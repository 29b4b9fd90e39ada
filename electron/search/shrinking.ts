import type { DatabaseSync } from 'node:sqlite';

/** From this part of the texts on that went, or of the file that is free, the file is made smaller. */
const MUCH = 1 / 4;

/** Pages that are free at least then, and the part of the file that stays free. */
const LEAST_FREE = 256;
const LEFT_FREE = 1 / 20;

/** Pages that are merged, or given back, in one step: some ms. */
const MERGED_AT_ONCE = 16;
const GIVEN_AT_ONCE = 200;

const TABLES = ['text_words', 'text_ends', 'text_grams'] as const;

/** Makes the file of the index smaller, step by step, when much of what it held is gone. */
export function createShrinking(database: DatabaseSync) {
  const read = (sql: string): number => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  /** Tables whose words of texts that are gone were not taken out yet: FTS5 does that only in the course of further writing. */
  let unmerged: (typeof TABLES)[number][] = [];
  let isFirst = true;
  let isGivingBack = false;

  const merge = (table: string): boolean => {
    const before = read('SELECT total_changes()');
    // As FTS5 has it: a negative number begins anew with everything, a positive one goes on.
    database.prepare(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`).run(isFirst ? -MERGED_AT_ONCE : MERGED_AT_ONCE);
    isFirst = false;
    return read('SELECT total_changes()') - before > 1;
  };

  return {
    /** Tells that so many texts are about to go. */
    removed(count: number): void {
      if (count < MUCH * read('SELECT count(*) FROM contents')) return;
      unmerged = [...TABLES];
      isFirst = true;
    },
    /** Does a little of it; false when nothing is left to do. */
    step(): boolean {
      const [table] = unmerged;
      if (table !== undefined) {
        if (merge(table)) return true;
        unmerged.shift();
        isFirst = true;
        return true;
      }
      const free = read('PRAGMA freelist_count');
      const part = free / read('PRAGMA page_count');
      const wasGivingBack = isGivingBack;
      isGivingBack = isGivingBack ? part > LEFT_FREE : part > MUCH && free > LEAST_FREE;
      if (isGivingBack) database.prepare(`PRAGMA incremental_vacuum(${GIVEN_AT_ONCE})`).all();
      else if (wasGivingBack) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return isGivingBack;
    },
  };
}
