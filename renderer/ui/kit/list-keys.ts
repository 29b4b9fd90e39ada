interface ListPlace {
  /** The option that the keys work on, from 0. */
  active: number;
  count: number;
  /** How many options a page has. */
  page: number;
  /** How many options stand side by side. */
  columns?: number;
}

/** The option that a key goes to in a list, from row to row where options stand side by side; `undefined` for a key that goes nowhere. */
export function nextIndex(key: string, { active, count, page, columns = 1 }: ListPlace): number | undefined {
  const step = Math.max(1, page);
  const last = count - 1;
  const rowOf = (index: number): number => Math.floor(index / columns);
  const isBelow = rowOf(active) < rowOf(last);
  const wanted: Partial<Record<string, number>> = {
    // Below the last but one row there may be none: the last option is nearest.
    ArrowDown: isBelow ? active + columns : active,
    ArrowUp: rowOf(active) > 0 ? active - columns : active,
    ...(columns > 1 && { ArrowRight: active + 1, ArrowLeft: active - 1 }),
    // These go on and back in each list, as they do from note to note in a document.
    j: active + 1,
    k: active - 1,
    Home: 0,
    End: last,
    PageDown: active + step,
    PageUp: active - step,
  };
  const next = wanted[key.length === 1 ? key.toLowerCase() : key];
  return next === undefined || count === 0 ? undefined : Math.min(Math.max(next, 0), last);
}
