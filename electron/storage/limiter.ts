/** Runs a task when fewer than the limiter's number are running; in the order of asking. */
export type Limiter = <T>(task: () => Promise<T>) => Promise<T>;

/** A limiter of `limit` tasks at a time. */
export function createLimiter(limit: number): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      // The place is handed on, so nobody who comes now can take it first.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
