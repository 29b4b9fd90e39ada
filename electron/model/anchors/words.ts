import { fold, unfoldRange } from '../text/fold';
import { firstIndex } from '../text/search-sorted';
import type { Stretch } from './align-stretch';
import type { TextRange } from './carry-over';

/**
 * A text as a row of words. A word is a run of letters, digits and their marks; where words are not spaced it is one character, and so is
 * a pictograph. Case, accents, soft hyphens and compatibility forms do not matter, nor do signs and white space between words.
 */
export interface Words {
  text: string;
  count: number;
  /** What each word is, as a hash of 32 bits: equal words have equal numbers, and others hardly ever. */
  ids: Int32Array;
  /** Where each one stands, in UTF-16 code units of the text. */
  starts: Uint32Array;
  ends: Uint32Array;
}

/** Kinds of UTF-16 code units in a folded text. */
const APART = 0;
const LETTER = 1;
/** A word of its own. */
const ALONE = 2;
const HIGH_SURROGATE = 3;

let kinds: Uint8Array | undefined;

/** The words of `text`, in time in proportion to it. */
export function readWords(text: string): Words {
  const folded = fold(text);
  const ids: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  walkWords(folded.text, (start, end) => {
    const range = unfoldRange(folded, start, end);
    ids.push(hashOf(folded.text, start, end));
    starts.push(range.start);
    ends.push(range.end);
  });
  return { text, count: ids.length, ids: Int32Array.from(ids), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

/** What the words of `text` are, one after the other: `Words.ids` without their places. */
export function wordIds(text: string): number[] {
  const { text: units } = fold(text);
  const ids: number[] = [];
  walkWords(units, (start, end) => void ids.push(hashOf(units, start, end)));
  return ids;
}

/** Tells where each word of a folded text begins and ends. */
function walkWords(units: string, see: (start: number, end: number) => void): void {
  kinds ??= classify();
  for (let at = 0; at < units.length; ) {
    const kind = kindAt(units, at, kinds);
    let end = at + lengthAt(units, at, kinds);
    if (kind === LETTER) while (end < units.length && kindAt(units, end, kinds) === LETTER) end += lengthAt(units, end, kinds);
    if (kind !== APART) see(at, end);
    at = end;
  }
}

function kindAt(units: string, at: number, table: Uint8Array): number {
  const kind = table[units.charCodeAt(at)] ?? APART;
  return kind === HIGH_SURROGATE ? kindOf(String.fromCodePoint(units.codePointAt(at) ?? 0)) : kind;
}

const lengthAt = (units: string, at: number, table: Uint8Array): number =>
  table[units.charCodeAt(at)] === HIGH_SURROGATE && (units.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;

const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

function kindOf(character: string): number {
  if (/\p{Extended_Pictographic}|\p{Emoji_Presentation}/u.test(character)) return ALONE;
  if (!/[\p{L}\p{N}\p{M}]/u.test(character)) return APART;
  return UNSPACED.test(character) && !/\p{N}/u.test(character) ? ALONE : LETTER;
}

function classify(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (let code = 0; code < table.length; code++)
    table[code] = code >= 0xd800 && code < 0xdc00 ? HIGH_SURROGATE : kindOf(String.fromCharCode(code));
  return table;
}

/** FNV-1a over code units. */
function hashOf(units: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ units.charCodeAt(at), 0x01000193);
  return hash;
}

/** The words of a range of the text; empty where it holds none. A word of which a part is in it counts. */
export function wordsIn({ starts, ends, count }: Words, { start, end }: TextRange): Stretch {
  const from = firstIndex(count, (index) => (ends[index] ?? 0) > start);
  return {
    from,
    to: Math.max(
      from,
      firstIndex(count, (index) => (starts[index] ?? 0) >= end),
    ),
  };
}
