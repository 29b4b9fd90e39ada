import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eyeInView, type ReadSoFar, statusOfReading, untilEye } from '#model';

/** 2,300 words: ten minutes. */
const so = (part: Partial<ReadSoFar>): ReadSoFar => ({
  words: 2300,
  seconds: 0,
  secondsEver: 0,
  hasScrolled: false,
  hasSeenEnd: false,
  ...part,
});

describe('the status of a document', () => {
  it('is changed by a little time or by going on in it, not by opening it', () => {
    expect(statusOfReading('unread', so({}))).toBe('unread');
    expect(statusOfReading('unread', so({ seconds: 9, secondsEver: 9 }))).toBe('unread');
    expect(statusOfReading('unread', so({ seconds: 10, secondsEver: 10 }))).toBe('reading');
    expect(statusOfReading('unread', so({ hasScrolled: true }))).toBe('reading');
  });

  it('is finished once the end was seen and a quarter of its time was spent, over several openings too', () => {
    expect(statusOfReading('reading', so({ hasScrolled: true, hasSeenEnd: true, secondsEver: 149 }))).toBe('reading');
    expect(statusOfReading('reading', so({ hasSeenEnd: true, seconds: 5, secondsEver: 150 }))).toBe('finished');
    expect(statusOfReading('reading', so({ secondsEver: 6000 }))).toBe('reading');
  });

  it('asks for a little time also for what is read at a glance', () => {
    expect(statusOfReading('unread', so({ words: 5, hasSeenEnd: true, seconds: 5, secondsEver: 5 }))).toBe('unread');
    expect(statusOfReading('unread', so({ words: 5, hasSeenEnd: true, seconds: 10, secondsEver: 10 }))).toBe('finished');
  });

  it('never goes back by reading', () => {
    const any = fc.record({
      words: fc.nat(100_000),
      seconds: fc.nat(10_000),
      secondsEver: fc.nat(10_000),
      hasScrolled: fc.boolean(),
      hasSeenEnd: fc.boolean(),
    });
    fc.assert(
      fc.property(any, (read) => {
        expect(statusOfReading('finished', read)).toBe('finished');
        expect(statusOfReading('reading', read)).not.toBe('unread');
      }),
    );
  });
});

describe('the eye', () => {
  it('is at the top of the view where a text begins, at its foot where it ends, and never goes back', () => {
    expect(eyeInView(0, 1000)).toBe(0);
    expect(eyeInView(1000, 1000)).toBe(1);
    expect(eyeInView(1400, 1000)).toBe(1);
    expect(eyeInView(0, -20)).toBe(1);
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), fc.integer({ min: -100, max: 5000 }), (a, b, toEnd) => {
        expect(eyeInView(Math.max(a, b), toEnd)).toBeGreaterThanOrEqual(eyeInView(Math.min(a, b), toEnd));
      }),
    );
  });

  it('is at a line once it was scrolled to that', () => {
    const lengths = fc.record({ height: fc.integer({ min: 1, max: 2000 }), toEnd: fc.integer({ min: 1, max: 5000 }) });
    fc.assert(
      fc.property(
        lengths,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ height, toEnd }, at, share) => {
          const scrolled = at * toEnd;
          const line = share * (toEnd + height);
          const after = scrolled + untilEye(line - scrolled - eyeInView(scrolled, toEnd) * height, height, toEnd);
          expect(after + eyeInView(after, toEnd) * height).toBeCloseTo(line, 3);
        },
      ),
    );
    expect(untilEye(100, 800, -20)).toBe(0);
  });
});
