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

/** Does one thing after the other for each key (a file, say); things of two keys at the same time. */
export function createKeyedMutex(): <T>(key: string, act: () => Promise<T>) => Promise<T> {
  const chains = new Map<string, Promise<unknown>>();
  return (key, act) => {
    const done = (chains.get(key) ?? Promise.resolve()).then(act);
    const chain: Promise<unknown> = done.catch(() => undefined).finally(() => chains.get(key) === chain && chains.delete(key));
    chains.set(key, chain);
    return done;
  };
}
