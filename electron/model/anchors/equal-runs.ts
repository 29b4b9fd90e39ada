import { firstIndex } from '../text/search-sorted';

/** A text's code units without white space, each with its place in the text. */
export interface SolidText {
  units: Uint16Array;
  places: Uint32Array;
}

/** Units that two texts have in common, one after the other: `length` of them, from `old` on in one and from `now` on in the other. */
export interface Run {
  old: number;
  now: number;
  length: number;
}

/** What lies between two runs, in both texts; the ends are not included. */
interface Gap {
  old: number;
  oldEnd: number;
  now: number;
  nowEnd: number;
}

/** Units of the pieces by which runs are found: long ones first, which are seldom there twice, then short ones in what lies between. */
const PIECES = [32, 8] as const;

/**
 * The runs that two texts have in common, in the order of both. Found as rsync finds them (Tridgell 1999): pieces of the old text, at
 * whole multiples of their length, are looked for at every place of the new one; what is there once in each is believed, as in patience
 * diff, and goes on as far as the two are equal.
 */
export function findRuns(old: SolidText, now: SolidText): Run[] {
  const whole = { old: 0, oldEnd: old.units.length, now: 0, nowEnd: now.units.length };
  let runs = equalEnds(old, now);
  for (const piece of PIECES) {
    const found = gapsBetween(runs, whole).flatMap((gap) => extend(inOrder(findPieces(gap, piece, old.units, now.units)), gap, old, now));
    runs = [...runs, ...found].sort((a, b) => a.old - b.old);
  }
  return runs;
}

/** The beginning and the end that the two texts share; most readings of one file differ in nothing else. */
function equalEnds(old: SolidText, now: SolidText): Run[] {
  const oldEnd = old.units.length;
  const nowEnd = now.units.length;
  const whole = { old: 0, oldEnd, now: 0, nowEnd };
  const start = lengthAfter({ old: 0, now: 0, length: 0 }, whole, old, now);
  const rest = { ...whole, old: start, now: start };
  const end = lengthBefore({ old: oldEnd, now: nowEnd, length: 0 }, rest, old, now);
  return [
    { old: 0, now: 0, length: start },
    { old: oldEnd - end, now: nowEnd - end, length: end },
  ].filter(({ length }) => length > 0);
}

function gapsBetween(runs: readonly Run[], { oldEnd, nowEnd }: Gap): Gap[] {
  const ends = [...runs, { old: oldEnd, now: nowEnd, length: 0 }];
  return ends
    .map((next, index): Gap => {
      const before = runs[index - 1] ?? { old: 0, now: 0, length: 0 };
      return { old: before.old + before.length, oldEnd: next.old, now: before.now + before.length, nowEnd: next.now };
    })
    .filter((gap) => gap.old < gap.oldEnd && gap.now < gap.nowEnd);
}

/** The pieces of a gap that stand once in it in each text, in the old one's order. */
function findPieces(gap: Gap, piece: number, old: Uint16Array, now: Uint16Array): Run[] {
  const byHash = new Map<number, { old: number; now: number; isUnique: boolean }>();
  for (let at = gap.old; at + piece <= gap.oldEnd; at += piece) {
    const hash = hashOf(old, at, piece);
    const known = byHash.get(hash);
    if (known) known.isUnique = false;
    else byHash.set(hash, { old: at, now: -1, isUnique: true });
  }
  if (byHash.size === 0 || gap.now + piece > gap.nowEnd) return [];
  const leading = power(piece - 1);
  let hash = hashOf(now, gap.now, piece);
  for (let at = gap.now; ; at += 1) {
    const known = byHash.get(hash);
    if (known?.isUnique && isEqual(old, known.old, now, at, piece)) {
      if (known.now >= 0) known.isUnique = false;
      known.now = at;
    }
    if (at + piece >= gap.nowEnd) break;
    hash = (Math.imul(hash - Math.imul(now[at] ?? 0, leading), BASE) + (now[at + piece] ?? 0)) | 0;
  }
  return [...byHash.values()].flatMap((each) => (each.isUnique && each.now >= 0 ? [{ old: each.old, now: each.now, length: piece }] : []));
}

