/** ms after which all begins though no window has asked for anything. */
const LATEST = 3_000;

/** ms without anything that a reader waits for, after which the scan begins: it keeps the disk and this thread busy. */
const QUIET = 400;

interface BeginningOptions {
  /** It waits for nothing. */
  isAtOnce: boolean;
  /** Begins the scan of the folders. */
  scan(): void;
}

/**
 * Puts off what a start has to do besides: work that is light until the first window has what it waits for, and the scan of a large
 * library until nothing was asked for a moment, since the document that is opened first would wait for thousands of files.
 */
export class Beginning {
  /** Resolves when the first window has what it waits for. */
  readonly done: Promise<void>;
  readonly #resolve: () => void;
  readonly #scan: () => void;
  #latest: NodeJS.Timeout | undefined;
  #quiet: NodeJS.Timeout | undefined;
  /** What is waited for at the moment. */
  #awaited = 0;
  #isOver = false;

  constructor({ isAtOnce, scan }: BeginningOptions) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.done = promise;
    this.#resolve = resolve;
    this.#scan = scan;
    if (isAtOnce) this.#begin();
    else this.#latest = setTimeout(() => this.#begin(), LATEST);
  }

  /** The first window has what it waits for. */
  now(): void {
    if (this.#isOver) return;
    this.#resolve();
    this.putOff();
  }

  /** Something is asked or answered that a reader waits for. */
  putOff(): void {
    if (this.#isOver) return;
    clearTimeout(this.#quiet);
    if (this.#awaited === 0) this.#quiet = setTimeout(() => this.#begin(), QUIET);
  }

  /** The same for as long as it takes. */
  async putOffFor<T>(work: Promise<T>): Promise<T> {
    this.#awaited += 1;
    this.putOff();
    try {
      return await work;
    } finally {
      this.#awaited -= 1;
      this.putOff();
    }
  }

  /** Nothing begins any more. */
  close(): void {
    this.#isOver = true;
    clearTimeout(this.#latest);
    clearTimeout(this.#quiet);
  }

  #begin(): void {
    this.close();
    this.#scan();
    this.#resolve();
  }
}
