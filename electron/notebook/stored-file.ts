import { hash } from 'node:crypto';
import { readdir, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { type Failure, fail, ok, type Result } from '../api';
import type { Log } from '../log';
import { systemCode, writeFailure } from './failures';
import { writeGuarded } from './guarded-write';
import { JsonStore, serialize } from './json-store';
import { leftoverOwner, settleLeftovers } from './leftovers';
import type { Limiter } from './limiter';
import type { Problems } from './problems';
import type { Quarantine } from './quarantine';

/** What a file's content is worth: `remarks` say what in it could not be understood (it is kept in `value` all the same). */
export type Judged<T> = { kind: 'good'; value: T; remarks: string[] } | { kind: 'newer'; value?: T } | { kind: 'bad'; reason: string };

/** What the files of one store share. */
export interface Shelf {
  quarantine: Quarantine;
  problems: Problems;
  log: Log;
  /** How many files are written at the same time. */
  writing: Limiter;
}

/** One kind of file: how the reader calls it, and how its content is judged. */
export interface FileKind<T> {
  /** As in "The file of your tags". */
  label: string;
  judge(content: unknown): Judged<T>;
  /** Said after a file was set aside, such as which backup has it. */
  afterQuarantine?(): Promise<string>;
}

interface Waiting<T> {
  next(value: T | undefined): T;
  resolve(result: Result<T>): void;
  reject(error: unknown): void;
}

/**
 * One JSON file of the reader's: its value in memory, and guarded writes of it through electron-store. Changes are
 * written one after the other; those that wait together are written together. The value is always what the disk holds.
 */
export class StoredFile<T extends object> {
  readonly #file: string;
  readonly #kind: FileKind<T>;
  readonly #shelf: Shelf;
  readonly #store: JsonStore;
  #value: T | undefined;
  /** Of the bytes that Lectern last read or wrote; `undefined` when there was no file. */
  #digest: string | undefined;
  #locked: Failure | undefined;
  #waiting: Waiting<T>[] = [];
  #working: Promise<void> | undefined;

  /** A file that does not exist yet. `load` gives one that may. */
  constructor(file: string, kind: FileKind<T>, shelf: Shelf) {
    this.#file = file;
    this.#kind = kind;
    this.#shelf = shelf;
    this.#store = new JsonStore(file);
  }

  get value(): T | undefined {
    return this.#value;
  }

  /** Why it may not be changed, when it may not. */
  get locked(): Failure | undefined {
    return this.#locked;
  }

  /** Reads the file, whole or repaired. What cannot be understood is set aside in the quarantine and told as a problem. */
  async load(leftovers: readonly string[]): Promise<void> {
    const source = leftovers.length > 0 ? await this.#settle(leftovers) : this.#file;
    let bytes: Buffer;
    try {
      bytes = await readFile(source);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') this.#lockUnreadable(error);
      return;
    }
    this.#digest = digestOf(bytes);
    const judged = this.#judge(bytes);
    if (judged.kind === 'bad') {
      await this.#setAside(judged.reason);
    } else if (judged.kind === 'newer') {
      this.#value = judged.value;
      this.#lockNewer(judged.value !== undefined);
    } else {
      this.#value = judged.value;
      if (judged.remarks.length > 0) this.#tell('partly-unreadable', judged.remarks.join(' '));
    }
  }

  /**
   * Changes the value by `next`, which gets the newest one, and answers when it is on the disk and was read back.
   * Giving back the same object writes nothing. After a failure the value and the file are as they were.
   */
  change(next: (value: T | undefined) => T): Promise<Result<T>> {
    if (this.#locked) return Promise.resolve({ ok: false, failure: this.#locked });
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
      await this.#shelf.writing(async () => {
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
    const before = this.#value;
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
    const result = after === before ? ok(after) : await this.#write(after);
    for (const { resolve } of served) resolve(result);
  }

  async #write(value: T): Promise<Result<T>> {
    const text = serialize(value);
    const bytes = Buffer.from(text);
    const attempt = () =>
      writeGuarded({
        file: this.#file,
        bytes,
        write: () => this.#store.write(value, text),
        discardOld: (kept) => this.#discardOld(kept),
        log: this.#shelf.log,
      });
    try {
      await attempt().catch(async (error: unknown) => {
        if (systemCode(error) !== 'EEXIST') throw error;
        await this.#settle(await this.#findLeftovers());
        await attempt();
      });
    } catch (error) {
      const failure = writeFailure(error, path.dirname(this.#file));
      this.#shelf.log.error(`${this.#file} could not be saved (${failure.failure.code})`, error);
      return failure;
    }
    this.#value = value;
    this.#digest = digestOf(bytes);
    return ok(value);
  }

  /** Another program's version of the file is not Lectern's to delete. */
  async #discardOld(kept: string): Promise<void> {
    const isOurs = digestOf(await readFile(kept)) === this.#digest;
    if (isOurs) return unlink(kept);
    const place = await this.#shelf.quarantine(kept);
    this.#tell(
      'changed-outside',
      `${this.#kind.label} was changed by another program while Lectern was running. Lectern's own version was saved; the other one is kept as ${place}.`,
      place,
    );
  }

  #judge(bytes: Buffer): Judged<T> {
    let content: unknown;
    try {
      content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch {
      return { kind: 'bad', reason: bytes.length === 0 ? 'it is empty' : 'it is not valid JSON' };
    }
    return this.#kind.judge(content);
  }

  /** The path to read after what a cut-off write left was put in order. */
  async #settle(leftovers: readonly string[]): Promise<string> {
    const { quarantine, log } = this.#shelf;
    const isWhole = (bytes: Buffer) => this.#judge(bytes).kind !== 'bad';
    const { source, damaged } = await settleLeftovers({ file: this.#file, leftovers, isWhole, quarantine, log });
    if (damaged !== undefined) {
      this.#tell(
        'restored',
        `${this.#kind.label} was damaged when Lectern was stopped in the middle of saving it. It is back as it was before; the damaged file is kept as ${damaged}.`,
        damaged,
      );
    }
    return source;
  }

  async #findLeftovers(): Promise<string[]> {
    const folder = path.dirname(this.#file);
    const names = await readdir(folder);
    return names.filter((name) => leftoverOwner(name) === path.basename(this.#file)).map((name) => path.join(folder, name));
  }

  async #setAside(reason: string): Promise<void> {
    const { quarantine, log } = this.#shelf;
    this.#digest = undefined;
    let place: string;
    try {
      place = await quarantine(this.#file);
    } catch (error) {
      log.error(`${this.#file} could not be moved to the quarantine`, error);
      this.#lock(
        'notebook-quarantined',
        `${this.#kind.label} could not be read: ${reason}. The file was left as it is and will not be changed.`,
      );
      return;
    }
    const more = await this.#kind
      .afterQuarantine?.()
      .catch((error: unknown) => log.error('the backups could not be looked through', error));
    this.#tell(
      'quarantined',
      `${this.#kind.label} could not be read: ${reason}. Nothing was deleted: the file is kept as ${place}. Everything else is unaffected.${more ?? ''}`,
      place,
    );
  }

  #lockUnreadable(error: unknown): void {
    this.#shelf.log.error(`${this.#file} could not be read`, error);
    this.#lock(
      'notebook-quarantined',
      `${this.#kind.label} could not be opened (${systemCode(error) ?? error}). The file was left as it is and will not be changed. Make it readable and start Lectern again.`,
    );
  }

  #lockNewer(shown: boolean): void {
    const can = shown ? 'can be read here but not changed' : 'cannot be shown here';
    this.#lock(
      'notebook-read-only',
      `${this.#kind.label} was written by a newer version of Lectern, so it ${can}. Nothing in it is lost: update Lectern to go on.`,
    );
  }

  #lock(code: 'notebook-quarantined' | 'notebook-read-only', message: string): void {
    this.#locked = fail(code, message).failure;
    this.#tell(code, message);
  }

  #tell(kind: string, message: string, place = this.#file): void {
    const id = `${path.basename(this.#file, '.json')}:${kind}`;
    this.#shelf.log.warn(message);
    this.#shelf.problems.add({ id, message, path: place });
  }
}

const digestOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64');
