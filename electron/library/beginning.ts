/** ms after which it begins though no window has asked for anything. */
const LATEST = 3_000;

interface BeginningOptions {
  /** It waits for nothing. */
  isAtOnce: boolean;
  begin(): void;
}

/** Work that begins once the first window has what it waits for: both at once would make it wait much longer. */
export class Beginning {
  /** Resolves when it has begun. */
  readonly done: Promise<void>;
  readonly #begin: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor({ isAtOnce, begin }: BeginningOptions) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.done = promise;
    this.#begin = () => {
      begin();
      resolve();
    };
    if (isAtOnce) this.now();
    else this.#timer = setTimeout(() => this.now(), LATEST);
  }

  /** It begins, if it has not. */
  now(): void {
    if (this.#isOver) return;
    this.close();
    this.#begin();
  }

  /** It does not begin any more. */
  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}
