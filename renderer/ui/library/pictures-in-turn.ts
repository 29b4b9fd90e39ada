interface PicturesOptions<T, P> {
  keyOf(thing: T): string;
  draw(thing: T, signal: AbortSignal): Promise<P>;
  /** How many are kept, those that were seen last. */
  kept: number;
  /** ms after which one that is not drawn yet is given up. */
  longest: number;
}

/** Pictures of things, drawn one after the other, so that what is read goes first, and kept for a while. */
export interface Pictures<T, P> {
  /** The one that is there already. */
  held(thing: T): P | undefined;
  /** Draws one in its turn, unless it is there; rejects with the signal's reason when that is aborted, else as drawing it does, or when it takes too long: then always. */
  draw(thing: T, signal: AbortSignal): Promise<P>;
}

export function createPictures<T, P>({ keyOf, draw, kept: most, longest }: PicturesOptions<T, P>): Pictures<T, P> {
  const kept = new Map<string, P>();
  /** Why each could not be drawn that failed: another attempt would fail likewise, and have the others wait. */
  const failed = new Map<string, unknown>();
  let running: Promise<unknown> = Promise.resolve();

  function held(thing: T): P | undefined {
    const key = keyOf(thing);
    const picture = kept.get(key);
    if (picture !== undefined) keep(key, picture);
    return picture;
  }
  function keep(key: string, picture: P): void {
    kept.delete(key);
    kept.set(key, picture);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  }

  return {
    held,
    draw(thing, signal) {
      const drawing = running.then(async () => {
        signal.throwIfAborted();
        const key = keyOf(thing);
        if (failed.has(key)) throw failed.get(key);
        const stop = AbortSignal.any([signal, AbortSignal.timeout(longest)]);
        try {
          // What is stopped may never settle, and the next one has its turn all the same.
          const picture = held(thing) ?? (await Promise.race([draw(thing, stop), aborted(stop)]));
          keep(key, picture);
          return picture;
        } catch (error) {
          if (!signal.aborted) failed.set(key, error);
          throw error;
        }
      });
      running = drawing.catch(() => undefined);
      return drawing;
    },
  };
}

/** Rejects with the signal's reason when that is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}
