import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createGivenPasswords } from '../../../electron/library/given-passwords';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('forgets a password once it is taken, and one that nobody takes', () => {
  const passwords = createGivenPasswords();
  const [one, other] = [passwords.give('sesame'), passwords.give('sesame')];
  expect(one).not.toBe(other);
  expect(passwords.take(one)).toBe('sesame');
  expect(passwords.take(one)).toBeUndefined();
  vi.advanceTimersByTime(10 * 60_000);
  expect(passwords.take(other)).toBeUndefined();
});
