import path from 'node:path';
import { type Failure, ok, type Result } from '#api';
import { isSameContent } from '#model';
import type { Refreshed } from './change-queue';
import { lookAgain } from './disk-state';
import { newerFile, writeFailure } from './failures';
import { CONFLICT } from './file-messages';
import { HalfWritten } from './half-written';
import { serialize } from './json-store';
import type { KnownFile } from './known-file';
import type { Validated } from './validation';

/**
 * Merges other states of one file into its value: what another program or machine wrote, what of it was put away by a write, what a cut-off
 * write was about to save, and copies.
 */
export class FileMerger<T extends object> {
  readonly #known: KnownFile<T>;
  readonly #change: (next: (value: T | undefined) => T) => Promise<Result<T>>;
  readonly #half: HalfWritten;

  /** `change`: changes the value in its turn, and writes it. */
  constructor(known: KnownFile<T>, change: (next: (value: T | undefined) => T) => Promise<Result<T>>) {
    this.#known = known;
    this.#change = change;
    this.#half = new HalfWritten(known.context.patience);
  }

  /** Reads the file where another program has changed it. */
  async takeIn(): Promise<Refreshed> {
    const known = this.#known;
    const { file, context } = known;
    const { folder, log } = context;
    try {
      await folder.check();
      const state = await lookAgain(file, known.seen);
      if (state.kind === 'gone') {
        log.warn(`${file} is gone and is written again`);
        known.forgetSeen();
        known.isBehind = known.value !== undefined;
      } else if (state.kind === 'changed') {
        const validated = known.validate(state.bytes);
        const again = this.#half.waitFor(state.seen, validated);
        if (again > 0) return { again };
        const digest = known.seen?.digest;
        known.see(state.seen);
        if (state.seen.digest !== digest) {
          known.isTakingIn = true;
          const failure = await this.#mergeBytes(state.bytes, validated).finally(() => {
            known.isTakingIn = false;
          });
          if (failure) return { ok: false, failure };
        }
        known.kind.onSeen?.();
      }
      return ok(known.isBehind);
    } catch (error) {
      const failure = writeFailure(error, path.dirname(file));
      log.error(`${file} could not be looked at (${failure.failure.code})`, error);
      return failure;
    }
  }

  /** Takes a state in that lies elsewhere, and whether it could be kept. Where only one of two can stand, it is the file's own. */
  async takeState(other: T): Promise<boolean> {
    let before: T | undefined;
    let told: string | undefined;
    const taken = await this.#change((value) => {
      before = value;
      const after = this.#merge(value, other, (own, copy) => this.#known.kind.merge(copy, own));
      told = after === value ? undefined : this.#tellMerge(value, other, after);
      return after;
    });
    if (!taken.ok && told !== undefined) this.#known.context.problems.solve(told);
    if (taken.ok && taken.value !== before) this.#noteMerged(before, taken.value);
    return taken.ok;
  }

  /** Merges what was put away while another program wrote it, once it is whole: who has it open goes on writing it under its new name. */
  async takePutAway(place: string): Promise<void> {
    const { validated } = await this.#known.readAt(place);
    if (validated.kind === 'good') await this.takeState(validated.value);
    else this.#known.messages.unread(validated.kind === 'bad' ? validated.reason : 'a newer version of Lectern wrote it', place);
  }

  /** What a cut-off write was about to save goes into the value. Told where it is more than the next words after those in the file. */
  async takeUnfinished(states: readonly Buffer[]): Promise<void> {
    const known = this.#known;
    const before = known.value;
    if (!before || states.length === 0) return;
    const { kind } = known;
    const unfinished = states.flatMap((bytes) => {
      const validated = known.validate(bytes);
      return validated.kind === 'good' ? [validated.value] : [];
    });
    let merged = before;
    let isTold = false;
    for (const state of unfinished) {
      const after = kind.merge(merged, state);
      isTold ||= kind.describeMerge?.(merged, state, after) !== undefined;
      merged = after;
    }
    if (isSameContent(merged, before)) return;
    known.context.log.warn(`what a cut-off write was about to save was taken into ${known.file}`);
    if (isTold) known.messages.foundUnfinished();
    // Into what there is by then: the write that came upon it saves something newer.
    const takeInto = (value: T) => unfinished.reduce((state, each) => kind.merge(state, each), value);
    let present = before;
    const written = await this.#change((value = before) => {
      present = value;
      merged = takeInto(value);
      return merged;
    });
    if (!written.ok) {
      // On a disk that takes nothing it is written with the next change.
      present = known.value ?? before;
      merged = takeInto(present);
      known.held.set(merged);
      known.isBehind = true;
    }
    kind.onMerged?.(present, merged);
  }

  /** Merges what another program wrote into the value; why the file may not be changed any more, when it may not. */
  async #mergeBytes(bytes: Buffer, validated: Validated<T>): Promise<Failure | undefined> {
    const known = this.#known;
    const before = known.value;
    if (validated.kind === 'newer') {
      await this.#keepBeside(validated.value);
      known.held.set(validated.value ?? before);
      known.untouched = bytes;
      return known.lock(newerFile(known.kind.label, validated.value !== undefined));
    }
    if (validated.kind === 'bad') {
      const place = await known.context.quarantine.move(known.file);
      known.forgetSeen();
      known.messages.unread(validated.reason, place);
      known.isBehind = before !== undefined;
      return undefined;
    }
    const after = this.#merge(before, validated.value);
    if (after !== before) known.held.set(after);
    known.isBehind = !isSameContent(after, validated.value);
    if (after === before) return undefined;
    this.#tellMerge(before, validated.value, after);
    this.#noteMerged(before, after);
    return undefined;
  }

  /** The value with another state of the file; the same object where that brings nothing. */
  #merge(value: T | undefined, other: T, merge = this.#known.kind.merge): T {
    const after = value ? merge(value, other) : other;
    return value && isSameContent(value, after) ? value : after;
  }

  /** Tells of a merge before it is written: after a kill in between, there would be nothing left to merge, and to tell. The message's id. */
  #tellMerge(before: T | undefined, other: T, after: T): string | undefined {
    const told = before && this.#known.kind.describeMerge?.(before, other, after);
    return told && this.#known.messages.happened(CONFLICT, told.message, told.about);
  }

  #noteMerged(before: T | undefined, after: T): void {
    this.#known.context.log.info(`${this.#known.file} was changed outside and was merged`);
    this.#known.kind.onMerged?.(before, after);
  }

  /** Puts the value into the quarantine where `newer`, which takes its place and cannot be merged, lacks something of it. */
  async #keepBeside(newer: T | undefined): Promise<void> {
    const { value, kind, context, file, messages } = this.#known;
    if (!value || (newer && isSameContent(kind.merge(newer, value), newer))) return;
    const place = await context.quarantine.keep(path.basename(file), Buffer.from(serialize(value)));
    messages.replaced(place);
  }
}
