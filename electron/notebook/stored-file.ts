import { hash } from 'node:crypto';
import { readdir, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { type Failure, fail, ok, type RecoveryChoice, type Result } from '../api';
import type { Log } from '../log';
import { type BackupCopy, findCopy } from './backup-copies';
import { ChangeQueue } from './change-queue';
import { recoveryFailure, systemCode, writeFailure } from './failures';
import { writeGuarded } from './guarded-write';
import { JsonStore, serialize } from './json-store';
import { type Judged, judgeBytes } from './judging';
import { leftoverOwner, settleLeftovers } from './leftovers';
import type { Limiter } from './limiter';
import type { WriteLock } from './lock';
import type { Problems } from './problems';
import type { OpenCase, Quarantine } from './quarantine';
import { dateOf, describeLock, lossId, type Recoverable, type SetAside, tellLoss } from './set-aside';

/** What the files of one store share. */
export interface Shelf {
  /** Absolute. */
  dataFolder: string;
  quarantine: Quarantine;
  problems: Problems;
  log: Log;
  /** How many files are written at the same time. */
  writing: Limiter;
  /** Why nothing may be written at the moment (another Lectern has the lock), when it may not. */
  claim?: WriteLock['claim'];
}

/** One kind of file: how the reader calls it, and how its content is judged. */
export interface FileKind<T> {
  /** As in "The file of your tags". */
  label: string;
  judge(content: unknown): Judged<T>;
  recovery: Recoverable<T>;
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
  readonly #changes: ChangeQueue<T>;
  #value: T | undefined;
  /** Of the bytes that Lectern last read or wrote; `undefined` when there was no file. */
  #digest: string | undefined;
  #locked: Failure | undefined;
  #setAside: SetAside<T> | undefined;

  /** A file that does not exist yet. `load` gives one that may. */
  constructor(file: string, kind: FileKind<T>, shelf: Shelf) {
    this.#file = file;
    this.#kind = kind;
    this.#shelf = shelf;
    this.#store = new JsonStore(file);
    this.#changes = new ChangeQueue({ value: () => this.#value, write: (value) => this.#write(value), writing: shelf.writing });
  }

  get value(): T | undefined {
    return this.#value;
  }

  /** Why it may not be changed, when it may not. */
  get locked(): Failure | undefined {
    return this.#locked;
  }

  /** The newest good copy of a file that could not be read. */
  get copy(): T | undefined {
    return this.#setAside?.copy?.value;
  }

  /**
   * Reads the file, whole or repaired. What cannot be understood is set aside in the quarantine and told as a problem;
   * so is what was set aside at an earlier start (`earlier`) and about which the reader has not chosen.
   */
  async load(leftovers: readonly string[], earlier?: OpenCase): Promise<void> {
    const source = leftovers.length > 0 ? await this.#settle(leftovers) : this.#file;
    let bytes: Buffer;
    try {
      bytes = await readFile(source);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') this.#lockUnreadable(error);
      else if (earlier) await this.#tellEarlier(earlier);
      return;
    }
    this.#digest = digestOf(bytes);
    const judged = this.#judge(bytes);
    if (judged.kind === 'bad') {
      await this.#loseFile(judged.reason);
    } else if (judged.kind === 'newer') {
      this.#value = judged.value;
      this.#lockNewer(judged.value !== undefined);
    } else {
      this.#value = judged.value;
      if (judged.remarks.length > 0) this.#tell('partly-unreadable', judged.remarks.join(' '));
      if (earlier) await this.#tellEarlier(earlier);
    }
  }

  /**
   * Changes the value by `next`, which gets the newest one, and answers when it is on the disk and was read back.
   * Giving back the same object writes nothing. After a failure the value and the file are as they were.
   */
  change(next: (value: T | undefined) => T): Promise<Result<T>> {
    return this.#locked ? Promise.resolve({ ok: false, failure: this.#locked }) : this.#changes.add(next);
  }

  /**
   * Does what the reader chose about the file that was set aside: brings its newest good copy back out of the backups, or
   * goes on without. What was written since is kept, and the file that was set aside stays as it is. The sentence says what was done.
   */
  async recover(choice: RecoveryChoice): Promise<Result<string>> {
    const aside = this.#setAside;
    if (!aside) return fail('problem-solved', 'This was settled already, in another window of Lectern.');
    const { recovery } = this.#kind;
    if (!aside.place && !(await this.#moveAway(aside)))
      return fail(
        'write-failed',
        `The file ${this.#file} could not be set aside, so it was left as it is. Allow writing in its folder and try again.`,
      );
    let done = recovery.goneOn;
    if (choice === 'restore') {
      const { copy } = aside;
      if (!copy) return fail('backup-unreadable', 'No backup has a readable copy of this file, so nothing was restored.');
      const written = await this.#changes.add((since) =>
        since && recovery.merge ? recovery.merge(copy.value, since) : (since ?? copy.value),
      );
      if (!written.ok) return recoveryFailure(written.failure);
      done = `${recovery.isBack(copy.value)}, from the backup of ${dateOf(copy.madeAt)}.`;
    }
    if (this.#setAside === aside) {
      this.#setAside = undefined;
      this.#locked = undefined;
    }
    const { quarantine, problems, log } = this.#shelf;
    // At worst the reader is asked again at the next start.
    await quarantine.close(this.#name).catch((error: unknown) => log.warn(`the case of ${this.#file} stays open`, error));
    problems.solve(lossId(this.#stem));
    return ok(done);
  }

  /** Resolves when no change waits. */
  async idle(): Promise<void> {
    await this.#changes.idle();
  }

  async #write(value: T): Promise<Result<T>> {
    const refusal = await this.#shelf.claim?.();
    if (refusal) return { ok: false, failure: refusal };
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
    const place = await this.#shelf.quarantine.move(kept);
    this.#tell(
      'changed-outside',
      `${this.#kind.label} was changed by another program while Lectern was running. Lectern's own version was saved; the other one is kept as ${place}.`,
      place,
    );
  }

  #judge(bytes: Uint8Array): Judged<T> {
    return judgeBytes(bytes, this.#kind.judge);
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

  async #loseFile(reason: string): Promise<void> {
    this.#digest = undefined;
    const aside: SetAside<T> = { reason, copy: await this.#findCopy(new Date()) };
    await this.#moveAway(aside);
    this.#lose(aside);
  }

  /** A file that was set aside at an earlier start. Where there is nothing to choose, nothing is said again. */
  async #tellEarlier({ place, setAsideAt }: OpenCase): Promise<void> {
    const judged = await readFile(place).then(
      (bytes) => this.#judge(bytes),
      () => undefined,
    );
    const copy = await this.#findCopy(setAsideAt);
    if (!copy && this.#kind.recovery.merge) return;
    this.#lose({ place, reason: judged?.kind === 'bad' ? judged.reason : 'it was not as Lectern writes it', copy });
  }

  #lose(aside: SetAside<T>): void {
    const { recovery } = this.#kind;
    this.#setAside = aside;
    if (!recovery.merge || !aside.place) this.#locked = fail('notebook-quarantined', describeLock(aside, recovery)).failure;
    this.#shelf.log.warn(`${this.#file} could not be read: ${aside.reason}; it is ${aside.place ?? 'still there'}`);
    tellLoss(this.#shelf.problems, this.#stem, this.#file, aside, recovery);
  }

  async #moveAway(aside: SetAside<T>): Promise<boolean> {
    try {
      aside.place = await this.#shelf.quarantine.setAside(this.#file);
      return true;
    } catch (error) {
      this.#shelf.log.error(`${this.#file} could not be moved to the quarantine`, error);
      return false;
    }
  }

  async #findCopy(before: Date): Promise<BackupCopy<T> | undefined> {
    const { dataFolder, log } = this.#shelf;
    return findCopy({ dataFolder, name: this.#name, before, judge: (bytes) => this.#judge(bytes), log }).catch((error: unknown) => {
      log.error('the backups could not be looked through', error);
      return undefined;
    });
  }

  /** The path in the data folder, with `/`. */
  get #name(): string {
    return path.relative(this.#shelf.dataFolder, this.#file).split(path.sep).join('/');
  }

  get #stem(): string {
    return path.basename(this.#file, '.json');
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
    const id = `${this.#stem}:${kind}`;
    this.#shelf.log.warn(message);
    this.#shelf.problems.add({ id, message, path: place });
  }
}

const digestOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64');
