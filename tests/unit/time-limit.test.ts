import { describe, expect, it } from 'vitest';
import { withinTime } from '../../electron/time-limit';

describe('withinTime', () => {
  it('gives what the work gives, and throws what it throws', () => {
    expect(withinTime(1000, () => ['words'])).toEqual({ value: ['words'] });
    expect(withinTime(1000, () => undefined)).toEqual({ value: undefined });
    const work = () => {
      throw new RangeError('too deep');
    };
    expect(() => withinTime(1000, work)).toThrow(RangeError);
  });

  it.each<[string, () => unknown]>([
    [
      'a loop',
      () => {
        for (;;);
      },
    ],
    ['a regular expression', () => /^(?:a*)*$/.test(`${'a'.repeat(100)}b`)],
  ])('ends %s that does not end', (_name, work) => {
    expect(withinTime(20, work)).toBeUndefined();
    expect(withinTime(1000, () => 'and the next work is done')).toEqual({ value: 'and the next work is done' });
  });

  it('works within itself', () => {
    expect(
      withinTime(
        1000,
        () =>
          withinTime(20, () => {
            for (;;);
          }) ?? 'ended',
      ),
    ).toEqual({ value: 'ended' });
  });
});
