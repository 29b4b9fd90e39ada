import { canonical, inOrder, type Rank } from './canonical';

/** How often something came and went: the number alone, or with what else is kept of it. */
type Coming = number | { readonly count: number };

/** By key how often each came and went; where that is odd, it is there (a causal-length set, Yu and Rostad 2020). */
export type Comings<C extends Coming> = Readonly<Record<string, C>>;

const countOf = (coming: Coming): number => (typeof coming === 'number' ? coming : coming.count);

export const isThere = <C extends Coming>(comings: Comings<C> | undefined, key: string): boolean => countOf(comings?.[key] ?? 0) % 2 === 1;

/** What is there, in the order of the map. */
export const presentIn = <C extends Coming>(comings: Comings<C> | undefined): [key: string, coming: C][] =>
  Object.entries(comings ?? {}).filter(([key]) => isThere(comings, key));

/** The comings once something came, or went, as `make` gives it for its new count; the same where that is so already. */
export function withComing<C extends Coming>(
  comings: Comings<C> | undefined,
  key: string,
  comes: boolean,
  make: (count: number) => C,
): Comings<C> | undefined {
  return isThere(comings, key) === comes ? comings : { ...comings, [key]: make(countOf(comings?.[key] ?? 0) + 1) };
}

/** Of each the state that knows of more comings and goings, of two that know of as many the larger by `rankOf`. Commutative, associative and idempotent. */
export function mergeComings<C extends Coming>(
  one: Comings<C> = {},
  other: Comings<C> = {},
  rankOf: (coming: C) => Rank = (coming) => [canonical(coming)],
): Comings<C> | undefined {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  const later = (before: C, since: C): C => inOrder(before, since, (coming) => [countOf(coming), ...rankOf(coming)])[1];
  const merged = keys.flatMap((key): [string, C][] => {
    const known = [one[key], other[key]].filter((coming) => coming !== undefined);
    return known.length > 0 ? [[key, known.reduce(later)]] : [];
  });
  return merged.length > 0 ? Object.fromEntries(merged) : undefined;
}
