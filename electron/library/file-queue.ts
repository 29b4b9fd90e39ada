export interface Waiting {
  path: string;
  folderId: string;
  /** Its content is to be read although its size and time are as they were. */
  again: boolean;
  /** It was found by a scan that is to be finished. */
  scanned: boolean;
  /** It is told to be gone. */
  gone: boolean;
}

interface Entry extends Waiting {
  /** ms, on the clock of `performance.now()`. */
  dueAt: number;
  since: number;
}

/** ms without a change after which a file counts as written to its end. */
export const SETTLED = 250;

/** ms that a file which is gone is held back, so that a renamed file is found at its new path first. */
export const HELD = 800;

/** ms after which a file that never comes to rest is read all the same. */
const PATIENCE = 1500;

/** Paths that something happened to, each until it is due. */
export class FileQueue {
  readonly #waiting = new Map<string, Entry>();
  #scannedLeft = 0;

  get size(): number {
    return this.#waiting.size;
  }

  /** How many of the scanned files were not taken yet. */
  get scannedLeft(): number {
    return this.#scannedLeft;
  }

  add(waiting: Waiting, delay: number, now: number): void {
    const before = this.#waiting.get(waiting.path);
    const since = before?.since ?? now;
    const dueAt = Math.min(now + delay, since + Math.max(delay, PATIENCE));
    const scanned = waiting.scanned || before?.scanned === true;
    if (scanned && !before?.scanned) this.#scannedLeft++;
    this.#waiting.set(waiting.path, { ...waiting, again: waiting.again || before?.again === true, scanned, dueAt, since });
  }

  /** Puts back what was taken and not looked at; what happened to it since stands. */
  putBack(waiting: Waiting, now: number): void {
    const since = this.#waiting.get(waiting.path);
    const delay = since ? Math.max(0, since.dueAt - now) : 0;
    this.add({ ...waiting, gone: since?.gone ?? waiting.gone }, delay, now);
  }

  /** The paths in a folder that are told to be gone. */
  goneIn = (folderId: string): string[] =>
    [...this.#waiting.values()].filter((waiting) => waiting.gone && waiting.folderId === folderId).map(({ path }) => path);

  /** Takes one path out, if it waits. */
  take(path: string): Waiting | undefined {
    const entry = this.#waiting.get(path);
    if (entry) this.#remove(entry);
    return entry;
  }

  /** Takes out up to `most` paths that are due. */
  takeDue(now: number, most: number): Waiting[] {
    const due: Entry[] = [];
    for (const entry of this.#waiting.values()) {
      if (entry.dueAt <= now) due.push(entry);
      if (due.length === most) break;
    }
    for (const entry of due) this.#remove(entry);
    return due;
  }

  /** Forgets the paths that `isForgotten`. */
  forget(isForgotten: (waiting: Waiting) => boolean): void {
    for (const entry of [...this.#waiting.values()]) if (isForgotten(entry)) this.#remove(entry);
  }

  /** When the next path is due. */
  nextDueAt(): number | undefined {
    let next: number | undefined;
    for (const { dueAt } of this.#waiting.values()) if (next === undefined || dueAt < next) next = dueAt;
    return next;
  }

  #remove(entry: Entry): void {
    this.#waiting.delete(entry.path);
    if (entry.scanned) this.#scannedLeft--;
  }
}
