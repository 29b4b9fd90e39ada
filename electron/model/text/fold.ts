import { unspacedBreak } from './line-breaks';
import { firstIndex } from './search-sorted';

/**
 * A text as search, find and filters compare it, and the way back. `text`: lower case, without accents and other marks that readers leave
 * out when they type, compatibility forms replaced (full width, ligatures), typographic quotes and dashes straightened,
 * every white space character a space, invisible characters gone, and so line breaks within words of scripts without spaces. Marks that spell (Thai, Devanagari, kana) stay.
 */
export interface Folded {
  text: string;
  /**
   * The stretches that changed as one piece of other than one code unit, ascending, four numbers each: start and end in `text`, start and end in
   * the original (UTF-16 code units). Between them the two run in step.
   */
  shifts: Uint32Array;
}

/** First and last code points of what is left out: accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowel signs and tatweel. */
const OPTIONAL_MARKS = [
  [0x300, 0x36f],
  [0x591, 0x5bd],
  [0x5bf, 0x5bf],
  [0x5c1, 0x5c2],
  [0x5c4, 0x5c5],
  [0x5c7, 0x5c7],
  [0x610, 0x61a],
  [0x640, 0x640],
  [0x64b, 0x65f],
  [0x670, 0x670],
  [0x6d6, 0x6dc],
  [0x6df, 0x6e8],
  [0x6ea, 0x6ed],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20ff],
  [0xfe20, 0xfe2f],
] as const;

/** Likewise: soft hyphen, zero-width and bidi characters, variation selectors. */
const INVISIBLE = [
  [0xad, 0xad],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2064],
  [0x2066, 0x2069],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
] as const;

/** What decomposition leaves as it is, and readers type otherwise. */
const replacements: Record<string, string> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '«': '"',
  '»': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  þ: 'th',
  ς: 'σ',
};

const folds = new Map<string, string>();
const FOLDS_KEPT = 20_000;

/** How a UTF-16 code unit is folded: by `foldPlain`, to one other code unit, or with what stands beside it. */
const PLAIN = 1;
const REPLACED = 2;
const OTHER = 3;

/** By code unit, 0 until it is first met. A pattern that says the same takes ten times as long for each code unit. */
const kinds = new Uint8Array(0x10000);

/** What is looked at with its neighbours: marks, halves of surrogate pairs, letters that Hangul syllables are made of. */
const ADDED = /^[\p{M}\p{Cs}\u1100-\u11FF]/u;

function kindOf(unit: number): number {
  const character = String.fromCharCode(unit);
  const folded = foldCluster(character);
  // A sigma becomes another letter at the end of a word.
  const isPlain = foldPlain(`a${character}`) === `a${folded}`;
  const kind = ADDED.test(character) || folded.length !== 1 ? OTHER : isPlain ? PLAIN : REPLACED;
  kinds[unit] = kind;
  return kind;
}

/** A character with the marks that follow it, or a run of Hangul letters. */
const CLUSTER = /[\u1100-\u11FF]+|.\p{M}*/suy;
const MARK = /\p{M}/uy;

/** Folds `text`; a plain one costs little more than `toLowerCase`. */
export function fold(text: string): Folded {
  const parts: string[] = [];
  const shifts: number[] = [];
  let done = 0;
  let length = 0;
  const end = text.length;
  let wrap = nextWrap(text, 0);
  const skip = (from: number) => Math.min(skipAscii(text, from), wrap.start);
  for (let at = skip(0); at < end; ) {
    if (at === wrap.start) {
      parts.push(text.slice(done, at));
      length += at - done;
      shifts.push(length, length, at, wrap.end);
      done = wrap.end;
      wrap = nextWrap(text, done);
      at = skip(done);
      continue;
    }
    const unit = text.charCodeAt(at);
    const kind = kinds[unit] || kindOf(unit);
    if (kind === PLAIN) {
      at += 1;
      continue;
    }
    // A mark belongs to the plain character before it.
    const start = kind === OTHER && at > done && find(MARK, text, at) > 0 ? at - 1 : at;
    const next = text.charCodeAt(at + 1);
    const isAlone = kind === REPLACED && (at + 1 === end || (kinds[next] || kindOf(next)) !== OTHER);
    const cluster = isAlone ? text.charAt(at) : text.slice(start, find(CLUSTER, text, start));
    const folded = foldCluster(cluster);
    if (start > done) parts.push(text.slice(done, start));
    length += start - done;
    parts.push(folded);
    done = start + cluster.length;
    at = skip(done);
    // What changed in several code units is one piece, even where their number stayed.
    if (folded !== cluster && (folded.length !== 1 || cluster.length !== 1)) shifts.push(length, length + folded.length, start, done);
    length += folded.length;
  }
  parts.push(text.slice(done));
  // What was folded stays as it is.
  return { text: foldPlain(parts.join('')), shifts: Uint32Array.from(shifts) };
}

