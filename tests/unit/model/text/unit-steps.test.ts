import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endOfNext, startOfPrevious } from '#model';

const text = 'One, two. Three four!  Five.';

it('steps to the ends of words and sentences, and back to their beginnings', () => {
  expect([0, 3, 4].map((offset) => endOfNext(text, offset, 'word'))).toEqual([3, 8, 8]);
  expect([0, 9, 21].map((offset) => endOfNext(text, offset, 'sentence'))).toEqual([9, 21, 28]);
  expect([28, 10, 3].map((offset) => startOfPrevious(text, offset, 'word'))).toEqual([23, 5, 0]);
  expect([28, 23, 10].map((offset) => startOfPrevious(text, offset, 'sentence'))).toEqual([23, 10, 0]);
  expect([endOfNext(text, 28, 'sentence'), startOfPrevious(text, 0, 'word')]).toEqual([undefined, undefined]);
});

it('always goes on, and comes back to no later place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(60), fc.constantFrom('word' as const, 'sentence' as const), (any, at, unit) => {
      const end = endOfNext(any, at, unit);
      if (end === undefined) return;
      expect(end).toBeGreaterThan(at);
      expect(startOfPrevious(any, end, unit)).toBeLessThan(end);
    }),
  );
});
