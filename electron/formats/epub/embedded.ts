import { createHash } from 'node:crypto';
import { allowedEmbeddedImages } from '#model';
import type { EmbeddedFile } from '../format';
import type { Book } from './package';

/** Bytes of the largest font and the largest sound that are given to a window. */
const LARGEST = { font: 16 * 1024 * 1024, sound: 32 * 1024 * 1024 };

/** Sounds that every reader of EPUB 3.3 plays (2.2), what has another name for the same, and what needs no patents either, by what the manifest says of them. */
const sounds: Readonly<Partial<Record<string, string>>> = {
  'audio/mpeg': 'audio/mpeg',
  'audio/mp3': 'audio/mpeg',
  'audio/mp4': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/ogg': 'audio/ogg',
  'audio/opus': 'audio/ogg',
  'audio/wav': 'audio/wav',
  'audio/x-wav': 'audio/wav',
};

/** As what a sound is played; `undefined` for what is none, or of another kind. */
export const soundType = (mediaType: string): string | undefined => sounds[mediaType.replace(/;.*$/s, '').trim().toLowerCase()];

/** The picture, font or sound at a place in a book. */
export async function readEmbedded(book: Book, path: string): Promise<EmbeddedFile | undefined> {
  const bytes = await book.read(path);
  if (!bytes) return undefined;
  const stated = book.mediaTypeOf(path) ?? '';
  if (allowedEmbeddedImages.has(stated)) return { mediaType: stated, bytes };
  const sound = soundType(stated);
  if (sound !== undefined) return bytes.length <= LARGEST.sound ? { mediaType: sound, bytes } : undefined;
  if (bytes.length > LARGEST.font) return undefined;
  const font = restored(bytes, book.obfuscationOf(path), book.identifiers);
  const mediaType = fontType(font);
  return mediaType === undefined ? undefined : { mediaType, bytes: font };
}

/** By the first bytes of a file, which the names of fonts do not tell. */
function fontType(bytes: Uint8Array): string | undefined {
  const sign = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  if (sign === 'wOF2') return 'font/woff2';
  if (sign === 'wOFF') return 'font/woff';
  if (sign === 'OTTO') return 'font/otf';
  return sign === '\0\x01\0\0' || sign === 'true' ? 'font/ttf' : undefined;
}

/** How fonts are garbled, so that they are of no use outside of their book. */
export type Obfuscation = 'idpf' | 'adobe';

export const obfuscations: ReadonlyMap<string, Obfuscation> = new Map([
  ['http://www.idpf.org/2008/embedding', 'idpf'],
  ['http://ns.adobe.com/pdf/enc#RC', 'adobe'],
]);

/** What a book is known by, out of which the keys of its fonts are made. */
export interface Identifiers {
  /** The one that the package names as such. */
  unique: string;
  all: readonly string[];
}

/** A font as it was before it was garbled: EPUB 3.3, 4.2.7.3, and what Adobe's programs do with the number (UUID) of a book. */
function restored(bytes: Uint8Array, obfuscation: Obfuscation | undefined, { unique, all }: Identifiers): Uint8Array {
  if (obfuscation === undefined) return bytes;
  if (obfuscation === 'idpf') {
    const key = createHash('sha1')
      .update(unique.replace(/[ \t\r\n]/g, ''))
      .digest();
    return changed(bytes, key, 1040);
  }
  const uuid = [unique, ...all]
    .map((each) =>
      each
        .replace(/^urn:uuid:/i, '')
        .replaceAll('-', '')
        .trim(),
    )
    .find((each) => /^[\da-f]{32}$/i.test(each));
  return uuid === undefined ? bytes : changed(bytes, Buffer.from(uuid, 'hex'), 1024);
}

/** The first `count` bytes combined with the key, over and over. */
function changed(bytes: Uint8Array, key: Uint8Array, count: number): Uint8Array {
  const begun = bytes.subarray(0, count).map((byte, index) => byte ^ (key[index % key.length] ?? 0));
  const font = new Uint8Array(bytes);
  font.set(begun);
  return font;
}
