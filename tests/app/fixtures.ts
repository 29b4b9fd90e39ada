import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { findElectron } from '../../electron/scripts/find-electron.ts';
import { localIn, withHome } from '../own-home.ts';
import { createDisk, type Disk } from './fixtures/disk.ts';
import { electronHost } from './fixtures/electron-host.ts';
import { type Guard, guardPage } from './fixtures/guard.ts';
import type { Host, HostFolders, RunningHost, SavedFiles } from './fixtures/host.ts';
import { serveHost } from './fixtures/serve-host.ts';

export type HostName = 'browser' | 'electron';

/** The running application, as a reader has it before them. */
export interface App {
  /** The window; another one after `restart`. */
  readonly page: Page;
  readonly dataFolder: string;
  /** LOCAL of the data folder. */
  readonly localFolder: string;
  /** What another process needs to be on the same machine. */
  readonly environment: NodeJS.ProcessEnv;
  /** A library folder with the documents of the option `library`. */
  readonly libraryFolder: string;
  /** The disk of the data folder; only with the option `brokenDisk`. */
  readonly disk: Disk;
  /** Ends the application as a reader or the system does, and starts it again over the same data. */
  restart(): Promise<Page>;
  /** Takes the host away from the window, which stays, and brings it back after `meanwhile`. Not in Electron, whose window ends with its host. */
  loseHost(meanwhile: () => Promise<void>): Promise<void>;
  /** Ends the application as a power cut does. */
  kill(): Promise<void>;
  /** Ends the application; resolves to its exit code. */
  quit(): Promise<number | null>;
  start(): Promise<Page>;
  /** Does what saves files and gives what the reader then has. */
  saved(act: () => Promise<void>): Promise<SavedFiles>;
  /** Says that a console error, page error, dialog or foreign request that matches is expected by the test. */
  expectTrouble(pattern: RegExp): void;
}

export interface AppOptions {
  hostName: HostName;
  /** Documents to write into the library folder: text or bytes by path relative to it. */
  library: Readonly<Record<string, string | Uint8Array>>;
  /** What is done to the folders before the first start. */
  before: { prepare?(folders: HostFolders): Promise<void> };
  /** Gives the data folder a small disk of its own that the test can fill or forbid to write to. */
  brokenDisk: boolean;
}

/**
 * Each test has its own data folder and its own application. It fails on any error in the console or the page, on any
 * violation of the page's security policy, on any dialog, and on any request that leaves the page's origin.
 */
export const test = base.extend<AppOptions & { app: App }>({
  hostName: ['browser', { option: true }],
  library: [{}, { option: true }],
  before: [{}, { option: true }],
  brokenDisk: [false, { option: true }],

  app: async ({ hostName, library, before, brokenDisk, browser, viewport, hasTouch }, use, testInfo) => {
    const electron = findElectron();
    testInfo.skip(hostName === 'electron' && !electron, 'Electron’s runtime is not here; `npx install-electron --no` downloads it.');
    testInfo.skip(hostName === 'electron' && brokenDisk, 'A broken disk is tried on the browser host, over the same core.');
    testInfo.skip(hostName === 'electron' && hasTouch, 'Electron’s window takes touches only from a screen that has them.');
    const folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-app-'));
    const folders: HostFolders = {
      data: path.join(folder, 'data'),
      library: path.join(folder, 'library'),
      home: path.join(folder, 'home'),
    };
    await writeLibrary(folders.library, library);
    await mkdir(folders.data);
    await before.prepare?.(folders);
    const disk = brokenDisk ? await createDisk(folders.data) : undefined;
    const host: Host =
      electron && hostName === 'electron' ? electronHost(electron) : serveHost(browser, { viewport, hasTouch, weak: brokenDisk });
    const guard = guardPage();
    const app = createApp(host, folders, guard, disk);
    try {
      testInfo.skip(brokenDisk && !disk, 'A small disk can be had only by root on Linux.');
      await app.start();
      await use(app);
      expect(guard.troubles(), 'errors, dialogs and foreign requests').toEqual([]);
    } finally {
      await app.quit();
      await disk?.remove();
      await rm(folder, { recursive: true, force: true });
    }
  },

  page: async ({ app }, use) => use(app.page),
});

export { expect };

function createApp(host: Host, folders: HostFolders, guard: Guard, disk: Disk | undefined): App {
  let running: RunningHost | undefined;
  const release = (): RunningHost | undefined => {
    const ending = running;
    running = undefined;
    if (ending) guard.release(ending.page);
    return ending;
  };
  const app: App = {
    get page() {
      if (!running) throw new Error('The application is not running.');
      return running.page;
    },
    get disk() {
      if (!disk) throw new Error('Only a test with `brokenDisk: true` has a disk of its own.');
      return disk;
    },
    dataFolder: folders.data,
    localFolder: localIn(folders.home, folders.data),
    environment: withHome(folders.home),
    libraryFolder: folders.library,
    async start() {
      running = await host.start(folders, (page) => guard.watch(page));
      // Only then does it hear keys and what is dropped on it.
      await running.page.locator('#root > *').first().waitFor();
      return running.page;
    },
    async quit() {
      return (await release()?.quit()) ?? null;
    },
    async kill() {
      await release()?.kill();
    },
    async restart() {
      await app.quit();
      return app.start();
    },
    async loseHost(meanwhile) {
      if (!running?.lose) throw new Error('This window cannot do without its host.');
      await running.lose(meanwhile);
    },
    saved(act) {
      if (!running) throw new Error('The application is not running.');
      return running.saved(act);
    },
    expectTrouble: (pattern) => guard.expect(pattern),
  };
  return app;
}

async function writeLibrary(folder: string, documents: AppOptions['library']): Promise<void> {
  await mkdir(folder);
  for (const [relative, content] of Object.entries(documents)) {
    const file = path.join(folder, relative);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
