import type { Failure } from '#api';
import type { Seen } from './disk-state';
import type { FileKind, StorageContext } from './file-kind';
import { createFileMessages, type FileMessages } from './file-messages';
import { readWhenWritten } from './half-written';
import { HeldValue, type Holding } from './held-value';
import { type Validated, validateBytes } from './validation';

/** A file's content as Lectern last read or wrote it. */
export interface KnownContent<S> {
  seen: Seen;
  packed: Uint8Array;
  summary: S;
}

/** What is known of one file of the reader's: its value in memory, and how the file on the disk stands to it. */
export class KnownFile<T extends object, S = unknown> {
  /** Absolute. */
  readonly file: string;
  readonly context: StorageContext;
  readonly held: HeldValue<T, S>;
  /** The file on the disk is not yet what the value is. */
  isTakingIn = false;
  /** The disk lacks something of the value: a write of what was merged, or of what had gone, failed. */
  isBehind = false;
  /** The bytes of a file that may only be read here. */
  untouched: Buffer | undefined;
  readonly #kindOf: (file: string) => FileKind<T>;
  // There are thousands of files, of which few are written or told of: each has of these what it needs.
  #madeKind: FileKind<T> | undefined;
  #madeMessages: FileMessages | undefined;
  #seen: Seen | undefined;
  #locked: Failure | undefined;

  /** A file that does not exist yet. `holding`, the same for all files of a kind, says what is kept at hand of a value that is packed. */
  constructor(file: string, kindOf: (file: string) => FileKind<T>, context: StorageContext, holding?: Holding<T, S>) {
    this.file = file;
    this.#kindOf = kindOf;
    this.context = context;
    this.held = new HeldValue(holding);
  }

  get kind(): FileKind<T> {
    this.#madeKind ??= this.#kindOf(this.file);
    return this.#madeKind;
  }

  /** Lets go of the kind until it is asked for again. */
  releaseKind(): void {
    this.#madeKind = undefined;
  }

  get messages(): FileMessages {
    this.#madeMessages ??= createFileMessages({ ...this.context, file: this.file, label: this.kind.label });
    return this.#madeMessages;
  }

  get value(): T | undefined {
    return this.held.value;
  }

  /** Of the file as it is on the disk, once it is packed; `undefined` where the disk has something else, or it may not be changed. */
  get content(): KnownContent<S> | undefined {
    const isOther = this.isTakingIn || this.isBehind || this.untouched !== undefined || this.#locked;
    if (!this.#seen || isOther) return undefined;
    const { packed, summary } = this.held;
    return packed && summary !== undefined ? { seen: this.#seen, packed, summary } : undefined;
  }

  /** Takes for the file's content what is known of it, where it is still as it was `seen`. */
  adopt({ seen, packed, summary }: KnownContent<S>): void {
    this.held.setPacked(packed, summary);
    this.see(seen);
  }

  /** Of the file as Lectern last read or wrote it; `undefined` when there was none. */
  get seen(): Seen | undefined {
    return this.#seen;
  }

  /** The file was read or written, and is known as it was `seen` then. */
  see(seen: Seen): void {
    this.#seen = seen;
    this.context.folder.remember(this.file, seen.digest);
  }

  /** The file is taken for one that is not there. */
  forgetSeen(): void {
    this.#seen = undefined;
  }

  /** Why it may not be changed, beside its loss. */
  get locked(): Failure | undefined {
    return this.#locked;
  }

  /** From now on it may not be changed, and the reader is told why. */
  lock(failure: Failure): Failure {
    this.#locked = failure;
    this.messages.stands(failure.code, failure.message);
    return failure;
  }

  /** Judges the bytes of a file of this kind. */
  validate(bytes: Uint8Array): Validated<T> {
    return validateBytes(bytes, this.kind.validate);
  }

  /** Reads and judges a file of this kind at any place, once it is whole. Throws the system's error. */
  readAt(place: string): ReturnType<typeof readWhenWritten<T>> {
    return readWhenWritten(place, (bytes) => this.validate(bytes), this.context.patience);
  }
}
