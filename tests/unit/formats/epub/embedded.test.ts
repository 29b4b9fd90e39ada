import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { epub } from '../../../../electron/formats/epub/epub';
import { documentBytes } from '../../../../electron/formats/format';
import { expectSound, readAll, walkNodes } from '../document-parts';
import { makeBook } from './make-book';

const font = Buffer.concat([Buffer.from('OTTO'), Buffer.alloc(2_000, 7)]);
const garbled = (key: Uint8Array, count: number) =>
  font.map((byte, index) => (index < count ? byte ^ (key[index % key.length] ?? 0) : byte));

const IDPF = 'http://www.idpf.org/2008/embedding';
const ADOBE = 'http://ns.adobe.com/pdf/enc#RC';
const encrypted = (path: string, algorithm: string) =>
  `<encryption><enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/><enc:CipherData><enc:CipherReference URI="${path}"/></enc:CipherData></enc:EncryptedData></encryption>`;

const UUID = '01234567-89ab-cdef-0123-456789abcdef';
const identifier = `<dc:identifier id="id">urn:uuid:${UUID}</dc:identifier>`;

const book = (files: Record<string, string | Uint8Array>, items = '', body = '<p>Text</p>') =>
  makeBook({ chapters: { one: body }, metadata: identifier, items, files });
const embeddedIn = (bytes: Uint8Array, path: string) =>
  epub.embedded?.(documentBytes(bytes, 'a.epub'), path, { signal: new AbortController().signal });

test('gives the fonts of a book, by what they are', async () => {
  expect(await embeddedIn(book({ 'OPS/a.bin': font }), 'OPS/a.bin')).toMatchObject({ mediaType: 'font/otf', bytes: font });
  expect(await embeddedIn(book({ 'OPS/a.ttf': 'no font' }), 'OPS/a.ttf')).toBeUndefined();
  expect(await embeddedIn(book({}), 'OPS/gone.ttf')).toBeUndefined();
});

test('restores fonts that are garbled, by both ways there are', async () => {
  // No package names its unique identifier here: the first one counts.
  const idpf = garbled(createHash('sha1').update(`urn:uuid:${UUID}`).digest(), 1040);
  const found = await embeddedIn(book({ 'OPS/a.otf': idpf, 'META-INF/encryption.xml': encrypted('OPS/a.otf', IDPF) }), 'OPS/a.otf');
  expect(Buffer.from(found?.bytes ?? []).equals(font)).toBe(true);
  const adobe = garbled(Buffer.from(UUID.replaceAll('-', ''), 'hex'), 1024);
  const other = await embeddedIn(book({ 'OPS/a.otf': adobe, 'META-INF/encryption.xml': encrypted('OPS/a.otf', ADOBE) }), 'OPS/a.otf');
  expect(Buffer.from(other?.bytes ?? []).equals(font)).toBe(true);
  // Of another book.
  const strange = garbled(createHash('sha1').update('another').digest(), 1040);
  expect(
    await embeddedIn(book({ 'OPS/a.otf': strange, 'META-INF/encryption.xml': encrypted('OPS/a.otf', IDPF) }), 'OPS/a.otf'),
  ).toBeUndefined();
});

test('gives nothing else of it', async () => {
  expect(await embeddedIn(book({}), 'OPS/one.xhtml')).toBeUndefined();
  expect(await embeddedIn(book({}), 'OPS/book.opf')).toBeUndefined();
});

test('has players of the sounds that are in it, and chips in place of others', async () => {
  const items =
    '<item id="a" href="a.mp3" media-type="audio/mpeg"/><item id="b" href="b.ogg" media-type="audio/ogg ; codecs=opus"/><item id="c" href="c.mid" media-type="audio/midi"/>';
  const body =
    '<p>One</p><audio src="a.mp3" title="A song">No sound.</audio><audio><source src="https://a.test/a.mp3"/><source src="b.ogg"/></audio><audio src="c.mid"></audio><audio src="https://a.test/a.mp3"></audio><audio src="none.mp3"></audio><p>two</p>';
  const bytes = book({ 'OPS/a.mp3': 'sound', 'OPS/b.ogg': 'sound', 'OPS/c.mid': 'sound' }, items, body);
  const read = await readAll(bytes, 'epub');
  expectSound(read);
  expect(read.text).toBe('One\ntwo');
  const drawn = read.sections.flatMap(({ nodes }) => [...walkNodes(nodes)].map(({ node }) => node));
  expect(drawn.flatMap((node) => (typeof node === 'object' && 'e' in node && node.e === 'audio' ? [node.a] : []))).toEqual([
    { src: 'within:OPS%2Fa.mp3', title: 'A song' },
    { src: 'within:OPS%2Fb.ogg', title: 'Sound' },
  ]);
  expect(drawn.filter((node) => typeof node === 'object' && 'e' in node && node.l?.includes('media'))).toHaveLength(3);
  expect(await embeddedIn(bytes, 'OPS/b.ogg')).toMatchObject({ mediaType: 'audio/ogg', bytes: Buffer.from('sound') });
  expect(await embeddedIn(bytes, 'OPS/c.mid')).toBeUndefined();
});

test('a chapter that says no language is in the one that it is written in', async () => {
  const english =
    '<p>It was the best of times, it was the worst of times, and it was the age of wisdom as well as that of foolishness for all of them.</p>'.repeat(
      3,
    );
  const langOf = async (language: string) => {
    const chapters = { one: english };
    const read = await readAll(makeBook({ chapters, metadata: `<dc:language>${language}</dc:language>` }), 'epub');
    return JSON.stringify(read.sections[0]?.nodes).match(/"lang":"([^"]*)"/)?.[1];
  };
  expect(await langOf('fr')).toBe('en');
  expect(await langOf('en-GB')).toBeUndefined();
});

test('a name reads in the direction that is said of it alone', async () => {
  const author = async (attributes: string) =>
    (await readAll(makeBook({ chapters: { one: '<p>Text</p>' }, metadata: `<dc:creator${attributes}>Ann Author</dc:creator>` }), 'epub'))
      .head.metadata.author;
  expect(await author(' dir="rtl"')).toBe('\u200fAnn Author');
  expect(await author(' dir="ltr"')).toBe('Ann Author');
  expect(await author('')).toBe('Ann Author');
});
