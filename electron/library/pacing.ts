/** Lets other work in once a slice of time is used up. */
export type Pause = () => Promise<void> | undefined;

/** ms of work at once: half a frame, so that a save or a scroll never waits long for the library. */
const SLICE = 8;

/** A pause that all long work of one library shares: one slice of one work in each turn of the event loop. */
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

/** Runs `work` over `items`, at most `width` at once; the results in the order of the items. */
export async function mapAtOnce<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const entries = items.entries();
  const run = async () => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, run));
  return results;
}
