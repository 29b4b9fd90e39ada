/** What could not be read of either, each entry once, in a fixed order; what is no list counts as none. */
export function mergeUnreadable(one: unknown, other: unknown): unknown[] {
  const lists = [one, other].map((each): unknown[] => (Array.isArray(each) ? each : []));
  const unique = new Map(lists.flat().map((each) => [canonical(each), each]));
  return [...unique].sort(([a], [b]) => compare([a], [b])).map(([, each]) => each);
}

/** Field by field, whichever has it; of two that differ the larger in canonical form. Enough for fields that we do not know. */
export function largerOfEach<T extends object>(one: T, other: T): T {
  const merged = new Map<string, unknown>(Object.entries(one));
  for (const [field, value] of Object.entries(other)) {
    const before = merged.get(field);
    if (before === undefined || canonical(before) < canonical(value)) merged.set(field, value);
  }
  return Object.fromEntries(merged) as T;
}

export type Rank = readonly (number | string)[];

/** The two, the larger by `rank` last. */
export function inOrder<T>(one: T, other: T, rank: (each: T) => Rank): [smaller: T, larger: T] {
  return compare(rank(one), rank(other)) > 0 ? [other, one] : [one, other];
}

export function compare(one: Rank, other: Rank): number {
  for (const [index, value] of one.entries()) {
    const against = other[index];
    if (against === undefined || value === against) continue;
    return value < against ? -1 : 1;
  }
  return 0;
}

/** ms since the epoch; 0 when there is none. */
export const timeOf = (moment: string | undefined): number => (moment === undefined ? 0 : Date.parse(moment));

/** JSON with the fields of each object in alphabetical order. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, each: unknown) =>
      typeof each === 'object' && each !== null && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
        : each,
    ) ?? ''
  );
}
