// It keeps globals of its own once it is loaded, which some files do only in the midst of a test.
import 'zod';
import { afterAll, beforeAll, expect, vi } from 'vitest';

/** What the test files that share a process could leave to one another. */
const around = () => ({
  folder: process.cwd(),
  environment: { ...process.env },
  // Node keeps things of its own under symbols.
  globals: Object.getOwnPropertyNames(globalThis).toSorted(),
  hasFakeTimers: vi.isFakeTimers(),
});

let before: ReturnType<typeof around>;

beforeAll(() => {
  before = around();
});

// Each file is to leave the process as it found it.
afterAll(() => {
  expect(around()).toEqual(before);
});
