import { firstIndex } from '#model';

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

/** How many times as long a list is that the members of another are looked for in, instead of looking at all of it. */
const FEW = 16;

/** A list piece by piece, each with its number; between two of them others are to be let in. */
export function* slicesOf<T>(items: readonly T[]): Generator<[index: number, slice: readonly T[]]> {
  for (let start = 0; start < items.length; start += RUN) yield [start / RUN, items.slice(start, start + RUN)];
}

/** A sorted copy of `items`, as `Array.prototype.toSorted` gives it, without keeping the thread to itself: a merge sort from the bottom up. */
export async function sortInSlices<T>(items: readonly T[], compare: (a: T, b: T) => number, pause: Pause): Promise<T[]> {
  let runs: T[][] = [];
  for (const [, slice] of slicesOf(items)) {
    runs.push(slice.toSorted(compare));
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
  for (const [, slice] of slicesOf(items)) {
    for (const item of slice) if (keeps(item)) kept.push(item);
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
  if (right.length * FEW < left.length) return mergeFew(left, right, compare, pause);
  const merged: T[] = [];
  let [fromLeft, fromRight] = [0, 0];
  while (fromLeft < left.length || fromRight < right.length) {
    const isLeft = fromRight === right.length || (fromLeft < left.length && compare(left[fromLeft] as T, right[fromRight] as T) <= 0);
    merged.push((isLeft ? left[fromLeft++] : right[fromRight++]) as T);
    if (merged.length % RUN === 0) await pause();
  }
  return merged;
}

async function mergeFew<T>(many: readonly T[], few: readonly T[], compare: (a: T, b: T) => number, pause: Pause): Promise<T[]> {
  const merged: T[] = [];
  let from = 0;
  for (const item of few) {
    const to = firstIndex(many.length, (index) => compare(many[index] as T, item) > 0);
    for (; from < to; from++) merged.push(many[from] as T);
    merged.push(item);
    await pause();
  }
  for (; from < many.length; from++) merged.push(many[from] as T);
  return merged;
}
