import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangesIn } from '../../../electron/site/range';

test.each([
  ['bytes=0-3', [{ start: 0, end: 4 }]],
  ['bytes=8-', [{ start: 8, end: 10 }]],
  ['bytes=-3', [{ start: 7, end: 10 }]],
  ['bytes=-30', [{ start: 0, end: 10 }]],
  ['bytes=8-30', [{ start: 8, end: 10 }]],
  ['bytes=10-', []],
  ['bytes=-0', []],
  ['bytes=5-3', undefined],
  [
    'bytes=4-5, 0-1,12-',
    [
      { start: 4, end: 6 },
      { start: 0, end: 2 },
    ],
  ],
  ['lines=0-3', undefined],
  ['bytes=-', undefined],
  [undefined, undefined],
])('%s of ten bytes', (header, expected) => {
  expect(rangesIn(header, 10)).toEqual(expected);
});

test('what is given lies within the file', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), (size, from, to) => {
      const header = `bytes=${from}-,-${to},${from}-${from + to}`;
      for (const { start, end } of rangesIn(header, size) ?? []) expect(0 <= start && start < end && end <= size).toBe(true);
    }),
  );
});
