import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareWording } from '../../../renderer/ui/kit/wording';

test('what went and what came is told by words, also where words are not spaced', () => {
  expect(compareWording('about 114 thousand soldiers', 'about 120 thousand soldiers')).toEqual([
    { text: 'about ', kind: 'same' },
    { text: '114', kind: 'gone' },
    { text: '120', kind: 'new' },
    { text: ' thousand soldiers', kind: 'same' },
  ]);
  const kinds = compareWording('渡船也停了', '渡船都停了');
  expect(kinds.some(({ kind, text }) => kind === 'same' && text.includes('渡船'))).toBe(true);
});

test('the pieces give back both wordings', () => {
  const words = fc
    .array(fc.constantFrom('one', 'two ', ' three', ', ', '🙂', '北京', '\n'), { maxLength: 30 })
    .map((list) => list.join(''));
  fc.assert(
    fc.property(words, words, (before, now) => {
      const pieces = compareWording(before, now);
      const without = (kind: string) =>
        pieces
          .filter((piece) => piece.kind !== kind)
          .map(({ text }) => text)
          .join('');
      expect(without('new').replace(/\s+/g, '')).toBe(before.replace(/\s+/g, ''));
      expect(without('gone')).toBe(now);
    }),
  );
});

test('wordings that have nothing in common are shown whole', () => {
  const before = Array.from({ length: 3_000 }, (_, index) => `a${index}`).join(' ');
  const now = Array.from({ length: 3_000 }, (_, index) => `b${index}`).join(' ');
  expect(compareWording(before, now)).toEqual([
    { text: before, kind: 'gone' },
    { text: now, kind: 'new' },
  ]);
});
