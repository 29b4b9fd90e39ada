import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldForSearch } from '../../../electron/search/entry';
import { packText, unpackText } from '../../../electron/search/packed-text';

const unpacked = (text: string) => unpackText(packText(text, foldForSearch(text)));

/** What folds in each way: to other letters, to more or fewer code units, to nothing, over line ends. */
const stretches = [
  'Word',
  ' ',
  '\n  ',
  'É',
  'e\u0301',
  'ﬁ',
  '…',
  '“',
  '\u00ad',
  '中\n文',
  'ভাষা',
  '한',
  '\u1112\u1161',
  '😀',
  '\ud83d',
  'ß',
  'ΣΑΣ',
];
const texts = fc
  .array(fc.oneof(fc.constantFrom(...stretches), fc.string({ unit: 'binary' })), { maxLength: 40 })
  .map((parts) => parts.join(''));

describe('a packed text', () => {
  it('is folded as it was, and any stretch of the original is had from it', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), (text, one, other) => {
        const { original, folded } = unpacked(text);
        expect(folded).toEqual(foldForSearch(text));
        expect(original.length).toBe(text.length);
        expect(original.slice(0, text.length)).toBe(text);
        const [start = 0, end = 0] = [one, other].map((place) => place % (text.length + 2)).sort((a, b) => a - b);
        expect(original.slice(start, end)).toBe(text.slice(start, end));
      }),
    );
  });

  it('has changes that lie far apart', () => {
    const text = `${'a'.repeat(200_000)}Z${'b'.repeat(70_000)}Y\n`;
    const { original } = unpacked(text);
    expect(original.slice(199_990, 200_010)).toBe(text.slice(199_990, 200_010));
    expect(original.slice(270_000, 271_000)).toBe(text.slice(270_000, 271_000));
  });

  it('takes few bytes more than the text alone', () => {
    const text = 'The quick brown fox jumps over the lazy dog, and “says” so.\n'.repeat(200);
    expect(packText(text, foldForSearch(text)).size).toBeLessThan(text.length * 1.3);
  });
});