/** Of a rolling hash, modulo 2^32 (Karp and Rabin 1987). */
const BASE = 0x01000193;

function hashOf(units: Uint16Array, start: number, length: number): number {
  let hash = 0;
  for (let index = start; index < start + length; index += 1) hash = (Math.imul(hash, BASE) + (units[index] ?? 0)) | 0;
  return hash;
}

function power(exponent: number): number {
  let value = 1;
  for (let times = 0; times < exponent; times += 1) value = Math.imul(value, BASE);
  return value;
}

function isEqual(old: Uint16Array, oldStart: number, now: Uint16Array, nowStart: number, length: number): boolean {
  for (let index = 0; index < length; index += 1) if (old[oldStart + index] !== now[nowStart + index]) return false;
  return true;
}

/** The most of `runs` (in the old text's order) that are in the new text's order too: the longest increasing subsequence. */
function inOrder(runs: readonly Run[]): Run[] {
  /** By length, from 1: the index of the run that ends the sequence of that length which ends first. */
  const tails: number[] = [];
  const before: number[] = [];
  for (const [index, run] of runs.entries()) {
    const length = firstIndex(tails.length, (each) => (runs[tails[each] ?? 0]?.now ?? 0) >= run.now);
    before[index] = tails[length - 1] ?? -1;
    tails[length] = index;
  }
  const kept: Run[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const run = runs[index];
    if (run) kept.push(run);
  }
  return kept.reverse();
}

/** The runs made as long as the two texts are equal, none over another. */
function extend(pieces: readonly Run[], gap: Gap, old: SolidText, now: SolidText): Run[] {
  const runs: Run[] = [];
  let rest = gap;
  for (const piece of pieces) {
    // The run before went on over it.
    if (piece.old < rest.old || piece.now < rest.now) continue;
    const before = lengthBefore(piece, rest, old, now);
    const length = before + piece.length + lengthAfter(piece, rest, old, now);
    const run = { old: piece.old - before, now: piece.now - before, length };
    runs.push(run);
    rest = { ...gap, old: run.old + length, now: run.now + length };
  }
  return runs;
}

/** How many units that follow `run` within `gap` are equal, up to the end of a word. */
function lengthAfter(run: Run, gap: Gap, old: SolidText, now: SolidText): number {
  const oldStart = run.old + run.length;
  const nowStart = run.now + run.length;
  const most = Math.min(gap.oldEnd - oldStart, gap.nowEnd - nowStart);
  let length = 0;
  while (length < most && old.units[oldStart + length] === now.units[nowStart + length]) length += 1;
  if (length === most) return length;
  for (let cut = length; cut >= Math.max(0, length - LONGEST_WORD); cut -= 1)
    if (beginsWord(old, oldStart + cut) || beginsWord(now, nowStart + cut)) return cut;
  return length;
}

/** How many units before `run` within `gap` are equal, down to the beginning of a word. */
function lengthBefore(run: Run, gap: Gap, old: SolidText, now: SolidText): number {
  const most = Math.min(run.old - gap.old, run.now - gap.now);
  let length = 0;
  while (length < most && old.units[run.old - length - 1] === now.units[run.now - length - 1]) length += 1;
  if (length === most) return length;
  for (let cut = length; cut >= Math.max(0, length - LONGEST_WORD); cut -= 1)
    if (beginsWord(old, run.old - cut) || beginsWord(now, run.now - cut)) return cut;
  return length;
}

/**
 * Units by which a run may be cut back to a whole word: that two words begin alike does not make them the same. Scripts without spaces
 * have no such place near.
 */
const LONGEST_WORD = 32;

const beginsWord = ({ places }: SolidText, index: number): boolean => index === 0 || (places[index] ?? 0) > (places[index - 1] ?? 0) + 1;
