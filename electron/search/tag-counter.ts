import type { DatabaseSync } from 'node:sqlite';
import { tagKey } from '#model';
import { FIELDS } from './index-writer';

const TAGS_TOLD = 6;

/** Tells the most frequent tags of documents and of the notes on them. */
export function createTagCounter(database: DatabaseSync): (documents: readonly number[]) => string[] {
  const select = database.prepare("SELECT DISTINCT text FROM fields NOT INDEXED WHERE id BETWEEN ? AND ? AND kind = 'tag'");
  return (documents) => {
    const counts = new Map<string, { name: string; count: number }>();
    for (const id of documents)
      for (const { text } of select.iterate(id * FIELDS, (id + 1) * FIELDS - 1)) {
        const name = String(text);
        const known = counts.get(tagKey(name)) ?? { name, count: 0 };
        counts.set(tagKey(name), { ...known, count: known.count + 1 });
      }
    return [...counts.values()]
      .sort((a, b) => b.count - a.count)
      .slice(0, TAGS_TOLD)
      .map(({ name }) => name);
  };
}
