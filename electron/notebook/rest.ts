/** What was touched is dealt with once it has rested. */
export interface Rest {
  touch(id: string): void;
  /** Deals at once with what was touched. */
  close(): Promise<void>;
}

interface RestOptions {
  /** ms without a touch. */
  delay: number;
  /** Deals with some that have rested; never called again before it has answered. What it throws is logged. */
  deal(ids: readonly string[]): Promise<void>;
  log: { error(message: string, cause?: unknown): void };
}

/** Dealt with at once. */
const BATCH = 50;

/** Waits with each of many until nothing happens to it any more, however much happens to the others. */
export function createRest({ delay, deal, log }: RestOptions): Rest {
  /** When each was touched last, ms; the longest ago first. */
  const touched = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let dealing = Promise.resolve();

  const dealWithThose = async (until: number): Promise<void> => {
    for (;;) {
      const rested: string[] = [];
      for (const [id, at] of touched) {
        if (at > until || rested.length === BATCH) break;
        rested.push(id);
      }
      if (rested.length === 0) return;
      for (const id of rested) touched.delete(id);
      await deal(rested).catch((error: unknown) => log.error(`What rested could not be put away (${rested.length})`, error));
    }
  };

  const schedule = (): void => {
    const [first] = touched.values();
    if (timer || first === undefined) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        dealing = dealing.then(() => dealWithThose(performance.now() - delay)).then(schedule);
      },
      Math.max(0, first + delay - performance.now()),
    ).unref();
  };

  return {
    touch(id) {
      touched.delete(id);
      touched.set(id, performance.now());
      schedule();
    },
    async close() {
      clearTimeout(timer);
      await dealing;
      clearTimeout(timer);
      await dealWithThose(Number.POSITIVE_INFINITY);
    },
  };
}