const foldPlain = (text: string): string => text.toLowerCase().replace(/[\t\n\v\f\r]/g, ' ');

const BEYOND_ASCII = /[^\0-\x7F]/g;

/** The index of the first code unit from `from` on that is not ASCII: of most texts that is most, and a pattern goes over it fastest. */
const skipAscii = (text: string, from: number): number => (find(BEYOND_ASCII, text, from) || text.length + 1) - 1;

/** Where what the pattern finds at `from` or after it ends; 0 where it finds nothing. */
function find(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : 0;
}

const WRAP = new RegExp(unspacedBreak().source, 'uy');

/** The next line break that stands for no space, with the indentation after it; beyond the end where there is none. */
function nextWrap(text: string, from: number): { start: number; end: number } {
  for (let at = text.indexOf('\n', from); at >= 0; at = text.indexOf('\n', at + 1)) {
    const start = text.charCodeAt(at - 1) === CARRIAGE_RETURN ? at - 1 : at;
    // Of most lines the last character is ASCII, and no pattern is needed to tell.
    const end = start > 0 && text.charCodeAt(start - 1) >= 0x80 ? find(WRAP, text, start) : 0;
    if (end > 0) return { start, end };
  }
  return { start: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY };
}

const CARRIAGE_RETURN = 13;

/** `fold` where the way back is not needed. */
export const foldText = (text: string): string => fold(text).text;

/** Whether folding a text costs next to nothing. */
export const isAscii = (text: string): boolean => skipAscii(text, 0) === text.length;

function foldCluster(cluster: string): string {
  const known = folds.get(cluster);
  if (known !== undefined) return known;
  // Single letters of Hangul would compose with their neighbours.
  if (/^[\u3131-\u318E\uFFA0-\uFFDC]/.test(cluster)) return cluster;
  const kept = [...cluster.normalize('NFKD').toLowerCase().normalize('NFKD')].filter((character) => !isLeftOut(character)).join('');
  const folded = [...kept.normalize('NFC')]
    .map((character) => replacements[character] ?? character)
    .join('')
    .replace(/\s/g, ' ');
  if (folds.size < FOLDS_KEPT) folds.set(cluster, folded);
  return folded;
}

function isLeftOut(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return [...OPTIONAL_MARKS, ...INVISIBLE].some(([first, last]) => first <= code && code <= last);
}

/** The stretch of the original that `start` to `end` of the folded text came from; a character that folded to several is taken whole. */
export function unfoldRange({ shifts }: Folded, start: number, end: number): { start: number; end: number } {
  return { start: unfold(shifts, start, 'start'), end: end > start ? unfold(shifts, end, 'end') : unfold(shifts, start, 'start') };
}

function unfold(shifts: Uint32Array, offset: number, side: 'start' | 'end'): number {
  const at = lastShiftBefore(shifts, offset, side);
  if (at < 0) return offset;
  const [foldedEnd = 0, originalStart = 0, originalEnd = 0] = shifts.subarray(at + 1, at + 4);
  if (offset >= foldedEnd) return originalEnd + (offset - foldedEnd);
  return side === 'start' ? originalStart : originalEnd;
}

/** The index of the last stretch that begins before `offset` (for a start: at or before it), -1 when there is none. */
function lastShiftBefore(shifts: Uint32Array, offset: number, side: 'start' | 'end'): number {
  const following = firstIndex(shifts.length / 4, (index) => {
    const start = shifts[index * 4] ?? 0;
    return side === 'start' ? start > offset : start >= offset;
  });
  return (following - 1) * 4;
}
