/** Lets other work in once a slice of time is used up. */
export type Pause = () => Promise<void> | undefined;

/** ms of work at once: half a frame, so that a save or a scroll never waits long. */
const SLICE = 8;

/** A pause that all long work of one kind shares: one slice of one work in each turn of the event loop. */
export function createPause(slice = SLICE): Pause {
  let started = performance.now();
  const waiting: (() => void)[] = [];
  const resumeOne = () => {
    started = performance.now();
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(resumeOne);
  };
  return () => {
    if (waiting.length === 0 && performance.now() - started < slice) return undefined;
    return new Promise((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(resumeOne);
    });
  };
}

/** Members that are sorted, merged or looked at between two pauses. */
const RUN = 500;

/** A sorted copy of `items`, as `Array.prototype.toSorted` gives it, without keeping the thread to itself: a merge sort from the bottom up. */
export async function sortInSlices<T>(items: readonly T[], compare: (a: T, b: T) => number, pause: Pause): Promise<T[]> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += RUN) {
    runs.push(items.slice(start, start + RUN).sort(compare));
    await pause();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let index = 0; index < runs.length; index += 2)
      merged.push(await mergeInSlices(runs[index] ?? [], runs[index + 1] ?? [], compare, pause));
    runs = merged;
  }
  return runs[0] ?? [];
}

/** Those of `items` that `keeps` is true of, without keeping the thread to itself. */
export async function filterInSlices<T>(items: readonly T[], keeps: (item: T) => boolean, pause: Pause): Promise<T[]> {
  const kept: T[] = [];
  for (let start = 0; start < items.length; start += RUN) {
    for (const item of items.slice(start, start + RUN)) if (keeps(item)) kept.push(item);
    await pause();
  }
  return kept;
}

/** Two sorted lists as one, likewise; of equal members those of `left` come first. */
export async function mergeInSlices<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
  pause: Pause,
): Promise<T[]> {
  const merged: T[] = [];
  let [fromLeft, fromRight] = [0, 0];
  while (fromLeft < left.length || fromRight < right.length) {
    const isLeft = fromRight === right.length || (fromLeft < left.length && compare(left[fromLeft] as T, right[fromRight] as T) <= 0);
    merged.push((isLeft ? left[fromLeft++] : right[fromRight++]) as T);
    if (merged.length % RUN === 0) await pause();
  }
  return merged;
}
