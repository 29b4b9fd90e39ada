const listKeys = ['Enter', 'ArrowDown', 'ArrowUp', 'Home', 'End'] as const;

/** A key that moves through a list, or chooses from it. */
export type ListKey = (typeof listKeys)[number];

export const isListKey = (key: string): key is ListKey => listKeys.some((each) => each === key);

/**
 * Where keys lead that were pressed before a list was there: which of its `count` options is active after them, from 0, and whether
 * Enter chose it. What came after Enter is dropped.
 */
export function replayKeys(keys: readonly ListKey[], count: number): { active: number; isChosen: boolean } {
  let active = 0;
  if (count === 0) return { active, isChosen: false };
  for (const key of keys) {
    if (key === 'Enter') return { active, isChosen: true };
    if (key === 'Home') active = 0;
    else if (key === 'End') active = count - 1;
    else active = (active + (key === 'ArrowDown' ? 1 : count - 1)) % count;
  }
  return { active, isChosen: false };
}
