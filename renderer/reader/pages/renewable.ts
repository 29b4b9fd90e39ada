/** Something that grows as it is used, and is opened anew from time to time. */
export interface Renewable<T> {
  /** What is opened now. */
  readonly current: T;
  /** Does something with it, after it was opened anew where that is due. Rejects as `act` does, and as opening it. */
  use<R>(act: (value: T) => Promise<R>): Promise<R>;
}

interface RenewableOptions<T> {
  isDue(value: T): boolean;
  open(): Promise<T>;
  close(value: T): void;
}

/** Only one is opened at a time, and one that had its day is closed when nobody uses it any more. */
export function createRenewable<T>(first: T, { isDue, open, close }: RenewableOptions<T>): Renewable<T> {
  let held = { value: first, users: 0 };
  let opening: Promise<void> | undefined;

  const closeUnused = (each: typeof held): void => {
    if (each !== held && each.users === 0) close(each.value);
  };
  async function renew(): Promise<void> {
    const before = held;
    held = { value: await open(), users: 0 };
    closeUnused(before);
  }

  return {
    get current() {
      return held.value;
    },
    async use(act) {
      if (isDue(held.value))
        opening ??= renew().finally(() => {
          opening = undefined;
        });
      await opening;
      const own = held;
      own.users += 1;
      try {
        return await act(own.value);
      } finally {
        own.users -= 1;
        closeUnused(own);
      }
    },
  };
}
