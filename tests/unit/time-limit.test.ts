import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { tellSilence, withinTime } from '../../electron/time-limit';

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

  it('tries again what a busy machine left no time for, and tells before how long that may take', () => {
    const told: number[] = [];
    tellSilence((limit) => told.push(limit));
    onTestFinished(() => tellSilence());
    const clock = vi.spyOn(process, 'threadCpuUsage').mockReturnValue({ user: 0, system: 0 });
    onTestFinished(() => clock.mockRestore());
    const work = () => {
      while (told.length < 3);
      return 'done';
    };
    expect(withinTime(10, work)).toEqual({ value: 'done' });
    expect(told.slice(0, 3)).toEqual([20, 40, 80]);
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
