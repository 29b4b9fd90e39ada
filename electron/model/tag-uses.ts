import { normalizeTagName, tagKey } from './tag-names';

/** Tags with how often each is carried, itself or one under it. A tag above one that is carried is among them. */
export type TagUses = (readonly [name: string, uses: number])[];

/** Counts what documents and notes carry, each given as its tags: one that has several tags under the same one counts once there. */
export function countTagUses(carriers: Iterable<readonly string[]>): TagUses {
  const uses = new Map<string, { name: string; count: number }>();
  /** By the tag as it is written: thousands of notes carry the same few. */
  const levels = new Map<string, { name: string; key: string }[]>();
  for (const tags of carriers) {
    if (tags.length === 0) continue;
    const counted = new Set<string>();
    for (const tag of tags) {
      const known = levels.get(tag) ?? levelsOf(tag).map((name) => ({ name, key: tagKey(name) }));
      levels.set(tag, known);
      for (const { name, key } of known) {
        if (counted.has(key)) continue;
        counted.add(key);
        const known = uses.get(key);
        if (known) known.count += 1;
        else uses.set(key, { name, count: 1 });
      }
    }
  }
  return [...uses.values()].map(({ name, count }) => [name, count]);
}

/** `a/b/c`: `a`, `a/b`, `a/b/c`. */
export function levelsOf(name: string): string[] {
  const levels = normalizeTagName(name).split('/').filter(Boolean);
  return levels.map((_, depth) => levels.slice(0, depth + 1).join('/'));
}
