import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isOwnAddress, type PlaceAddress, quoteForAddress, readAddress, readPlace, SYSTEM_LINK, writePlace } from '#model';

const hex = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const words = fc.string({ unit: 'grapheme', maxLength: 60 }).map(quoteForAddress);
const places: fc.Arbitrary<PlaceAddress> = fc
  .record(
    {
      documentId: fc.uuid(),
      noteId: fc.uuid(),
      passage: fc
        .record({ start: fc.nat(), length: fc.nat(), textHash: hex(64), quote: words.filter((quote) => quote !== '') })
        .map(({ start, length, ...rest }) => ({ start, end: start + length, ...rest })),
    },
    { requiredKeys: ['documentId'] },
  )
  .map((place) => place as PlaceAddress);

it('reads what it writes, in the system’s form and in that of a page', () => {
  fc.assert(
    fc.property(places, fc.constantFrom(SYSTEM_LINK, 'http://127.0.0.1:25327/#', 'http://localhost:8080/#'), (place, base) => {
      const address = base + writePlace(place);
      expect(readAddress(address)).toEqual(place);
      expect(address).toMatch(/^[^\s<>()[\]"']+$/);
      expect(URL.parse(address)?.href).toBe(address);
    }),
  );
});

it('says in a sentence what is wrong with any other input', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((rest) => `document/${rest}`),
        fc.string().map((rest) => `document/0123456789?at=${rest}`),
      ),
      (written) => {
        const read = readPlace(written);
        if ('problem' in read) expect(read.problem).toMatch(/^This .*\.$/);
        else expect(readPlace(writePlace(read))).toEqual(read);
      },
    ),
  );
});

const id = '01890000-0000-7000-8000-000000000001';
it.each([
  ['lectern://', 'no place in Lectern'],
  ['lectern://app/', 'no place in Lectern'],
  ['lectern://document/', 'no place in Lectern'],
  ['lectern://document/../../secret', 'no place in Lectern'],
  ['https://example.com/', 'no place in Lectern'],
  [`lectern://document/${id}?note=first`, 'damaged'],
  [`lectern://document/${id}?at=4-2&text=${'a'.repeat(64)}&quote=words`, 'damaged'],
  [`lectern://document/${id}?at=2-4&text=${'a'.repeat(64)}&quote=%E0%A4%A`, 'damaged'],
  [`lectern://document/${id}?at=2-4&text=short&quote=words`, 'damaged'],
  [`lectern://document/${id}?${'x'.repeat(5000)}`, 'no place in Lectern'],
])('of %s says what is wrong', (address, problem) => {
  expect(readAddress(address)).toEqual({ problem: expect.stringContaining(problem) });
});

it('takes what systems and later versions make of an address', () => {
  expect(readAddress(`LECTERN://document/${id}/?note=${id}&later=1`)).toEqual({ documentId: id, noteId: id });
  expect(isOwnAddress('http://127.0.0.1:25327/#aToken')).toBe(false);
  expect(isOwnAddress(`http://example.com/#document/${id}`)).toBe(false);
  expect(isOwnAddress(`http://127.0.0.1:1/#document/${id}`)).toBe(true);
});

it('shortens a quote at a word, in one line, and never splits a character', () => {
  expect(quoteForAddress('  two\n\nlines ')).toBe('two lines');
  expect(quoteForAddress(`${'word '.repeat(40)}`)).toBe('word '.repeat(16).trim());
  expect(quoteForAddress('🧭'.repeat(100)).isWellFormed()).toBe(true);
});
