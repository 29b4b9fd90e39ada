import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import chardet, { type EncodingName } from 'chardet';
import type { DocumentFormat } from '#formats/list';
import { type Encoding, encodings } from '#model';
import { guessAlphabet } from './alphabets';
import { encodingOfBom, guessUtf16 } from './sniff';

export interface Decoded {
  /** Without its byte order mark. */
  text: string;
  /** A WHATWG label. */
  encoding: string;
  /** How the encoding was found. */
  from: 'bom' | 'utf-8' | 'detected' | 'reader';
  /** The encoding was told by nothing but the look of the text. */
  guessed: boolean;
  /** How many characters could not be decoded and stand as U+FFFD. */
  replaced: number;
}

/** Bytes given to the detector, which is slow and needs few. */
const SAMPLE = 64 * 1024;

/** chardet gives this confidence (0 to 100) to what merely does not contradict an encoding. */
const NOISE = 10;

/** What chardet's names are among the encodings that a reader can choose from. */
const labels: Partial<Record<EncodingName, Encoding>> = {
  'ISO-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  'ISO-8859-2': 'iso-8859-2',
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  'KOI8-R': 'koi8-r',
  'ISO-8859-7': 'iso-8859-7',
  'windows-1253': 'windows-1253',
  'ISO-8859-9': 'windows-1254',
  'windows-1254': 'windows-1254',
  'ISO-8859-8': 'windows-1255',
  'windows-1255': 'windows-1255',
  'windows-1256': 'windows-1256',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'ISO-2022-JP': 'iso-2022-jp',
  GB18030: 'gb18030',
  Big5: 'big5',
  'EUC-KR': 'euc-kr',
  'windows-874': 'windows-874',
};

/**
 * The text of a file. In order: the encoding that the reader chose, a byte order mark, strict UTF-8, what an HTML file
 * declares, UTF-16 by its NULs, UTF-8 with a few bad bytes, detection, windows-1252 (which takes every byte).
 */
export function decodeBytes(bytes: Uint8Array, chosen?: string, format?: DocumentFormat): Decoded {
  if (chosen !== undefined && encodings.some((label) => label === chosen)) return decodeLoosely(bytes, chosen, 'reader');
  const bom = encodingOfBom(bytes);
  if (bom) return decodeLoosely(bytes, bom, 'bom');
  return decodeIso2022(bytes) ?? decodeUtf8(bytes, format) ?? decodeByDetection(bytes);
}

/** ISO-2022-JP is made of ASCII bytes, so it must be looked for before UTF-8. */
function decodeIso2022(bytes: Uint8Array): Decoded | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!buffer.includes('\x1b$B') && !buffer.includes('\x1b$@')) return undefined;
  return decodeStrictly(bytes, 'iso-2022-jp');
}

function decodeUtf8(bytes: Uint8Array, format: DocumentFormat | undefined): Decoded | undefined {
  // A text with NULs in half its bytes is valid UTF-8, and UTF-16 all the same.
  const utf16 = guessUtf16(bytes);
  if (utf16) return decodeStrictly(bytes, utf16);
  if (isUtf8(bytes)) return { text: new TextDecoder('utf-8').decode(bytes), encoding: 'utf-8', from: 'utf-8', guessed: false, replaced: 0 };
  const declared = format === 'html' ? declaredEncoding(bytes) : undefined;
  if (declared && declared !== 'utf-8') return decodeStrictly(bytes, declared);
  return declared === 'utf-8' || isNearlyUtf8(bytes) ? decodeLoosely(bytes, 'utf-8', 'utf-8') : undefined;
}

