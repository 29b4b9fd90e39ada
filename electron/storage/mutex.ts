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

/** Does one thing after the other: each begins with what the one before it left. */
export type Mutex = <T>(act: () => Promise<T>) => Promise<T>;

export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const done = last.then(act);
    last = done.catch(() => undefined);
    return done;
  };
}
