import { defineConfig } from 'vitest/config';
import { electronLess, root } from './electron/vite.shared.ts';

/** Unit tests, in plain Node: what imports `electron` is tested against a stand-in that the test itself names. */
export default defineConfig({
  root,
  resolve: { alias: electronLess },
  test: {
    include: ['tests/unit/**/*.test.{ts,tsx}'],
    environment: 'node',
    // electron-store imports `electron`; inlined, it finds the alias.
    server: { deps: { inline: ['electron-store'] } },
    maxWorkers: 2,
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
