import type { Pause } from '../pacing';
import { isOnePiece, type Packed, pack, unpack, unpackInSlices } from './packed';

/** What is to be done with values that are packed. */
export interface Holding<T, S> {
  /** What of a value is at hand without unpacking it. */
  summarise(value: T): S;
  /** Told of a value as it is packed, and of the object that it is when it is unpacked again. */
  onPacked?(value: T): void;
  onUnpacked?(value: T): void;
}

/**
 * A value of JSON that takes little memory while nobody uses it: packed, it is a fifth, and outside of the heap that V8 searches for garbage.
 * Who asks for it has the same object as others for as long as any of them keeps it.
 */
export class HeldValue<T extends object, S> {
  readonly #holding: Holding<T, S> | undefined;
  #value: T | undefined;
  #packed: Packed | undefined;
  #unpacked: WeakRef<T> | undefined;
  #summary: { of: S } | undefined;

  /** Without `holding` it is never packed. */
  constructor(holding?: Holding<T, S>) {
    this.#holding = holding;
  }

  get value(): T | undefined {
    const known = this.#known;
    return known || !this.#packed ? known : this.#remember(unpack(this.#packed) as T);
  }

  /** The value as it is in the end, without keeping the thread to itself where it is large. */
  read(pause: Pause): T | undefined | Promise<T | undefined> {
    const packed = this.#packed;
    if (this.#known || !packed || isOnePiece(packed)) return this.value;
    return unpackInSlices(packed, pause).then((value) => {
      // It was changed meanwhile, or unpacked by another.
      if (this.#packed !== packed || this.#known) return this.read(pause);
      return this.#remember(value as T);
    });
  }

  get summary(): S | undefined {
    if (!this.#summary && this.#value && this.#holding) this.#summary = { of: this.#holding.summarise(this.#value) };
    return this.#summary?.of;
  }

  /** The value packed; `undefined` where it is not. */
  get packed(): Packed | undefined {
    return this.#packed;
  }

  /** Puts another value in its place, which stays as it is until it is told to be packed. */
  set(value: T | undefined): void {
    this.#value = value;
    this.#packed = undefined;
    this.#unpacked = undefined;
    this.#summary = undefined;
  }

  /** Puts a value in its place that is packed already. */
  setPacked(packed: Packed, summary: S): void {
    this.set(undefined);
    this.#packed = packed;
    this.#summary = { of: summary };
  }

  /** Packs the value until another takes its place, also while it is being packed. */
  async pack(pause: Pause): Promise<void> {
    const [value, holding] = [this.#value, this.#holding];
    if (!value || !holding) return;
    const packed = await pack(value, pause);
    // It was changed meanwhile.
    if (this.#value !== value) return;
    holding.onPacked?.(value);
    // The same summary as before: by that is seen whether a value is another.
    this.setPacked(packed, this.#summary?.of ?? holding.summarise(value));
    this.#unpacked = new WeakRef(value);
  }

  get #known(): T | undefined {
    return this.#value ?? this.#unpacked?.deref();
  }

  #remember(value: T): T {
    this.#unpacked = new WeakRef(value);
    this.#holding?.onUnpacked?.(value);
    return value;
  }
}
