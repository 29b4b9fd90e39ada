/** The first scan of the folders, for what waits for its end, or for a document that it has not come to yet. */
export class FirstScan {
  /** Resolves when it has ended. */
  readonly done: Promise<void>;
  readonly #markDone: () => void;
  #hasEnded = false;
  /** Called after the next files were placed. */
  #waiting: (() => void)[] = [];

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.done = promise;
    this.#markDone = resolve;
  }

  /** Waits until a document is there, no longer than the scan lasts. */
  async waitFor(isThere: () => boolean): Promise<void> {
    while (!this.#hasEnded && !isThere()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Files were placed. */
  placed(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** It has come to all files, or comes to no more. */
  end(): void {
    this.#hasEnded = true;
    this.placed();
    this.#markDone();
  }
}
