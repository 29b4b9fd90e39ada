import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeIn } from '../../../electron/site/range';

test.each([
  ['bytes=0-3', { start: 0, end: 4 }],
  ['bytes=8-', { start: 8, end: 10 }],
  ['bytes=-3', { start: 7, end: 10 }],
  ['bytes=-30', { start: 0, end: 10 }],
  ['bytes=8-30', { start: 8, end: 10 }],
  ['bytes=10-', null],
  ['bytes=-0', null],
  ['bytes=5-3', undefined],
  ['bytes=0-1,4-5', undefined],
  ['lines=0-3', undefined],
  ['bytes=-', undefined],
  [undefined, undefined],
])('%s of ten bytes', (header, expected) => {
  expect(rangeIn(header, 10)).toEqual(expected);
});

test('what is given lies within the file', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), (size, from, to) => {
      for (const header of [`bytes=${from}-${to}`, `bytes=${from}-`, `bytes=-${to}`]) {
        const range = rangeIn(header, size);
        if (range) expect(0 <= range.start && range.start < range.end && range.end <= size).toBe(true);
      }
    }),
  );
});
