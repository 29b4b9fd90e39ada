import fc from 'fast-check';
import { expect, test } from 'vitest';
import { likeness, sketchOf } from '#model';

const words = (from: number, count: number) => Array.from({ length: count }, (_, index) => `word${from + index}`);
const sketch = (all: readonly string[]) => sketchOf(all.join(' '));

test('a text is wholly like itself, also with other marks, case and white space, and not at all like one with other words', () => {
  const one = words(0, 500);
  expect(likeness(sketch(one), sketchOf(`# ${one.join('\n').toUpperCase()}!`))).toBe(1);
  expect(likeness(sketch(one), sketch(words(1000, 500)))).toBe(0);
});

test('the likeness is about the share of runs of words that both have, whichever is asked', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 3000 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
      const common = Math.round(count * share);
      const [one, other] = [sketch(words(0, count)), sketch([...words(0, common), ...words(9000, count - common)])];
      const runs = Math.max(0, common - 2);
      expect(Math.abs(likeness(one, other) - runs / (2 * (count - 2) - runs))).toBeLessThan(0.25);
      expect(likeness(other, one)).toBe(likeness(one, other));
    }),
  );
});

test('a text of characters without spaces is told by them, and a short one by nothing', () => {
  const text = Array.from({ length: 300 }, (_, index) => String.fromCodePoint(0x4e00 + ((index * 7919) % 5000))).join('');
  expect(likeness(sketchOf(text), sketchOf(`${text.slice(0, 150)}，${text.slice(150)}`))).toBe(1);
  expect(likeness(sketchOf('Too short to tell.'), sketchOf('Too short to tell.'))).toBe(0);
});
