/** Bytes of a slab. */
const SLAB = 1_048_576;

let slab = new Uint8Array(0);
let used = 0;

/**
 * A copy of some bytes that are kept for long, side by side with others. Thousands of small pieces of memory of their own would lie
 * scattered among what was allocated for a moment, and keep that from being given back to the system.
 */
export function keepInSlab(bytes: Uint8Array): Uint8Array {
  if (bytes.length > SLAB / 16) return new Uint8Array(bytes);
  if (used + bytes.length > slab.length) {
    slab = new Uint8Array(SLAB);
    used = 0;
  }
  const kept = slab.subarray(used, used + bytes.length);
  kept.set(bytes);
  used += bytes.length;
  return kept;
}
