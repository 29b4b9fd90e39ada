import { isUtf8 } from 'node:buffer';

/** Bytes looked at to tell text from other data. */
const SAMPLE = 64 * 1024;

/** More than this part of control characters, and it is no text. Eight random bytes of a hundred are controls. */
const CONTROL_SHARE = 0.02;

/** So few controls are a slip in a text, however short. */
const CONTROLS_FORGIVEN = 3;

const boms: readonly { encoding: string; bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

const magics: readonly { kind: string; bytes: string }[] = [
  { kind: 'a PNG image', bytes: '\x89PNG\r\n\x1a\n' },
  { kind: 'a JPEG image', bytes: '\xff\xd8\xff' },
  { kind: 'a GIF image', bytes: 'GIF87a' },
  { kind: 'a GIF image', bytes: 'GIF89a' },
  { kind: 'a PDF document', bytes: '%PDF-' },
  { kind: 'a ZIP archive or an office document', bytes: 'PK\x03\x04' },
  { kind: 'an office document of an older kind', bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' },
  { kind: 'a program', bytes: '\x7fELF' },
  { kind: 'a compressed file', bytes: '\x1f\x8b\x08' },
  { kind: 'a compressed file', bytes: '\xfd7zXZ\x00' },
  { kind: 'a compressed file', bytes: '\x28\xb5\x2f\xfd' },
  { kind: 'an archive', bytes: '7z\xbc\xaf\x27\x1c' },
  { kind: 'an archive', bytes: 'Rar!\x1a\x07' },
  { kind: 'a database', bytes: 'SQLite format 3\x00' },
  { kind: 'a program', bytes: '\x00asm' },
];

/** The encoding that a byte order mark tells (a WHATWG label), or `undefined`. */
export const encodingOfBom = (bytes: Uint8Array): string | undefined =>
  boms.find(({ bytes: bom }) => bom.every((byte, index) => bytes[index] === byte))?.encoding;

/**
 * UTF-16 without a byte order mark: its spaces, digits and line ends have a NUL always on the same side. The guess is
 * kept only when what it gives is text throughout.
 */
export function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, SAMPLE);
  if (bytes.length < 4 || bytes.length % 2 !== 0 || !sample.includes(0)) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index + 1 < sample.length; index += 2) {
    if (sample[index] === 0) even++;
    if (sample[index + 1] === 0) odd++;
  }
  const [more, fewer] = even > odd ? [even, odd] : [odd, even];
  if (more * 200 < sample.length || fewer * 20 > more) return undefined;
  // UTF-16 with few NULs has few Latin letters, and then other controls or bytes that are no UTF-8.
  if (more * 4 < sample.length && isUtf8(bytes) && !hasUnusual(new TextDecoder().decode(sample).replaceAll('\0', ''))) return undefined;
  const encoding = even > odd ? 'utf-16be' : 'utf-16le';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true });
    return hasUnusual(text) ? undefined : encoding;
  } catch {
    return undefined;
  }
}

/** Whether there is a control or a non-character, as there is in nearly all data that is not UTF-16. */
function hasUnusual(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if ((code < 0x20 && !isTextControl(code)) || (code >= 0x7f && code < 0xa0) || code >= 0xfffe) return true;
  }
  return false;
}

/** Backspace (overstriking), tab, line feed, vertical tab, form feed, return, escape (ISO-2022, terminal colours). */
const isTextControl = (code: number): boolean => (code >= 0x08 && code <= 0x0d) || code === 0x1b;

/**
 * What `bytes` are, if they are no text: for a sentence such as "it looks like …". A few NULs or other controls in a
 * text are no reason. `chosen` is the encoding that the reader chose: with UTF-16 a NUL says nothing.
 */
export function binaryKind(bytes: Uint8Array, chosen?: string): string | undefined {
  const magic = magics.find(({ bytes: start }) => startsWith(bytes, start));
  if (magic) return magic.kind;
  if (startsWith(bytes, 'RIFF') && startsWith(bytes.subarray(8), 'WEBP')) return 'a WebP image';
  if (startsWith(bytes.subarray(4), 'ftyp')) return 'a film or an image';
  if (chosen?.startsWith('utf-16') || encodingOfBom(bytes) === 'utf-16le' || encodingOfBom(bytes) === 'utf-16be') return undefined;
  const count = countControls(bytes.subarray(0, SAMPLE)) + countControls(bytes.subarray(Math.max(SAMPLE, bytes.length - SAMPLE)));
  const looked = Math.min(bytes.length, 2 * SAMPLE);
  if (count <= CONTROLS_FORGIVEN || count <= looked * CONTROL_SHARE) return undefined;
  return guessUtf16(bytes) ? undefined : 'data for a program';
}

const startsWith = (bytes: Uint8Array, start: string): boolean =>
  bytes.length >= start.length && [...start].every((character, index) => character.charCodeAt(0) === bytes[index]);

/** 1 for the bytes that are in no text. */
const controls = Uint8Array.from({ length: 256 }, (_, byte) => ((byte < 0x20 && !isTextControl(byte)) || byte === 0x7f ? 1 : 0));

function countControls(bytes: Uint8Array): number {
  let count = 0;
  for (let index = 0; index < bytes.length; index++) count += controls[bytes[index] ?? 0] ?? 0;
  return count;
}
