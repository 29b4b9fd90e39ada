import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { binaryKind, encodingOfBom, guessUtf16 } from '../../../../electron/formats/decode/sniff';
import { encode } from '../../../encode';

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
/** Bytes without a pattern, the same at every run. */
const noise = new Uint8Array(Buffer.concat(Array.from({ length: 64 }, (_, index) => createHash('sha512').update(`${index}`).digest())));

describe('binaryKind', () => {
  it.each([
    ['a PNG image', '\x89PNG\r\n\x1a\n....'],
    ['a JPEG image', '\xff\xd8\xff\xe0..'],
    ['a GIF image', 'GIF89a...'],
    ['a PDF document', '%PDF-1.7\n'],
    ['a ZIP archive or an office document', 'PK\x03\x04...'],
    ['a program', '\x7fELF\x02\x01\x01'],
    ['a WebP image', 'RIFF....WEBPVP8 '],
  ])('knows %s', (kind, start) => {
    expect(binaryKind(latin1(start))).toBe(kind);
  });

  it('knows data without a name by its control characters', () => {
    expect(binaryKind(noise)).toBe('data for a program');
    expect(binaryKind(new Uint8Array(5000))).toBe('data for a program');
  });

  it.each([
    ['plain text', latin1('A text.\r\nWith lines,\ttabs\fand pages.')],
    ['a few NULs', latin1('a\0b\0c, and then more of the text')],
    ['terminal colours', latin1('\x1b[31mred\x1b[0m '.repeat(100))],
    ['overstriking', latin1('_\bA_\bB_\bC'.repeat(100))],
    ['Latin letters of one byte', latin1('Der Fluß, die Brücke. '.repeat(10))],
    ['UTF-16 with a mark', new Uint8Array([0xff, 0xfe, ...encode('utf-16le', 'words')])],
    ['UTF-16 without a mark', encode('utf-16be', 'Some words in a line.\n'.repeat(30))],
    ['Shift_JIS', encode('shift_jis', '日本語の文章です。'.repeat(20))],
  ])('lets %s pass', (_, bytes) => {
    expect(binaryKind(bytes)).toBeUndefined();
  });

  it('takes the reader’s word for UTF-16', () => {
    expect(binaryKind(new Uint8Array([0, 1, 0, 2, 0, 3, 0, 4, 0, 5]), 'utf-16be')).toBeUndefined();
  });
});

describe('guessUtf16', () => {
  it('guesses by the side of the NULs', () => {
    expect(guessUtf16(encode('utf-16le', 'Plain words'))).toBe('utf-16le');
    expect(guessUtf16(encode('utf-16be', 'Plain words'))).toBe('utf-16be');
    expect(guessUtf16(encode('utf-16le', '欧洲国家和美国继续关注。\n欧洲国家和美国继续关注。\n'))).toBe('utf-16le');
    expect(guessUtf16(encode('utf-16le', 'Слова без латинских букв'))).toBe('utf-16le');
  });

  it.each([
    ['an odd number of bytes', new Uint8Array([65, 0, 66, 0, 67])],
    ['no NULs', latin1('Plain words.')],
    ['one NUL in a short text', latin1('Some text\0with a character that has no shape at all.')],
    ['NULs on both sides', new Uint8Array([0, 0, 0, 65, 0, 0, 66, 0])],
    ['numbers of four bytes', new Uint8Array([1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0])],
    ['control characters', new Uint8Array([1, 0, 2, 0, 3, 0, 4, 0])],
    ['half a surrogate', new Uint8Array([65, 0, 0, 0xd8, 66, 0, 67, 0])],
  ])('guesses nothing of %s', (_, bytes) => {
    expect(guessUtf16(bytes)).toBeUndefined();
  });
});

describe('encodingOfBom', () => {
  it('knows no mark in an empty file or a plain text', () => {
    expect(encodingOfBom(new Uint8Array())).toBeUndefined();
    expect(encodingOfBom(latin1('text'))).toBeUndefined();
  });
});
