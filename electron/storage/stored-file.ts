import { access } from 'node:fs/promises';
import path from 'node:path';
import { type Failure, ok, type RecoveryChoice, type Result } from '#api';
import { isSameContent } from '#model';
import type { Pause } from '../pacing';
import type { BackupCopy } from './backups/copies';
import { ChangeQueue, type Refreshed } from './change-queue';
import { isAsSeen, lookAgain, type Seen } from './disk-state';
import { systemCode } from './errno';
import { newerFile, unreadableFile, writeFailure } from './failures';
import type { FileKind, StorageContext } from './file-kind';
import { FileLoss } from './file-loss';
import { CONFLICT, createFileMessages, type FileMessages } from './file-messages';
import { FileWriter } from './file-writer';
import { giveUp } from './given-up';
import { writeNewFile } from './guarded-write';
import { HalfWritten, readWhenWritten } from './half-written';
import { HeldValue, type Holding } from './held-value';
import { serialize } from './json-store';
import type { OpenCase } from './quarantine';
import { type Validated, validateBytes } from './validation';

/** ms until a write that failed is tried again. */
const RETRY_AFTER = 5_000;

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** A file's content as Lectern last read or wrote it. */
export interface KnownContent<S> {
  seen: Seen;
  packed: Uint8Array;
  summary: S;
}

/**
 * One JSON file of the reader's: its value in memory, and guarded writes of it through electron-store. Changes are
 * written one after the other; those that wait together are written together. What another program or machine wrote meanwhile is read
 * first and merged. The value is what the disk holds; where a write of what was merged failed, it is tried again until it does.
 */
export class StoredFile<T extends object, S = unknown> {
  readonly #file: string;
  readonly #kindOf: (file: string) => FileKind<T>;
  readonly #context: StorageContext;
  readonly #held: HeldValue<T, S>;
  // There are thousands of files, of which few are written or lost: each has of these what it needs.
  #madeKind: FileKind<T> | undefined;
  #madeWriter: FileWriter | undefined;
  #madeChanges: ChangeQueue<T> | undefined;
  #madeMessages: FileMessages | undefined;
  #madeHalf: HalfWritten | undefined;
  #madeLoss: FileLoss<T> | undefined;
  /** Of the file as Lectern last read or wrote it; `undefined` when there was none. */
  #seen: Seen | undefined;
  /** Why it may not be changed, beside its loss. */
  #locked: Failure | undefined;
  #stray: T | undefined;
  /** The file on the disk is not yet what the value is. */
  #isTakingIn = false;
  /** The disk lacks something of the value: a write of what was merged, or of what had gone, failed. */
  #isBehind = false;
  /** The value whose file is to be taken away in place of being written. */
  #toRemove: T | undefined;
  /** The bytes of a file that may only be read here. */
  #untouched: Buffer | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;
  #takingPutAway: Promise<unknown> | undefined;

  /**
   * A file that does not exist yet; `load` and `adopt` give one that does. `holding`, the same for all files of a kind, says what is kept at
   * hand of a value that is packed.
   */
  constructor(file: string, kindOf: (file: string) => FileKind<T>, context: StorageContext, holding?: Holding<T, S>) {
    this.#file = file;
    this.#kindOf = kindOf;
    this.#context = context;
    this.#held = new HeldValue(holding);
  }

