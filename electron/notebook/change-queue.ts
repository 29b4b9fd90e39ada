import { ok, type Result } from '../api';
import type { Limiter } from './limiter';

interface Waiting<T> {
  next(value: T | undefined): T;
  resolve(result: Result<T>): void;
  reject(error: unknown): void;
}

interface ChangeQueueOptions<T> {
  /** As the disk has it. */
  value(): T | undefined;
  write(value: T): Promise<Result<T>>;
  writing: Limiter;
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
    return new Promise((resolve, reject) => {
      this.#waiting.push({ next, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Resolves when no change waits. */
  async idle(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#options.writing(async () => {
        const batch = this.#waiting.splice(0);
        try {
          await this.#writeBatch(batch);
        } catch (error) {
          for (const { reject } of batch) reject(error);
        }
      });
    }
    this.#working = undefined;
  }

  async #writeBatch(batch: readonly Waiting<T>[]): Promise<void> {
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
    if (after === undefined) return;
    const result = after === before ? ok(after) : await this.#options.write(after);
    for (const { resolve } of served) resolve(result);
  }
}
