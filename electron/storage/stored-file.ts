import { access } from 'node:fs/promises';
import path from 'node:path';
import { type Failure, ok, type RecoveryChoice, type Result } from '#api';
import { isSameContent } from '#model';
import type { Pause } from '../pacing';
import type { BackupCopy } from './backups/copies';
import { ChangeQueue } from './change-queue';
import { isAsSeen, lookAgain } from './disk-state';
import { systemCode } from './errno';
import { newerFile, unreadableFile } from './failures';
import type { FileKind, StorageContext } from './file-kind';
import { FileLoss } from './file-loss';
import { FileMerger } from './file-merger';
import { FileWriter } from './file-writer';
import { giveUp } from './given-up';
import { writeNewFile } from './guarded-write';
import type { Holding } from './held-value';
import { type KnownContent, KnownFile } from './known-file';
import type { OpenCase } from './quarantine';

/** ms until a write that failed is tried again. */
const RETRY_AFTER = 5_000;

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * One JSON file of the reader's: its value in memory, and guarded writes of it through electron-store. Changes are
 * written one after the other; those that wait together are written together. What another program or machine wrote meanwhile is read
 * first and merged. The value is what the disk holds; where a write of what was merged failed, it is tried again until it does.
 */
export class StoredFile<T extends object, S = unknown> {
  readonly #known: KnownFile<T, S>;
  // There are thousands of files, of which few are written or lost: each has of these what it needs.
  #madeWriter: FileWriter | undefined;
  #madeChanges: ChangeQueue<T> | undefined;
  #madeMerger: FileMerger<T> | undefined;
  #madeLoss: FileLoss<T> | undefined;
  #stray: T | undefined;
  /** The value whose file is to be taken away in place of being written. */
  #toRemove: T | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;
  #takingPutAway: Promise<unknown> | undefined;

  /**
   * A file that does not exist yet; `load` and `adopt` give one that does. `holding`, the same for all files of a kind, says what is kept at
   * hand of a value that is packed.
   */
  constructor(file: string, kindOf: (file: string) => FileKind<T>, context: StorageContext, holding?: Holding<T, S>) {
    this.#known = new KnownFile(file, kindOf, context, holding);
  }

