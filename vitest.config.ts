import { defineConfig } from 'vitest/config';
import { electronLess, root } from './electron/vite.shared.ts';
import { keepFilesInMemory } from './tests/memory-files.ts';
import { listApart } from './tests/unit/isolation.ts';
import { isLeftByPdfJs } from './tests/unit/pdf-js-promises.ts';

keepFilesInMemory();
const { isolated, fresh } = listApart();

/** Unit tests, in plain Node: what imports `electron` is tested against a stand-in that the test itself names. */
export default defineConfig({
  root,
  resolve: { alias: electronLess },
  test: {
    environment: 'node',
    globalSetup: 'tests/unit/global-setup.ts',
    // electron-store imports `electron`; inlined, it finds the alias.
    server: { deps: { inline: ['electron-store'] } },
    // Many tests wait for the disk or for a process: three keep two processors busy.
    maxWorkers: 3,
    expect: { poll: { timeout: 120_000 } },
    // A busy machine takes its time; what never ends is still seen to.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    onUnhandledError: (error) => !isLeftByPdfJs(error),
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          exclude: [...isolated, ...fresh],
          isolate: false,
          setupFiles: ['tests/unit/left-behind.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'fresh', include: fresh, isolate: false, pool: 'threads', setupFiles: ['tests/unit/fresh-modules.ts'] },
      },
      { extends: true, test: { name: 'isolated', include: isolated, pool: 'threads' } },
    ],
  },
});
