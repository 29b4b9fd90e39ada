import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Folded, firstIndex } from '#model';

/**
 * A text with its folded form, as the index keeps it: what is looked for is found in the one and shown from the other, and folding a text anew
 * takes longer than reading it. The folded text stands whole; of the original one only what differs from it.
 */
export interface PackedText {
  /** Of the folded text. */
  encoding: 'latin1' | 'utf8' | 'utf16le';
  /** Bytes before they were compressed; `bytes` has so many where they were not. */
  size: number;
  bytes: Uint8Array;
}

/** A stretch of a text can be had without the whole of it: a string, or what behaves like one. */
export interface Sliceable {
  length: number;
  /** From `start` to `end`, in UTF-16 code units, neither of them negative. */
  slice(start: number, end: number): string;
}

export interface UnpackedText {
  original: Sliceable;
  folded: Folded;
}

/** Where, between the shifts, the original has another code unit than the folded text. */
interface Changes {
  /** How many code units of the folded text each lies behind the one before. */
  gaps: Uint16Array;
  /** What stands there in the original. */
  units: Uint16Array;
}

interface Difference extends Changes {
  /** What stands in the original where the two do not run in step, all of it as one. */
  shifted: string;
}

/** Little speed is given for few bytes. */
const LEVEL = 2;

/** Bytes up to which a text is not compressed: to begin with that takes longer than to read it. */
const SHORT = 16 * 1024;

/** Numbers before all others: of those of the shifts, of code units that are shifted, of changes, of bytes of the folded text. */
const COUNTS = 4;

/** Of each shift. */
const NUMBERS = 4;

/** So far a change can lie behind the one before; where there is none, one that changes nothing stands. */
const FURTHEST = 0xffff;

/** `folded` must be that of `original`. */
export function packText(original: string, folded: Folded): PackedText {
  const { shifted, gaps, units } = compare(original, folded);
  const encoding = encodingOf(folded.text);
  const text = Buffer.from(folded.text, encoding);
  const counts = Uint32Array.of(folded.shifts.length, shifted.length, gaps.length, text.length);
  const parts = [counts, stepsOf(folded.shifts), Buffer.from(shifted, 'utf16le'), gaps, units, text];
  const whole = Buffer.concat(parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)));
  const { length: size } = whole;
  const compressed = size > SHORT ? deflateRawSync(whole, { level: LEVEL }) : whole;
  return { encoding, size, bytes: compressed.length < size ? compressed : whole };
}

/** Throws what zlib throws where the bytes are not what `packText` gave. */
export function unpackText({ encoding, size, bytes }: PackedText): UnpackedText {
  // In one piece, which need not be put together.
  const whole =
    bytes.length < size
      ? inflateRawSync(bytes, { chunkSize: size, maxOutputLength: size })
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  /** The next bytes, in memory of their own: the whole is let go. */
  const take = (length: number): ArrayBuffer => {
    const from = whole.byteOffset + at;
    at += length;
    return whole.buffer.slice(from, from + length) as ArrayBuffer;
  };
  const [shiftNumbers = 0, shiftedUnits = 0, changes = 0, textBytes = 0] = new Uint32Array(take(COUNTS * 4));
  const shifts = sumUp(new Uint32Array(take(shiftNumbers * 4)), NUMBERS);
  const shifted = Buffer.from(take(shiftedUnits * 2)).toString('utf16le');
  const gaps = new Uint16Array(take(changes * 2));
  const units = new Uint16Array(take(changes * 2));
  const text = whole.toString(encoding, at, at + textBytes);
  const folded = { text, shifts };
  return { original: createOriginal(folded, { shifted, gaps, units }), folded };
}

function encodingOf(text: string): PackedText['encoding'] {
  if (!BEYOND_LATIN1.test(text)) return 'latin1';
  // A Chinese text takes less, and is read faster, as it is in memory.
  return text.isWellFormed() && Buffer.byteLength(text) < text.length * 2 ? 'utf8' : 'utf16le';
}