  get #writer(): FileWriter {
    // What both tell of is merged after the write that came upon it, and so not awaited.
    this.#madeWriter ??= new FileWriter({
      ...this.#known.context,
      file: this.#known.file,
      isWhole: (bytes) => this.#known.validate(bytes).kind !== 'bad',
      onRestored: (damaged) => this.#known.messages.restored(damaged),
      onUnfinished: (states) => void this.#merger.takeUnfinished(states).catch((error: unknown) => this.#logRefresh(error)),
      onPutAway: (place) => {
        const taken = this.#merger.takePutAway(place).catch((error: unknown) => this.#logRefresh(error));
        this.#takingPutAway = Promise.all([this.#takingPutAway, taken]);
      },
    });
    return this.#madeWriter;
  }

  get #changes(): ChangeQueue<T> {
    this.#madeChanges ??= new ChangeQueue({
      value: () => this.value,
      refresh: () => this.#merger.takeIn(),
      write: (value) => this.#write(value),
      writing: this.#known.context.writing,
      pause: this.#known.context.patience.pause,
    });
    return this.#madeChanges;
  }

  get #merger(): FileMerger<T> {
    this.#madeMerger ??= new FileMerger(this.#known, (next) => this.#changes.add(next));
    return this.#madeMerger;
  }

  get #loss(): FileLoss<T> {
    this.#madeLoss ??= new FileLoss(this.#known.file, this.#known.kind, this.#known.context);
    return this.#madeLoss;
  }

  get value(): T | undefined {
    return this.#known.value;
  }

  /** The value as it is in the end, without keeping the thread to itself where it is large. */
  read(pause: Pause): T | undefined | Promise<T | undefined> {
    return this.#known.held.read(pause);
  }

  /** Packs the value until it is changed, and lets go of what writing it took: it takes little memory then. */
  async pack(pause: Pause): Promise<void> {
    await this.#known.held.pack(pause);
    if (!this.#known.held.packed) return;
    this.#madeWriter = undefined;
    this.#known.releaseKind();
  }

  /** What is kept at hand of the value. */
  get summary(): S | undefined {
    return this.#known.held.summary;
  }

  /** Of the file as it is on the disk, once it is packed; `undefined` where it must be read anew at the next start. */
  get content(): KnownContent<S> | undefined {
    return this.locked || this.isLost ? undefined : this.#known.content;
  }

  /** Why it may not be changed, when it may not. */
  get locked(): Failure | undefined {
    return this.#known.locked ?? this.#madeLoss?.locked;
  }

  /** The newest good copy of a file that was lost. */
  get copy(): T | undefined {
    return this.#madeLoss?.aside?.copy?.value;
  }

  /** What the file held that belongs under another name; the file itself is in the quarantine. */
  get stray(): T | undefined {
    return this.#stray;
  }

  /** Takes for the file's content what is known of it, where it is still as it was `seen`. */
  adopt(content: KnownContent<S>): void {
    this.#known.adopt(content);
  }

  /**
   * Reads the file, whole or repaired. What cannot be understood is set aside in the quarantine and told as a problem;
   * so is what was set aside at an earlier start (`earlier`) and about which the reader has not chosen.
   */
  async load(interrupted: readonly string[], earlier?: OpenCase): Promise<void> {
    const known = this.#known;
    const settled = interrupted.length > 0 ? await this.#writer.settle(interrupted) : undefined;
    let read: Awaited<ReturnType<KnownFile<T>['readAt']>>;
    try {
      read = await known.readAt(settled?.source ?? known.file);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') this.#lockUnreadable(error);
      else if (earlier) await this.#loss.takeUp(earlier);
      return;
    }
    known.see(read.seen);
    const { validated } = read;
    if (validated.kind === 'bad') {
      this.#stray = validated.stray;
      known.forgetSeen();
      await this.#loss.setAside(validated.reason);
    } else if (validated.kind === 'newer') {
      known.held.set(validated.value);
      known.untouched = read.bytes;
      known.lock(newerFile(known.kind.label, validated.value !== undefined));
    } else {
      known.held.set(validated.value);
      if (validated.remarks.length > 0) known.messages.stands('partly-unreadable', validated.remarks.join(' '));
      if (earlier) await this.#loss.takeUp(earlier);
      if (settled) await this.#merger.takeUnfinished(settled.unfinished);
      known.kind.onSeen?.();
    }
  }

  /** Offers what `copy`, of a backup, has and the file has not, though Lectern did not take it away; `isTold`: to the reader, file by file. */
  offer(loss: 'missing' | 'emptied', copy: BackupCopy<T>, isTold = true): void {
    const { value } = this;
    if (this.isLost || (value && isSameContent(this.#known.kind.merge(copy.value, value), value))) return;
    this.#loss.open({ loss, reason: `it is ${loss}`, copy, ...(loss === 'emptied' && { place: this.#known.file }) }, isTold);
  }

  /**
   * Changes the value by `next`, which gets the newest one, and answers when it is on the disk and was read back.
   * Giving back the same object writes nothing. After a failure the value and the file are as they were.
   */
  change(next: (value: T | undefined) => T): Promise<Result<T>> {
    return this.locked ? Promise.resolve({ ok: false, failure: this.locked }) : this.#changes.add(next);
  }

  /**
   * Takes the file away where its value `isNothing`, as if it had never been: no backup of it is taken for a loss. Another value stays as it
   * is. After a failure the file is as it was.
   */
  removeNothing(isNothing: (value: T) => boolean): Promise<Result<unknown>> {
    if (this.value === undefined) return Promise.resolve(ok(null));
    return this.change((value) => {
      if (!value) throw new Error(`${this.#known.file} is gone`);
      if (!isNothing(value)) return value;
      this.#toRemove = { ...value };
      return this.#toRemove;
    });
  }

  /** Merges the content of another file of this kind; `false` when it is not a whole one, or could not be kept. */
  async takeCopy(bytes: Uint8Array): Promise<boolean> {
    const validated = this.#known.validate(bytes);
    return validated.kind === 'good' && !this.locked && (await this.#merger.takeState(validated.value));
  }

  /**
   * Takes in what another program did to the file, unless what it wrote is not whole (yet). `back`: a file that was missing is there
   * again. Throws the system's error.
   */
  async lookOutside(): Promise<'back' | undefined> {
    const known = this.#known;
    const state = await lookAgain(known.file, known.seen);
    if (state.kind === 'same' || (state.kind === 'changed' && known.validate(state.bytes).kind === 'bad')) return undefined;
    const isAwaited = this.#madeLoss?.aside?.loss === 'missing' && state.kind === 'changed';
    if (!isAwaited || !(await this.#changes.refresh()).ok || this.value === undefined) return void (await this.refresh());
    await this.#loss.close();
    return 'back';
  }

  /** Takes in what another program wrote, and writes what the disk lacks of what is in memory; what fails is told and tried again. */
  async refresh(): Promise<void> {
    if (this.locked || this.#isClosed) return;
    clearTimeout(this.#retry);
    const id = `${path.basename(this.#known.file, '.json')}:behind`;
    const refreshed = await this.#changes.refresh();
    if (refreshed.ok) return this.#known.context.problems.solve(id);
    // What the folder's guard tells is told once for all files.
    if (refreshed.failure.code !== 'data-folder-gone') this.#known.messages.stands('behind', refreshed.failure.message);
    this.#retry = setTimeout(() => void this.refresh().catch((error: unknown) => this.#logRefresh(error)), RETRY_AFTER).unref();
  }

  /** After the data folder was made anew: writes again what is in memory, also of a file that may not be changed or is awaited. */
  async writeAgain(): Promise<void> {
    const { file, untouched, context } = this.#known;
    const aside = this.#madeLoss?.aside;
    if (untouched && !(await exists(file))) return writeNewFile(file, untouched);
    if (aside?.loss !== 'missing' || !aside.copy) return this.refresh();
    const { value } = aside.copy;
    const written = await this.replace((since) => (since ? this.#known.kind.merge(value, since) : value));
    if (!written.ok) context.log.error(`${file} could not be written again`, written.failure.message);
  }

  /** Whether the reader has yet to choose what becomes of the file. */
  get isLost(): boolean {
    return this.#madeLoss?.aside !== undefined;
  }

  /** Gives a file that was lost its content again, and closes its case. */
  async replace(next: (since: T | undefined) => T): Promise<Result<T>> {
    if (this.#known.locked) return { ok: false, failure: this.#known.locked };
    const replaced = await this.#changes.add(next);
    if (replaced.ok) await this.#loss.close();
    return replaced;
  }

  /**
   * Does what the reader chose about a file that was lost: brings its newest good copy back out of the backups, or
   * goes on without. What was written since is kept, and the file that was set aside stays as it is. The sentence says what was done.
   */
  recover(choice: RecoveryChoice): Promise<Result<string>> {
    return this.#loss.recover(choice, (copy) => this.#changes.add((since) => (since ? this.#known.kind.merge(copy, since) : copy)));
  }

  /** Resolves when no change waits. */
  async idle(): Promise<void> {
    await this.#takingPutAway;
    await this.#madeChanges?.idle();
  }

  /** Resolves when no change waits and what is in memory is on the disk, also where another program has just taken the file away. */
  async settle(): Promise<void> {
    if (!this.#isAtRest) await this.refresh();
    await this.idle();
  }

  /** Whether the disk has what is in memory, as it was last read or written, and nothing waits: so it is with most of thousands of files. */
  get #isAtRest(): boolean {
    const { file, seen, isBehind } = this.#known;
    return !isBehind && !this.#madeChanges?.isWorking && seen !== undefined && isAsSeen(file, seen);
  }

  /** Settles for the last time: what another program writes from now on is left to it, and nothing is tried again. */
  async close(): Promise<void> {
    await this.settle();
    this.#isClosed = true;
    clearTimeout(this.#retry);
  }

  async #write(value: T): Promise<Result<T>> {
    if (value === this.#toRemove) return this.#remove(value);
    const known = this.#known;
    const written = await this.#writer.write(value, known.seen);
    if (!written.ok) return written;
    known.held.set(value);
    known.isBehind = false;
    known.see(written.value);
    known.kind.onSeen?.();
    return ok(value);
  }

  async #remove(value: T): Promise<Result<T>> {
    const known = this.#known;
    this.#toRemove = undefined;
    const removed = await this.#writer.remove(known.seen);
    if (!removed.ok) return removed;
    known.held.set(undefined);
    known.isBehind = false;
    known.forgetSeen();
    const { dataFolder, folder, log } = known.context;
    const name = path.relative(dataFolder, known.file).split(path.sep).join('/');
    // At worst the reader is asked about it.
    await giveUp(dataFolder, folder, name).catch((error: unknown) => log.warn(`${known.file} is not let go`, error));
    known.kind.onSeen?.();
    return ok(value);
  }

  #logRefresh(error: unknown): void {
    this.#known.context.log.error(`${this.#known.file} could not be brought up to date`, error);
  }

  #lockUnreadable(error: unknown): void {
    this.#known.context.log.error(`${this.#known.file} could not be read`, error);
    this.#known.lock(unreadableFile(this.#known.kind.label, error));
  }
}
