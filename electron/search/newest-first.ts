import type { DatabaseSync } from 'node:sqlite';

/** Puts documents in the order of their dates, the newest first; one without a date stands where it was added. */
export function createNewestFirst(database: DatabaseSync): (documents: ReadonlySet<number>) => number[] {
  const order = 'coalesce(date, substr(added, 1, 10)) DESC, added DESC, id DESC';
  const select = database.prepare(`SELECT json_group_array(id) AS ids FROM (SELECT id FROM documents ORDER BY ${order})`);
  return (documents) => (JSON.parse(String(select.get()?.['ids'])) as number[]).filter((id) => documents.has(id));
}