const BEYOND_LATIN1 = /[^\0-\xff]/;

function compare(original: string, { text, shifts }: Folded): Difference {
  const gaps: number[] = [];
  const units: number[] = [];
  let shifted = '';
  /** Behind the last change. */
  let last = 0;
  let at = 0;
  let ahead = 0;
  const compareUntil = (end: number): void => {
    for (; at < end; at += 1) {
      const unit = original.charCodeAt(at + ahead);
      if (unit === text.charCodeAt(at) && at - last < FURTHEST) continue;
      gaps.push(at - last);
      units.push(unit);
      last = at;
    }
  };
  for (let index = 0; index < shifts.length; index += NUMBERS) {
    const [start = 0, end = 0, originalStart = 0, originalEnd = 0] = shifts.subarray(index);
    compareUntil(start);
    shifted += original.slice(originalStart, originalEnd);
    at = end;
    ahead = originalEnd - end;
  }
  compareUntil(text.length);
  return { shifted, gaps: Uint16Array.from(gaps), units: Uint16Array.from(units) };
}

/** The original of a folded text; where it was changed, and which shift has which of what is shifted, is counted when it is first asked for. */
function createOriginal({ text, shifts }: Folded, { shifted, gaps, units }: Difference): Sliceable {
  const count = shifts.length / NUMBERS;
  const [, lastEnd = 0, , lastOriginalEnd = 0] = shifts.subarray(-NUMBERS);
  const length = lastOriginalEnd + text.length - lastEnd;
  let counted: { places: Uint32Array; starts: Uint32Array } | undefined;

  /** What stands in the original in place of a stretch of the folded text within which the two run in step. */
  function changed(places: Uint32Array, start: number, end: number): string {
    let told = '';
    let done = start;
    const at = (index: number): number => places[index] ?? text.length;
    for (let index = firstIndex(places.length, (each) => at(each) >= start); at(index) < end; index += 1) {
      told += text.slice(done, at(index)) + String.fromCharCode(units[index] ?? 0);
      done = at(index) + 1;
    }
    return told + text.slice(done, end);
  }

  return {
    length,
    slice(start, end) {
      counted ??= { places: sumUp(Uint32Array.from(gaps), 1), starts: startsOf(shifts) };
      const to = Math.min(end, length);
      let told = '';
      let index = firstIndex(count, (each) => (shifts[each * NUMBERS + 3] ?? 0) > start);
      for (let at = start; at < to; index += 1) {
        const { [index * NUMBERS]: foldedStart = text.length } = shifts;
        const { [index * NUMBERS + 2]: originalStart = length, [index * NUMBERS + 3]: originalEnd = length } = shifts;
        const behind = foldedStart - originalStart;
        const inStep = Math.min(to, originalStart);
        if (at < inStep) told += changed(counted.places, at + behind, inStep + behind);
        const from = Math.max(at, originalStart);
        at = Math.min(to, originalEnd);
        const begins = (counted.starts[index] ?? 0) - originalStart;
        if (from < at) told += shifted.slice(begins + from, begins + at);
      }
      return told;
    },
  };
}

/** Where each shift begins in what is shifted. */
function startsOf(shifts: Uint32Array): Uint32Array {
  let length = 0;
  return new Uint32Array(shifts.length / NUMBERS).map((_, index) => {
    const start = length;
    length += (shifts[index * NUMBERS + 3] ?? 0) - (shifts[index * NUMBERS + 2] ?? 0);
    return start;
  });
}

/** How far each number lies behind the same one of the shift before: small numbers take few bytes. */
const stepsOf = (shifts: Uint32Array): Uint32Array => shifts.map((value, index) => value - (shifts[index - NUMBERS] ?? 0));

/** Adds to each number in place what stands `distance` numbers before it. */
function sumUp(steps: Uint32Array, distance: number): Uint32Array {
  for (let index = distance; index < steps.length; index += 1) steps[index] = (steps[index] ?? 0) + (steps[index - distance] ?? 0);
  return steps;
}
