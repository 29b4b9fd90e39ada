import { ok, type Result } from '#api';
import type { Limiter } from './limiter';

interface Waiting<T> {
  next(value: T | undefined): T | undefined;
  resolve(result: Result<T | undefined>): void;
  reject(error: unknown): void;
}

/** Whether the value must be written though nothing changes it; or in how many ms to look again, before anything is written. */
export type Refreshed = Result<boolean> | { again: number };

interface ChangeQueueOptions<T> {
  value(): T | undefined;
  /** Called before each write: takes in what another program wrote. */
  refresh(): Promise<Refreshed>;
  write(value: T): Promise<Result<T>>;
  writing: Limiter;
  /** Resolves after `ms`. */
  pause(ms: number): Promise<void>;
}

/** Changes of one value: written one after the other; those that wait together are written together. */
export class ChangeQueue<T> {
  readonly #options: ChangeQueueOptions<T>;
  #waiting: Waiting<T>[] = [];
  #working: Promise<void> | undefined;

  constructor(options: ChangeQueueOptions<T>) {
    this.#options = options;
  }

  /** Changes the newest value by `next` and answers when that is written. Giving back the same object writes nothing. */
  add(next: (value: T | undefined) => T): Promise<Result<T>> {
    return this.#add(next) as Promise<Result<T>>;
  }

  /** Takes in what another program wrote, in its turn, and writes what the disk lacks. */
  refresh(): Promise<Result<T | undefined>> {
    return this.#add((value) => value);
  }

  /** Whether a change waits, or is being written. */
  get isWorking(): boolean {
    return this.#working !== undefined;
  }

  /** Resolves when no change waits. */
  async idle(): Promise<void> {
    await this.#working;
  }

  #add(next: (value: T | undefined) => T | undefined): Promise<Result<T | undefined>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ next, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const again = await this.#options.writing(() => this.#takeTurn());
      // Without a turn, so that other files are written meanwhile.
      if (again > 0) await this.#options.pause(again);
    }
    this.#working = undefined;
  }

  /** Answers what waits; or gives the ms until it is to have another turn. */
  async #takeTurn(): Promise<number> {
    const batch = this.#waiting.splice(0);
    try {
      const refreshed = await this.#options.refresh();
      if ('again' in refreshed) {
        this.#waiting.unshift(...batch);
        return refreshed.again;
      }
      await this.#writeBatch(batch, refreshed);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    return 0;
  }

  async #writeBatch(batch: readonly Waiting<T>[], refreshed: Result<boolean>): Promise<void> {
    if (!refreshed.ok) {
      for (const { resolve } of batch) resolve(refreshed);
      return;
    }
    const before = this.#options.value();
    let after = before;
    const served: Waiting<T>[] = [];
    for (const each of batch) {
      try {
        after = each.next(after);
        served.push(each);
      } catch (error) {
        each.reject(error);
      }
    }
    const isWritten = after === undefined || (after === before && !refreshed.value);
    const result = isWritten ? ok(after) : await this.#options.write(after as T);
    for (const { resolve } of served) resolve(result);
  }
}
