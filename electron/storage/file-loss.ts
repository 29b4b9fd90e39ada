import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Failure, fail, ok, type RecoveryChoice, type Result } from '#api';
import { type BackupCopy, findCopy } from './backups/copies';
import { recoveryFailure } from './failures';
import type { FileKind, StorageContext } from './file-kind';
import { giveUp } from './given-up';
import { dateOf, describeLock, lossId, type SetAside, tellLoss } from './losses';
import type { OpenCase } from './quarantine';
import { type Validated, validateBytes } from './validation';

/** The loss of one file of the reader's: from when it is noticed until the reader has chosen what becomes of the file. */
export class FileLoss<T> {
  readonly #file: string;
  readonly #kind: FileKind<T>;
  readonly #context: StorageContext;
  #aside: SetAside<T> | undefined;
  #locked: Failure | undefined;

  /** Of a file (its absolute path) that is not lost. */
  constructor(file: string, kind: FileKind<T>, context: StorageContext) {
    this.#file = file;
    this.#kind = kind;
    this.#context = context;
  }

  /** What is lost; `undefined` when nothing is. */
  get aside(): SetAside<T> | undefined {
    return this.#aside;
  }

  /** Why nothing may be written before the reader has chosen, when it may not. */
  get locked(): Failure | undefined {
    return this.#locked;
  }

  /** Sets a file aside that cannot be read. */
  async setAside(reason: string): Promise<void> {
    const aside: SetAside<T> = { loss: 'unreadable', reason, copy: await this.#findCopy(new Date()) };
    await this.#moveAway(aside);
    this.open(aside, true);
  }

  /** Takes up a case from an earlier start. Where there is nothing to choose, nothing is said again. */
  async takeUp({ place, setAsideAt }: OpenCase): Promise<void> {
    const validated = await readFile(place).then(
      (bytes) => this.#validate(bytes),
      () => undefined,
    );
    const copy = await this.#findCopy(setAsideAt);
    if (!copy && !this.#kind.recovery.isLocking) return;
    const reason = validated?.kind === 'bad' ? validated.reason : 'it was not as Lectern writes it';
    this.open({ loss: 'unreadable', place, reason, copy }, true);
  }

  /** Opens a case; `isTold`: to the reader, file by file. */
  open(aside: SetAside<T>, isTold: boolean): void {
    const { recovery } = this.#kind;
    this.#aside = aside;
    const isInTheWay = aside.loss === 'unreadable' && !aside.place;
    if ((recovery.isLocking && aside.loss !== 'emptied') || isInTheWay)
      this.#locked = fail('notebook-quarantined', describeLock(aside, recovery)).failure;
    this.#context.log.warn(`${this.#file} is lost: ${aside.reason}; it is ${aside.place ?? 'not set aside'}`);
    if (isTold) tellLoss(this.#context.problems, path.basename(this.#file, '.json'), this.#file, aside, recovery);
  }

  /**
   * Does what the reader chose: brings the newest good copy back out of the backups, by `write`, or goes on without. The file that was set
   * aside stays as it is. The sentence says what was done.
   */
  async recover(choice: RecoveryChoice, write: (copy: T) => Promise<Result<T>>): Promise<Result<string>> {
    const aside = this.#aside;
    if (!aside) return fail('problem-solved', 'This was settled already, in another window of Lectern.');
    const { recovery } = this.#kind;
    const { dataFolder, folder, log } = this.#context;
    const refusal = await folder.refusal();
    if (refusal) return { ok: false, failure: refusal };
    if (aside.loss === 'unreadable' && !aside.place && !(await this.#moveAway(aside)))
      return fail(
        'write-failed',
        `The file ${this.#file} could not be set aside, so it was left as it is. Allow writing in its folder and try again.`,
      );
    let done = recovery.goneOn;
    if (choice === 'restore') {
      const { copy } = aside;
      if (!copy) return fail('backup-unreadable', 'No backup has a readable copy of this file, so nothing was restored.');
      const written = await write(copy.value);
      if (!written.ok) return recoveryFailure(written.failure);
      done = `${recovery.isBack(copy.value)}, from the backup of ${dateOf(copy.madeAt)}.`;
    }
    // At worst a backup is kept longer, and the reader is asked again.
    else await giveUp(dataFolder, folder, this.#name).catch((error: unknown) => log.warn(`${this.#file} is not let go`, error));
    if (this.#aside === aside) await this.close();
    return ok(done);
  }

  /** The file has its content again, or is gone on without. At worst the reader is asked again at the next start. */
  async close(): Promise<void> {
    this.#aside = undefined;
    this.#locked = undefined;
    const { quarantine, problems, log } = this.#context;
    await quarantine.close(this.#name).catch((error: unknown) => log.warn(`the case of ${this.#file} stays open`, error));
    problems.solve(lossId(path.basename(this.#file, '.json')));
  }

  async #moveAway(aside: SetAside<T>): Promise<boolean> {
    try {
      aside.place = await this.#context.quarantine.setAside(this.#file);
      return true;
    } catch (error) {
      this.#context.log.error(`${this.#file} could not be moved to the quarantine`, error);
      return false;
    }
  }

  async #findCopy(before: Date): Promise<BackupCopy<T> | undefined> {
    const { dataFolder, log } = this.#context;
    return findCopy({ dataFolder, name: this.#name, before, validate: (bytes) => this.#validate(bytes), log }).catch((error: unknown) => {
      log.error('the backups could not be looked through', error);
      return undefined;
    });
  }

  #validate(bytes: Uint8Array): Validated<T> {
    return validateBytes(bytes, this.#kind.validate);
  }

  /** The path in the data folder, with `/`. */
  get #name(): string {
    return path.relative(this.#context.dataFolder, this.#file).split(path.sep).join('/');
  }
}
