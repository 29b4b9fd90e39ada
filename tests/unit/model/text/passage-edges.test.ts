import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extendTo, moveEdge } from '#model';

const text = 'The quay is long, and the lamp at its end is old.';
const quay = { start: 4, end: 8 };
const words = (passage: { start: number; end: number } | undefined) => passage && text.slice(passage.start, passage.end);

describe('an edge of a passage', () => {
  it.each([
    ['end', 'forward', 'quay is'],
    ['start', 'backward', 'The quay'],
    ['end', 'backward', undefined],
    ['start', 'forward', undefined],
  ] as const)('%s moves %s by a word', (edge, direction, expected) => {
    expect(words(moveEdge(text, quay, edge, direction))).toBe(expected);
  });

  it('goes over punctuation, and not beyond the text', () => {
    expect(words(moveEdge(text, { start: 4, end: 16 }, 'end', 'forward'))).toBe('quay is long, and');
    expect(words(moveEdge(text, { start: 4, end: 21 }, 'end', 'backward'))).toBe('quay is long');
    expect(moveEdge(text, { start: 0, end: text.length }, 'end', 'forward')).toBeUndefined();
    expect(moveEdge(text, quay, 'start', 'backward', 4)).toBeUndefined();
  });
});

describe('a press beside a passage', () => {
  it.each([
    [27, 'quay is long, and the lamp'],
    [1, 'The quay'],
    [13, 'quay is long'],
  ])('at %i extends it to the whole word', (offset, expected) => {
    expect(words(extendTo(text, quay, offset))).toBe(expected);
  });

  it('within it moves the nearer end', () => {
    expect(words(extendTo(text, { start: 4, end: 30 }, 9))).toBe('is long, and the lamp');
    expect(words(extendTo(text, { start: 4, end: 30 }, 23))).toBe('quay is long, and the');
  });

  it('never leaves nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), fc.nat(60), fc.nat(60), fc.nat(60), (any, a, b, at) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b) + 1].map((each) => Math.min(each, any.length)) as [number, number];
        if (start >= end) return;
        for (const moved of [extendTo(any, { start, end }, Math.min(at, any.length)), moveEdge(any, { start, end }, 'end', 'backward')]) {
          if (!moved) continue;
          expect(moved.start).toBeGreaterThanOrEqual(0);
          expect(moved.end).toBeLessThanOrEqual(any.length);
          expect(moved.start).toBeLessThan(moved.end);
        }
      }),
    );
  });
});
