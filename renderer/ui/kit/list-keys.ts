interface ListPlace {
  /** The option that the keys work on, from 0. */
  active: number;
  count: number;
  /** How many options a page has. */
  page: number;
}

/** J and K go on and back in each list, as they do from note to note in a document. */
const letters: Partial<Record<string, string>> = { j: 'ArrowDown', k: 'ArrowUp' };

/** The option that a key goes to in a vertical list; `undefined` for a key that goes nowhere. */
export function nextIndex(key: string, { active, count, page }: ListPlace): number | undefined {
  const step = Math.max(1, page);
  const wanted: Partial<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    Home: 0,
    End: count - 1,
    PageDown: active + step,
    PageUp: active - step,
  };
  const next = wanted[letters[key.toLowerCase()] ?? key];
  return next === undefined || count === 0 ? undefined : Math.min(Math.max(next, 0), count - 1);
}
