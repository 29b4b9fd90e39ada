import { vi } from 'vitest';

/** Waits until `callback` no longer throws, as long as the slowest machine may take (Vitest's own second is too short for it). */
export const waitFor = <T>(callback: () => T | Promise<T>): Promise<T> => vi.waitFor(callback, { timeout: 120_000 });