/** A vowel or tone mark that does not stand on a consonant: in Thai there is none. */
const strayThaiMark = /(?<![\u0e01-\u0e2e\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/;

/**
 * Languages with a few letters of their own, which the detector takes for Western European where they are rare: what these letters are in
 * windows-1252, and words that are common in no other language with such letters.
 */
const cousins: readonly { letters: RegExp; words: RegExp; encoding: Encoding }[] = [
  { letters: /[õûÕÛ]/, words: /(?<!\p{L})(?:és|hogy|nem|egy|volt)(?!\p{L})/giu, encoding: 'windows-1250' },
  { letters: /[ðþýÐÞÝ]/, words: /(?<!\p{L})(?:bir|ve|için|çok|olarak)(?!\p{L})/giu, encoding: 'windows-1254' },
];

/** Words that must be there for a language to be told by them. */
const FEWEST_WORDS = 3;

function decodeWestern(bytes: Uint8Array): Decoded {
  const western = decodeLoosely(bytes, 'windows-1252', 'detected');
  const cousin = cousins.find(
    ({ letters, words }) => letters.test(western.text) && (western.text.match(words)?.length ?? 0) >= FEWEST_WORDS,
  );
  return (cousin && decodeStrictly(bytes, cousin.encoding)) ?? western;
}

function decodeByDetection(bytes: Uint8Array): Decoded {
  const unusual = unusualLines(bytes);
  // The detector has no measure for these, and few letters of Russian or Hebrew among much ASCII are Western European to it.
  const alphabet = guessAlphabet(unusual);
  const spelt = alphabet && decodeStrictly(bytes, alphabet);
  if (spelt) return { ...spelt, guessed: true };
  const matches = chardet.analyse(unusual);
  // The detector takes Thai for Korean or Chinese, whose pairs of bytes it makes too.
  const thai = matches.some(({ name, confidence }) => name === 'windows-874' && confidence > NOISE) && decodeStrictly(bytes, 'windows-874');
  if (thai && !strayThaiMark.test(thai.text)) return { ...thai, guessed: true };
  for (const { name, confidence } of matches) {
    const label = labels[name];
    if (!label || confidence <= NOISE) continue;
    if (label === 'windows-1252') break;
    const decoded = decodeStrictly(bytes, label);
    // The C1 controls are in no text: another encoding has letters in their places.
    if (decoded && !/[\u0080-\u009f]/.test(decoded.text)) return { ...decoded, guessed: true };
  }
  return { ...decodeWestern(bytes), guessed: true };
}

function decodeStrictly(bytes: Uint8Array, encoding: string): Decoded | undefined {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding, from: 'detected', guessed: false, replaced: 0 };
  } catch {
    return undefined;
  }
}

function decodeLoosely(bytes: Uint8Array, encoding: string, from: Decoded['from']): Decoded {
  const decoded = decodeStrictly(bytes, encoding);
  if (decoded) return { ...decoded, from };
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, encoding, from, guessed: false, replaced: text.split('\ufffd').length - 1 };
}

/** What `<meta charset>`, `<meta http-equiv>` or an XML declaration says, as a WHATWG label that the platform decodes. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const declared = /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(start) ?? /^\s*<\?xml[^>]+encoding\s*=\s*["']([\w:.-]+)/i.exec(start);
  if (!declared?.[1]) return undefined;
  try {
    const { encoding } = new TextDecoder(declared[1]);
    // The declaration was read as ASCII, so it cannot be UTF-16 (HTML standard, "prescan a byte stream").
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
  } catch {
    return undefined;
  }
}

/** Whether a text is UTF-8 with a few bad bytes, as a broken download is: ten good sequences for each bad one. */
function isNearlyUtf8(bytes: Uint8Array): boolean {
  let good = 0;
  let bad = 0;
  for (let index = 0; index < bytes.length; ) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x80) {
      index++;
      continue;
    }
    const length = sequenceLength(byte);
    let end = index + 1;
    while (end < index + length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end++;
    if (length > 1 && end === index + length) good++;
    else bad++;
    index = end;
  }
  return good >= 10 * bad;
}

const sequenceLength = (lead: number): number => {
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 1;
};

/** The lines that hold other bytes than ASCII: all that tells encodings apart, wherever in a long file they stand. */
function unusualLines(bytes: Uint8Array): Uint8Array {
  const lines: Uint8Array[] = [];
  let taken = 0;
  for (let start = 0; start < bytes.length && taken < SAMPLE; start += SAMPLE) {
    const block = bytes.subarray(start, start + SAMPLE);
    if (isAscii(block)) continue;
    for (let from = 0, end = 0; from < block.length; from = end) {
      end = block.indexOf(0x0a, from) + 1 || block.length;
      const line = block.subarray(from, end);
      if (isAscii(line)) continue;
      lines.push(line);
      taken += line.length;
    }
  }
  return Buffer.concat(lines).subarray(0, SAMPLE);
}
