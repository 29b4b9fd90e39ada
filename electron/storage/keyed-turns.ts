/** Does one thing after the other for each key (a file, say); things of two keys at the same time. */
export function createKeyedTurns(): <T>(key: string, act: () => Promise<T>) => Promise<T> {
  const chains = new Map<string, Promise<unknown>>();
  return (key, act) => {
    const done = (chains.get(key) ?? Promise.resolve()).then(act);
    const chain: Promise<unknown> = done.catch(() => undefined).finally(() => chains.get(key) === chain && chains.delete(key));
    chains.set(key, chain);
    return done;
  };
}
