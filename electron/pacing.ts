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
