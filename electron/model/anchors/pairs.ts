import type { Words } from './words';

/** Where each pair of neighbouring words stands in a text. */
export interface PairIndex {
  words: Words;
  /** A hash of the pair that begins at each word; one less than there are words. */
  keys: Int32Array;
  /** The places of a pair, ascending: `places` from `from(key)` on, `count(key)` of them. */
  places: Uint32Array;
  slotOf(key: number): number;
  /** By slot: where its places begin; the next slot's are where they end. */
  begins: Uint32Array;
}

/** A pair that does not stand in the text. */
export const NO_SLOT = -1;

/** Hashes of the pairs of neighbouring words. */
export function pairKeys({ ids, count }: Words): Int32Array {
  const keys = new Int32Array(Math.max(0, count - 1));
  for (let index = 0; index < keys.length; index++) keys[index] = Math.imul(ids[index] ?? 0, 0x9e3779b1) ^ (ids[index + 1] ?? 0);
  return keys;
}

/** Indexes the pairs of a text once, for any number of quotes; 20 to 30 bytes a word. */
export function indexPairs(words: Words): PairIndex {
  const keys = pairKeys(words);
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, keys.length * 2)));
  const mask = size - 1;
  /** Open addressing: the slot's number, from 1. */
  const table = new Uint32Array(size);
  const slotKeys = new Int32Array(keys.length);
  const slots = new Uint32Array(keys.length);
  let count = 0;
  const cellOf = (key: number): number => {
    let cell = (Math.imul(key, 0x85ebca6b) >>> 7) & mask;
    for (let slot = table[cell] ?? 0; slot !== 0 && slotKeys[slot - 1] !== key; slot = table[cell] ?? 0) cell = (cell + 1) & mask;
    return cell;
  };
  for (const [index, key] of keys.entries()) {
    const cell = cellOf(key);
    if (table[cell] === 0) {
      slotKeys[count] = key;
      count += 1;
      table[cell] = count;
    }
    slots[index] = (table[cell] ?? 0) - 1;
  }
  const begins = new Uint32Array(count + 1);
  for (const slot of slots) begins[slot + 1] = (begins[slot + 1] ?? 0) + 1;
  for (let slot = 0; slot < count; slot++) begins[slot + 1] = (begins[slot + 1] ?? 0) + (begins[slot] ?? 0);
  const places = new Uint32Array(keys.length);
  const next = begins.slice();
  for (const [index, slot] of slots.entries()) {
    places[next[slot] ?? 0] = index;
    next[slot] = (next[slot] ?? 0) + 1;
  }
  return { words, keys, places, begins, slotOf: (key) => (table[cellOf(key)] ?? 0) - 1 };
}
