/** What one part of the program puts in and another takes out, in order. */
export interface Queue<T> extends AsyncIterable<T> {
  put(item: T): void;
  /** There is no more: what is in it can still be taken. */
  end(): void;
}

/** An empty queue, for one taker. */
export function createQueue<T>(): Queue<T> {
  const items: T[] = [];
  let isEnded = false;
  let change = Promise.withResolvers<void>();
  const wake = (): void => {
    change.resolve();
    change = Promise.withResolvers<void>();
  };
  return {
    put(item) {
      items.push(item);
      wake();
    },
    end() {
      isEnded = true;
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const item = items.shift();
        if (item !== undefined) yield item;
        else if (isEnded) return;
        else await change.promise;
      }
    },
  };
}
