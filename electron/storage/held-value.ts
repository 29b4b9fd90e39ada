import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { keepInSlab } from './slabs';

const QUICKLY = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** A value as it is kept while nobody uses it: its JSON, packed. */
const pack = (value: object): Uint8Array => zstdCompressSync(JSON.stringify(value), QUICKLY);

const unpack = <T>(packed: Uint8Array): T => JSON.parse(zstdDecompressSync(packed).toString()) as T;

/**
 * A value of JSON that takes little memory while nobody uses it: packed, it is a fifth, and outside of the heap that V8 searches for garbage.
 * Who asks for it has the same object as others for as long as any of them keeps it.
 */
export class HeldValue<T extends object, S> {
  readonly #summarise: (value: T) => S;
  #value: T | undefined;
  #packed: Uint8Array | undefined;
  #unpacked: WeakRef<T> | undefined;
  #summary: { of: S } | undefined;

  /** `summarise`: what of a value is at hand without unpacking it. */
  constructor(summarise: (value: T) => S) {
    this.#summarise = summarise;
  }

  get value(): T | undefined {
    if (this.#value || !this.#packed) return this.#value;
    const known = this.#unpacked?.deref();
    if (known) return known;
    const value = unpack<T>(this.#packed);
    this.#unpacked = new WeakRef(value);
    return value;
  }

  get summary(): S | undefined {
    if (!this.#summary && this.#value) this.#summary = { of: this.#summarise(this.#value) };
    return this.#summary?.of;
  }

  /** Puts another value in its place, which stays as it is until it is told to be packed. */
  set(value: T | undefined): void {
    this.#value = value;
    this.#packed = undefined;
    this.#unpacked = undefined;
    this.#summary = undefined;
  }

  /** Puts a value in its place that is packed already. */
  setPacked(packed: Uint8Array, summary: S): void {
    this.set(undefined);
    this.#packed = packed;
    this.#summary = { of: summary };
  }

  /** Packs the value from now on. */
  settle(): void {
    const value = this.#value;
    if (!value) return;
    this.setPacked(keepInSlab(pack(value)), this.#summarise(value));
    this.#unpacked = new WeakRef(value);
  }

  /** The value packed; `undefined` when there is none. */
  packed(): Uint8Array | undefined {
    return this.#packed ?? (this.#value && pack(this.#value));
  }
}
