import type { Encoding } from '#model';

/**
 * Alphabets whose encodings have one byte for a letter: their letters from the commonest to the rarest, in languages that use them together, and
 * the encodings that they are written in. Where two fit alike the first one is taken.
 */
const alphabets: readonly { letters: string; encodings: readonly Encoding[] }[] = [
  {
    letters: 'оеаинтсрвлкмдпуязыьгбчйхжшюцщъэфіїєёґјљњћђџўѓќѕ',
    encodings: ['windows-1251', 'koi8-r', 'koi8-u', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic'],
  },
  { letters: 'יוהלארבתשמםנעדקחןכטפסגצזךץף', encodings: ['windows-1255'] },
  { letters: 'αοιετσνηυρπκμλωςίέάόδγχθύήφβώξζψϊϋΐΰ', encodings: ['iso-8859-7', 'windows-1253'] },
  { letters: 'اليمنورتبةعدسفهكقحجشطصخأإءضذزىثغئظؤآ', encodings: ['windows-1256', 'iso-8859-6'] },
];

/** Signs that stand among the letters of any of them. */
const SIGNS = /[\u00a0«»“”„‘’‚‹›–—…•№§°©·،؛؟\u05b0-\u05c2\u064b-\u0652\u200c-\u200f]/u;

/** Logarithms of how likely a sign is, anything else, and a capital behind a small letter. */
const SIGN = -3.5;
const STRANGE = -9;
const TURNED = -6;

/** By how many places in the order of its letters each is e times rarer: near to what Russian, Greek, Hebrew and Arabic have. */
const SLOPE = 8;

/** Text in its own encoding has a mean above this; other bytes, such as Japanese or Chinese, one far below. */
const LIKELY = -3.7;

/** High bytes that are looked at: so many tell as much as all. */
const ENOUGH = 8_192;

/**
 * The encoding in which `bytes` (lines with other bytes than ASCII) are words of an alphabet of its own, by how common its letters are and where
 * its capitals stand; `undefined` when they are words of Latin letters, or likely in none.
 */
export function guessAlphabet(bytes: Uint8Array): Encoding | undefined {
  const words = highWords(bytes);
  if (!words) return undefined;
  let best: { encoding: Encoding; likely: number } | undefined;
  for (const { letters, encodings } of alphabets) {
    for (const encoding of encodings) {
      const likely = likelihood(new TextDecoder(encoding).decode(words), letters);
      if (likely > LIKELY && likely > (best?.likely ?? Number.NEGATIVE_INFINITY)) best = { encoding, likely };
    }
  }
  return best?.encoding;
}

/** The runs of bytes beyond ASCII, a space between them; `undefined` when more of these bytes stand in words with Latin letters. */
function highWords(bytes: Uint8Array): Uint8Array | undefined {
  const words = new Uint8Array(ENOUGH);
  let length = 0;
  let apart = 0;
  let among = 0;
  for (let at = 0; at < bytes.length && length < ENOUGH - 1; ) {
    let end = at;
    let high = 0;
    while (end < bytes.length && isOfWord(bytes[end] ?? 0)) {
      if ((bytes[end] ?? 0) >= 0x80) high += 1;
      end += 1;
    }
    if (high > 0 && high === end - at) {
      const run = bytes.subarray(at, Math.min(end, at + ENOUGH - 1 - length));
      words.set(run, length);
      length += run.length + 1;
      words[length - 1] = 0x20;
      if (high > 2) apart += high;
    } else among += high;
    at = end + 1;
  }
  return apart > among ? words.subarray(0, length) : undefined;
}

const isOfWord = (byte: number): boolean => byte >= 0x80 || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);

/** The mean logarithm of the likelihood of the characters of `text`, as far as they are not spaces. */
function likelihood(text: string, letters: string): number {
  let sum = 0;
  let count = 0;
  let before = '';
  for (const character of text) {
    if (character !== ' ') {
      const small = character.toLowerCase();
      const place = letters.indexOf(small);
      sum += place >= 0 ? -place / SLOPE - Math.log(SLOPE) : SIGNS.test(character) ? SIGN : STRANGE;
      if (place >= 0 && small !== character && before !== '' && letters.includes(before)) sum += TURNED;
      count += 1;
    }
    before = character === ' ' ? '' : character;
  }
  return count > 0 ? sum / count : Number.NEGATIVE_INFINITY;
}