  get #kind(): FileKind<T> {
    this.#madeKind ??= this.#kindOf(this.#file);
    return this.#madeKind;
  }

  get #writer(): FileWriter {
    // What both tell of is merged after the write that came upon it, and so not awaited.
    this.#madeWriter ??= new FileWriter({
      ...this.#context,
      file: this.#file,
      isWhole: (bytes) => this.#validate(bytes).kind !== 'bad',
      onRestored: (damaged) => this.#messages.restored(damaged),
      onUnfinished: (states) => void this.#takeUnfinished(states).catch((error: unknown) => this.#logRefresh(error)),
      onPutAway: (place) => {
        const taken = this.#takePutAway(place).catch((error: unknown) => this.#logRefresh(error));
        this.#takingPutAway = Promise.all([this.#takingPutAway, taken]);
      },
    });
    return this.#madeWriter;
  }

  get #messages(): FileMessages {
    this.#madeMessages ??= createFileMessages({ ...this.#context, file: this.#file, label: this.#kind.label });
    return this.#madeMessages;
  }

  get #changes(): ChangeQueue<T> {
    this.#madeChanges ??= new ChangeQueue({
      value: () => this.value,
      refresh: () => this.#takeIn(),
      write: (value) => this.#write(value),
      writing: this.#context.writing,
      pause: this.#context.patience.pause,
    });
    return this.#madeChanges;
  }

  get #half(): HalfWritten {
    this.#madeHalf ??= new HalfWritten(this.#context.patience);
    return this.#madeHalf;
  }

  get #loss(): FileLoss<T> {
    this.#madeLoss ??= new FileLoss(this.#file, this.#kind, this.#context);
    return this.#madeLoss;
  }

  get value(): T | undefined {
    return this.#held.value;
  }

  /** The value as it is in the end, without keeping the thread to itself where it is large. */
  read(pause: Pause): T | undefined | Promise<T | undefined> {
    return this.#held.read(pause);
  }

  /** Packs the value until it is changed, and lets go of what writing it took: it takes little memory then. */
  async pack(pause: Pause): Promise<void> {
    await this.#held.pack(pause);
    if (!this.#held.packed) return;
    this.#madeWriter = undefined;
    this.#madeKind = undefined;
  }

  /** What is kept at hand of the value. */
  get summary(): S | undefined {
    return this.#held.summary;
  }

  /** Of the file as it is on the disk, once it is packed; `undefined` where it must be read anew at the next start. */
  get content(): KnownContent<S> | undefined {
    const isOther = this.#isTakingIn || this.#isBehind || this.#untouched !== undefined || this.locked || this.isLost;
    if (!this.#seen || isOther) return undefined;
    const { packed, summary } = this.#held;
    return packed && summary !== undefined ? { seen: this.#seen, packed, summary } : undefined;
  }

  /** Why it may not be changed, when it may not. */
  get locked(): Failure | undefined {
    return this.#locked ?? this.#madeLoss?.locked;
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
  adopt({ seen, packed, summary }: KnownContent<S>): void {
    this.#held.setPacked(packed, summary);
    this.#see(seen);
  }

  /**
   * Reads the file, whole or repaired. What cannot be understood is set aside in the quarantine and told as a problem;
   * so is what was set aside at an earlier start (`earlier`) and about which the reader has not chosen.
   */
  async load(leftovers: readonly string[], earlier?: OpenCase): Promise<void> {
    const settled = leftovers.length > 0 ? await this.#writer.settle(leftovers) : undefined;
    let read: Awaited<ReturnType<typeof readWhenWritten<T>>>;
    try {
      read = await this.#read(settled?.source ?? this.#file);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') this.#lockUnreadable(error);
      else if (earlier) await this.#loss.takeUp(earlier);
      return;
    }
    this.#see(read.seen);
    const { validated } = read;
    if (validated.kind === 'bad') {
      this.#stray = validated.stray;
      this.#seen = undefined;
      await this.#loss.setAside(validated.reason);
    } else if (validated.kind === 'newer') {
      this.#held.set(validated.value);
      this.#untouched = read.bytes;
      this.#lock(newerFile(this.#kind.label, validated.value !== undefined));
    } else {
      this.#held.set(validated.value);
      if (validated.remarks.length > 0) this.#messages.stands('partly-unreadable', validated.remarks.join(' '));
      if (earlier) await this.#loss.takeUp(earlier);
      await this.#takeUnfinished(settled?.unfinished ?? []);
      this.#kind.onSeen?.();
    }
  }

  /** Offers what `copy`, of a backup, has and the file has not, though Lectern did not take it away; `isTold`: to the reader, file by file. */
  offer(loss: 'missing' | 'emptied', copy: BackupCopy<T>, isTold = true): void {
    const { value } = this;
    if (this.isLost || (value && isSameContent(this.#kind.merge(copy.value, value), value))) return;
    this.#loss.open({ loss, reason: `it is ${loss}`, copy, ...(loss === 'emptied' && { place: this.#file }) }, isTold);
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
      if (!value) throw new Error(`${this.#file} is gone`);
      if (!isNothing(value)) return value;
      this.#toRemove = { ...value };
      return this.#toRemove;
    });
  }

  /** Merges the content of another file of this kind; `false` when it is not a whole one, or could not be kept. */
  async takeCopy(bytes: Uint8Array): Promise<boolean> {
    const validated = this.#validate(bytes);
    return validated.kind === 'good' && !this.locked && (await this.#takeState(validated.value));
  }

  /**
   * Takes in what another program did to the file, unless what it wrote is not whole (yet). `back`: a file that was missing is there
   * again. Throws the system's error.
   */
  async lookOutside(): Promise<'back' | undefined> {
    const state = await lookAgain(this.#file, this.#seen);
    if (state.kind === 'same' || (state.kind === 'changed' && this.#validate(state.bytes).kind === 'bad')) return undefined;
    const isAwaited = this.#madeLoss?.aside?.loss === 'missing' && state.kind === 'changed';
    if (!isAwaited || !(await this.#changes.refresh()).ok || this.value === undefined) return void (await this.refresh());
    await this.#loss.close();
    return 'back';
  }

  /** Takes in what another program wrote, and writes what the disk lacks of what is in memory; what fails is told and tried again. */
  async refresh(): Promise<void> {
    if (this.locked || this.#isClosed) return;
    clearTimeout(this.#retry);
    const id = `${this.#stem}:behind`;
    const refreshed = await this.#changes.refresh();
    if (refreshed.ok) return this.#context.problems.solve(id);
    // What the folder's guard tells is told once for all files.
    if (refreshed.failure.code !== 'data-folder-gone') this.#messages.stands('behind', refreshed.failure.message);
    this.#retry = setTimeout(() => void this.refresh().catch((error: unknown) => this.#logRefresh(error)), RETRY_AFTER).unref();
  }

  /** After the data folder was made anew: writes again what is in memory, also of a file that may not be changed or is awaited. */
  async writeAgain(): Promise<void> {
    const aside = this.#madeLoss?.aside;
    if (this.#untouched && !(await exists(this.#file))) return writeNewFile(this.#file, this.#untouched);
    if (aside?.loss !== 'missing' || !aside.copy) return this.refresh();
    const { value } = aside.copy;
    const written = await this.replace((since) => (since ? this.#kind.merge(value, since) : value));
    if (!written.ok) this.#context.log.error(`${this.#file} could not be written again`, written.failure.message);
  }

  /** Whether the reader has yet to choose what becomes of the file. */
  get isLost(): boolean {
    return this.#madeLoss?.aside !== undefined;
  }

  /** Gives a file that was lost its content again, and closes its case. */
  async replace(next: (since: T | undefined) => T): Promise<Result<T>> {
    if (this.#locked) return { ok: false, failure: this.#locked };
    const replaced = await this.#changes.add(next);
    if (replaced.ok) await this.#loss.close();
    return replaced;
  }

  /**
   * Does what the reader chose about a file that was lost: brings its newest good copy back out of the backups, or
   * goes on without. What was written since is kept, and the file that was set aside stays as it is. The sentence says what was done.
   */
  recover(choice: RecoveryChoice): Promise<Result<string>> {
    return this.#loss.recover(choice, (copy) => this.#changes.add((since) => (since ? this.#kind.merge(copy, since) : copy)));
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
    return !this.#isBehind && !this.#madeChanges?.isWorking && this.#seen !== undefined && isAsSeen(this.#file, this.#seen);
  }

  /** Settles for the last time: what another program writes from now on is left to it, and nothing is tried again. */
  async close(): Promise<void> {
    await this.settle();
    this.#isClosed = true;
    clearTimeout(this.#retry);
  }

  /** Reads the file where another program has changed it. */
  async #takeIn(): Promise<Refreshed> {
    const { folder, log } = this.#context;
    try {
      await folder.check();
      const state = await lookAgain(this.#file, this.#seen);
      if (state.kind === 'gone') {
        log.warn(`${this.#file} is gone and is written again`);
        this.#seen = undefined;
        this.#isBehind = this.value !== undefined;
      } else if (state.kind === 'changed') {
        const validated = this.#validate(state.bytes);
        const again = this.#half.waitFor(state.seen, validated);
        if (again > 0) return { again };
        const known = this.#seen?.digest;
        this.#see(state.seen);
        if (state.seen.digest !== known) {
          this.#isTakingIn = true;
          const failure = await this.#mergeBytes(state.bytes, validated).finally(() => {
            this.#isTakingIn = false;
          });
          if (failure) return { ok: false, failure };
        }
        this.#kind.onSeen?.();
      }
      return ok(this.#isBehind);
    } catch (error) {
      const failure = writeFailure(error, path.dirname(this.#file));
      log.error(`${this.#file} could not be looked at (${failure.failure.code})`, error);
      return failure;
    }
  }

  /** Merges what another program wrote into the value; why the file may not be changed any more, when it may not. */
  async #mergeBytes(bytes: Buffer, validated: Validated<T>): Promise<Failure | undefined> {
    const before = this.value;
    if (validated.kind === 'newer') {
      await this.#keepBeside(validated.value);
      this.#held.set(validated.value ?? before);
      this.#untouched = bytes;
      return this.#lock(newerFile(this.#kind.label, validated.value !== undefined));
    }
    if (validated.kind === 'bad') {
      const place = await this.#context.quarantine.move(this.#file);
      this.#seen = undefined;
      this.#messages.unread(validated.reason, place);
      this.#isBehind = before !== undefined;
      return undefined;
    }
    const after = this.#merge(before, validated.value);
    if (after !== before) this.#held.set(after);
    this.#isBehind = !isSameContent(after, validated.value);
    if (after === before) return undefined;
    this.#tellMerge(before, validated.value, after);
    this.#noteMerged(before, after);
    return undefined;
  }

  /** `known` with another state of the file; the same object where that brings nothing. */
  #merge(known: T | undefined, other: T, merge = this.#kind.merge): T {
    const after = known ? merge(known, other) : other;
    return known && isSameContent(known, after) ? known : after;
  }

  /** Takes a state in that lies elsewhere. Where only one of two can stand, it is the file's own. */
  async #takeState(other: T): Promise<boolean> {
    let before: T | undefined;
    let told: string | undefined;
    const taken = await this.#changes.add((known) => {
      before = known;
      const after = this.#merge(known, other, (own, copy) => this.#kind.merge(copy, own));
      told = after === known ? undefined : this.#tellMerge(known, other, after);
      return after;
    });
    if (!taken.ok && told !== undefined) this.#context.problems.solve(told);
    if (taken.ok && taken.value !== before) this.#noteMerged(before, taken.value);
    return taken.ok;
  }

  #noteMerged(before: T | undefined, after: T): void {
    this.#context.log.info(`${this.#file} was changed outside and was merged`);
    this.#kind.onMerged?.(before, after);
  }

  /** Tells of a merge before it is written: after a kill in between, there would be nothing left to merge, and to tell. The message's id. */
  #tellMerge(before: T | undefined, other: T, after: T): string | undefined {
    const told = before && this.#kind.describeMerge?.(before, other, after);
    return told && this.#messages.happened(CONFLICT, told.message, told.about);
  }

  /** Puts the value into the quarantine where `newer`, which takes its place and cannot be merged, lacks something of it. */
  async #keepBeside(newer: T | undefined): Promise<void> {
    const { value } = this;
    if (!value || (newer && isSameContent(this.#kind.merge(newer, value), newer))) return;
    const place = await this.#context.quarantine.keep(path.basename(this.#file), Buffer.from(serialize(value)));
    this.#messages.replaced(place);
  }

  async #write(value: T): Promise<Result<T>> {
    if (value === this.#toRemove) return this.#remove(value);
    const written = await this.#writer.write(value, this.#seen);
    if (!written.ok) return written;
    this.#held.set(value);
    this.#isBehind = false;
    this.#see(written.value);
    this.#kind.onSeen?.();
    return ok(value);
  }

  async #remove(value: T): Promise<Result<T>> {
    this.#toRemove = undefined;
    const removed = await this.#writer.remove(this.#seen);
    if (!removed.ok) return removed;
    this.#held.set(undefined);
    this.#isBehind = false;
    this.#seen = undefined;
    const { dataFolder, folder, log } = this.#context;
    const name = path.relative(dataFolder, this.#file).split(path.sep).join('/');
    // At worst the reader is asked about it.
    await giveUp(dataFolder, folder, name).catch((error: unknown) => log.warn(`${this.#file} is not let go`, error));
    this.#kind.onSeen?.();
    return ok(value);
  }

  #see(seen: Seen): void {
    this.#seen = seen;
    this.#context.folder.remember(this.#file, seen.digest);
  }

  /** Merges what was put away while another program wrote it, once it is whole: who has it open goes on writing it under its new name. */
  async #takePutAway(place: string): Promise<void> {
    const { validated } = await this.#read(place);
    if (validated.kind === 'good') await this.#takeState(validated.value);
    else this.#messages.unread(validated.kind === 'bad' ? validated.reason : 'a newer version of Lectern wrote it', place);
  }

  #logRefresh(error: unknown): void {
    this.#context.log.error(`${this.#file} could not be brought up to date`, error);
  }

  #validate(bytes: Uint8Array): Validated<T> {
    return validateBytes(bytes, this.#kind.validate);
  }

  #read(file: string) {
    return readWhenWritten(file, (bytes) => this.#validate(bytes), this.#context.patience);
  }

  /** What a cut-off write was about to save goes into the value. Told where it is more than the next words after those in the file. */
  async #takeUnfinished(states: readonly Buffer[]): Promise<void> {
    const before = this.value;
    if (!before || states.length === 0) return;
    const unfinished = states.flatMap((bytes) => {
      const validated = this.#validate(bytes);
      return validated.kind === 'good' ? [validated.value] : [];
    });
    let merged = before;
    let isTold = false;
    for (const state of unfinished) {
      const after = this.#kind.merge(merged, state);
      isTold ||= this.#kind.describeMerge?.(merged, state, after) !== undefined;
      merged = after;
    }
    if (isSameContent(merged, before)) return;
    this.#context.log.warn(`what a cut-off write was about to save was taken into ${this.#file}`);
    if (isTold) this.#messages.foundUnfinished();
    // Into what there is by then: the write that came upon it saves something newer.
    const takeInto = (value: T) => unfinished.reduce((state, each) => this.#kind.merge(state, each), value);
    let present = before;
    const written = await this.#changes.add((value = before) => {
      present = value;
      merged = takeInto(value);
      return merged;
    });
    if (!written.ok) {
      // On a disk that takes nothing it is written with the next change.
      present = this.value ?? before;
      merged = takeInto(present);
      this.#held.set(merged);
      this.#isBehind = true;
    }
    this.#kind.onMerged?.(present, merged);
  }

  get #stem(): string {
    return path.basename(this.#file, '.json');
  }

  #lockUnreadable(error: unknown): void {
    this.#context.log.error(`${this.#file} could not be read`, error);
    this.#lock(unreadableFile(this.#kind.label, error));
  }

  #lock(failure: Failure): Failure {
    this.#locked = failure;
    this.#messages.stands(failure.code, failure.message);
    return failure;
  }
}
