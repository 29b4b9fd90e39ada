/** Kinds of UTF-16 code units. */
const SPACE = 0;
const WORD = 1;
const OTHER = 2;
/** Of a script that is written without spaces. */
const UNSPACED = 3;

let table: Uint8Array | undefined;

/** UTF-16 code units given to the segmenter, which is slow; what is longer is counted in proportion. */
const SEGMENTED = 100_000;

/** Counts the words of a text that is given piece by piece. */
export interface WordCounter {
  add(piece: string): void;
  total(): number;
}

/**
 * A word is a run without white space that holds a letter or a digit; in Chinese, Japanese, Thai and their like, what
 * `Intl.Segmenter` calls one.
 */
export function createWordCounter(): WordCounter {
  table ??= classify();
  const kinds = table;
  let words = 0;
  let within = false;
  let unspacedLength = 0;
  const unspaced: string[] = [];
  return {
    add(piece) {
      for (let index = 0; index < piece.length; index++) {
        const kind = kinds[piece.charCodeAt(index)];
        if (kind === WORD) {
          if (!within) words++;
          within = true;
        } else if (kind === SPACE) within = false;
        else if (kind === UNSPACED) {
          const start = index;
          while (kinds[piece.charCodeAt(index)] === UNSPACED) index += isHighSurrogate(piece.charCodeAt(index)) ? 2 : 1;
          if (unspacedLength < SEGMENTED) unspaced.push(piece.slice(start, index));
          unspacedLength += index - start;
          within = false;
          index--;
        }
      }
    },
    total() {
      if (unspaced.length === 0) return words;
      const sample = unspaced.join('\n').slice(0, SEGMENTED);
      const length = sample.length - (sample.split('\n').length - 1);
      return words + Math.round((countSegments(sample) * unspacedLength) / length);
    },
  };
}

function countSegments(text: string): number {
  let count = 0;
  for (const { isWordLike } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)) if (isWordLike) count++;
  return count;
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code < 0xdc00;

/** The kind of every code unit. A high surrogate of the planes of rare ideographs counts as one. */
function classify(): Uint8Array {
  const kinds = new Uint8Array(0x10000).fill(OTHER);
  const unspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
  for (let code = 0; code < kinds.length; code++) {
    const character = String.fromCharCode(code);
    if (/\s/.test(character)) kinds[code] = SPACE;
    else if (code > 0x0dff && unspaced.test(character) && /[\p{L}\p{M}]/u.test(character)) kinds[code] = UNSPACED;
    else if (/[\p{L}\p{N}]/u.test(character)) kinds[code] = WORD;
    else if (isHighSurrogate(code) && code >= 0xd840 && code <= 0xd888) kinds[code] = UNSPACED;
  }
  return kinds;
}
