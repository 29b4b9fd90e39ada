import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlightLevels, LEVELS } from '../../../renderer/reader/highlight-levels';

describe('levels of highlights', () => {
  it('are raised by what they lie in, and not by what they only touch', () => {
    const passages = [
      { start: 0, end: 100 },
      { start: 10, end: 20 },
      { start: 12, end: 15 },
      { start: 20, end: 30 },
      { start: 90, end: 110 },
      { start: 110, end: 120 },
    ];
    expect(highlightLevels(passages)).toEqual([0, 1, 2, 1, 1, 0]);
  });

  it('never put two that share a character on one level, until there are no more levels', () => {
    const passage = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })).map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(fc.array(passage, { maxLength: 30 }), (passages) => {
        const levels = highlightLevels(passages);
        passages.forEach((a, i) => {
          passages.forEach((b, j) => {
            const [level, other] = [levels[i] ?? 0, levels[j] ?? 0];
            if (i < j && a.start < b.end && b.start < a.end && level === other) expect(level).toBe(LEVELS - 1);
          });
        });
        // Nothing is raised without reason: on each level below it lies something that it shares a character with.
        passages.forEach((a, i) => {
          for (let level = 0; level < (levels[i] ?? 0); level += 1) {
            expect(passages.some((b, j) => i !== j && levels[j] === level && a.start < b.end && b.start < a.end)).toBe(true);
          }
        });
      }),
    );
  });
});
