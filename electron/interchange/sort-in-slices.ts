/** Lets other work of the thread in when it is its turn. */
export type Pause = () => Promise<void> | undefined;

/** Members that are sorted or merged between two pauses. */
const SLICE = 500;

/** A sorted copy of `items`, as `Array.prototype.toSorted` gives it, without keeping the thread to itself: a merge sort from the bottom up. */
export async function sortInSlices<T>(items: readonly T[], compare: (a: T, b: T) => number, pause: Pause): Promise<T[]> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += SLICE) {
    runs.push(items.slice(start, start + SLICE).sort(compare));
    await pause();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let index = 0; index < runs.length; index += 2) merged.push(await merge(runs[index] ?? [], runs[index + 1] ?? [], compare, pause));
    runs = merged;
  }
  return runs[0] ?? [];
}

/** Both sorted lists as one; of equal members those of `left` come first. */
async function merge<T>(left: readonly T[], right: readonly T[], compare: (a: T, b: T) => number, pause: Pause): Promise<T[]> {
  const merged: T[] = [];
  let [fromLeft, fromRight] = [0, 0];
  while (fromLeft < left.length || fromRight < right.length) {
    const isLeft = fromRight === right.length || (fromLeft < left.length && compare(left[fromLeft] as T, right[fromRight] as T) <= 0);
    merged.push((isLeft ? left[fromLeft++] : right[fromRight++]) as T);
    if (merged.length % SLICE === 0) await pause();
  }
  return merged;
}
