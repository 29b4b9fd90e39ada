import { defineConfig } from '@playwright/test';
import { chromiumArguments, findChromium } from './tests/app/chromium.ts';
import type { HostName } from './tests/app/fixtures.ts';
import { keepFilesInMemory } from './tests/memory-files.ts';

// Those who run the tests load this file too, with what is set here.
keepFilesInMemory();
const executablePath = findChromium();

/** The application's tests: the same specs on either host; see tests/app/fixtures.ts. */
export default defineConfig<{ hostName: HostName }>({
  testDir: 'tests/app',
  outputDir: 'test-results',
  globalSetup: './tests/app/global-setup.ts',
  // A test waits for a quarter of its time: three keep two processors busy.
  workers: 3,
  fullyParallel: true,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  // A busy machine takes its time, and no result may depend on that; what never ends is still seen to.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    // A trace takes as long as the test itself: ask for one with `--trace on`.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { args: chromiumArguments, ...(executablePath && { executablePath }) },
  },
  projects: [
    { name: 'browser', use: { hostName: 'browser' } },
    { name: 'electron', use: { hostName: 'electron' } },
  ],
});
