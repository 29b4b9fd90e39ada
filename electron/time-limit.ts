import { createContext, Script } from 'node:vm';

/** How often work is tried again that was ended while this thread hardly ran, each time with twice the time. */
const MOST_TRIES = 6;

/** Told for how many ms this thread may say nothing from now on. */
let beforeSilence = (_limit: number): void => {};

/** Has `listener` told before this thread tries ended work again, in which it can tell nothing: for how many ms that may last. Without one nobody is told. */
export function tellSilence(listener: (limit: number) => void = () => {}): void {
  beforeSilence = listener;
}

const context = createContext({ work: undefined });
const script = new Script('work()');

/**
 * The result of `work`, which is ended when it takes more than `limit` ms of this thread's own time: regular expressions too, which
 * nothing else can end. `undefined` when it was ended; `finally` blocks have not run then, so `work` must keep nothing half changed. Throws what
 * `work` throws. Costs about 0.3 ms.
 */
export function withinTime<T>(limit: number, work: () => T): { value: T } | undefined {
  for (let tries = 0, wait = limit; tries < MOST_TRIES; tries++, wait *= 2) {
    if (tries > 0) beforeSilence(wait);
    const before = process.threadCpuUsage();
    try {
      return { value: run(work, wait) };
    } catch (error) {
      if (!isTimeout(error)) throw error;
      // The clock also runs while a busy machine does something else: that is no fault of the work's.
      const { user, system } = process.threadCpuUsage(before);
      if ((user + system) / 1000 >= limit * 0.9) return undefined;
    }
  }
  return undefined;
}

function run<T>(work: () => T, timeout: number): T {
  context['work'] = work;
  try {
    return script.runInContext(context, { timeout }) as T;
  } finally {
    context['work'] = undefined;
  }
}

/** The error is made within the context, so it is no `Error` of this one. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
