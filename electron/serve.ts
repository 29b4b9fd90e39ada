import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { noCapabilities } from '#api';
import { createClients } from './clients';
import { type Core, createCore, DataFolderInUse, type LockedData, lockData, type Searching } from './core';
import { createFirstView } from './first-view';
import { platformName } from './handlers';
import { limitHeap } from './heap-limits';
import { logUncaught, openLog } from './log';
import { defaultDataFolder, localFolderOf } from './places';
import { offerFolder, openBrowser } from './serve/open-browser';
import { OptionsError, parseOptions, type ServeOptions, usage } from './serve/options';
import { type Server, startServer } from './serve/server';
import { onEndSignal } from './signals';
import { openSite } from './site';

/** ms for which open pages may save before the end. */
const FLUSH_LIMIT = 5_000;

/** This file is built to `.vite/build/serve.mjs`; all it needs lies around it. */
const buildFolder = import.meta.dirname;
const rootFolder = path.resolve(buildFolder, '../..');
const bundleFolder = path.resolve(buildFolder, '../renderer/main_window');

limitHeap();
// Before all else: from now on no signal finds nobody who hears it.
const ending = hearEnd();
const options = readOptions();
const dataFolder = options.data ?? defaultDataFolder();
const localFolder = localFolderOf(dataFolder);
const log = openLog({ folder: path.join(localFolder, 'logs') });
logUncaught(process, log);
let withdrawPage = async () => {};
const locked = await lock();
const clients = createClients();
const version: string = JSON.parse(await readFile(path.join(rootFolder, 'package.json'), 'utf8')).version;
// The page comes while the core is opened, and that begins once it can come: a large library takes a moment.
const { promise: canServe, resolve: beginCore } = Promise.withResolvers<void>();
const { promise: searchable, resolve: onSearchable } = Promise.withResolvers<Searching>();
const opening = canServe.then(() => openCore(locked));
const firstView = createFirstView(
  {
    file: path.join(localFolder, 'first-view.json'),
    settingsFile: path.join(dataFolder, 'settings.json'),
    info: { version, platform: platformName(), dataFolder, capabilities: noCapabilities },
    clients,
    log,
    searchable,
  },
  opening,
);
// Who was asked to end meanwhile needs no address.
const server = ending.isAsked() ? undefined : await openServer(opening);
beginCore();
const core = await opening;
await ending.asked;
await end(core, server);

function readOptions(): ServeOptions {
  try {
    // npm runs scripts in the package's folder; the reader's own is INIT_CWD.
    return parseOptions(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    return exitWith(2, `${error.message}. Usage: ${usage}`);
  }
}

async function lock(): Promise<LockedData> {
  try {
    return await lockData({ dataFolder, localFolder, log });
  } catch (error) {
    if (error instanceof DataFolderInUse) return exitWith(1, error.message);
    return exitUnusable(error);
  }
}

async function openCore(locked: LockedData): Promise<Core> {
  try {
    const opened = await createCore(
      {
        dataFolder,
        localFolder,
        seedsFolder: path.join(rootFolder, 'seeds'),
        workersFolder: buildFolder,
        version,
        capabilities: noCapabilities,
        log,
      },
      { locked, clients, onSearchable },
    );
    for (const folder of options.libraries) {
      const added = await opened.library.addFolder(folder);
      if (!added.ok && added.failure.code !== 'folder-already-added') log.warn(added.failure.message);
    }
    return opened;
  } catch (error) {
    return exitUnusable(error);
  }
}

function exitUnusable(error: unknown): never {
  if (isSystemError(error)) return exitWith(1, `The data folder ${dataFolder} cannot be used: ${error.message}`);
  throw error;
}

async function openServer(opened: Promise<Core>): Promise<Server> {
  const site = await openSite({
    bundleFolder,
    assetPath: async (id, relative) => (await opened).library.assetPath(id, relative),
    cover: async (id) => (await opened).library.cover(id),
    embedded: async (id, rawHash, at) => (await opened).library.embedded(id, rawHash, at),
    documentFile: async (id, rawHash) => (await opened).library.fileBytes(id, rawHash),
    documentLines: async (...wanted) => (await opened).documentLines(...wanted),
  });
  try {
    const starting = startServer({ core: opened, handle: firstView.handle, clients, site, port: options.port, log });
    // Also where it fails: the core is what lets go of the data folder.
    void starting.finally(beginCore).catch(() => {});
    const server = await starting;
    process.stdout.write(`Lectern is at ${server.address}\n`);
    if (options.open) await showInBrowser(server);
    if (options.watch) watchBundle(() => site.refresh().then(() => server.reloadPages()));
    return server;
  } catch (error) {
    await (await opened).close();
    if (!isSystemError(error)) throw error;
    return exitWith(1, `Port ${options.port} cannot be used (${error.code}). Choose another with --port, or leave it out.`);
  }
}

/** Opens the reader's browser; the page that leads it goes when the browser is there, and with the server at the latest. */
async function showInBrowser({ address, opened }: Server): Promise<void> {
  try {
    withdrawPage = await openBrowser(address, offerFolder(dataFolder), log);
    void opened.then(withdrawPage);
  } catch (error) {
    log.warn('No browser could be opened. Open the address above in one', error);
  }
}

/** Hears the signals that ask this process to end; it ends at once on a second one. */
function hearEnd(): { asked: Promise<void>; isAsked(): boolean } {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  let isAsked = false;
  onEndSignal(() => {
    if (isAsked) process.exit(1);
    isAsked = true;
    resolve();
  });
  return { asked, isAsked: () => isAsked };
}

/** Ends once everything is on the disk. */
async function end(opened: Core, server: Server | undefined): Promise<never> {
  try {
    await withdrawPage();
    await server?.flushPages(FLUSH_LIMIT);
    await opened.flush();
    await firstView.close();
    await server?.close();
    await opened.close();
    process.exit(0);
  } catch (error) {
    log.error('Lectern did not end cleanly', error);
    process.exit(1);
  }
}

function watchBundle(onRebuilt: () => Promise<void>): void {
  let settle: NodeJS.Timeout | undefined;
  watch(bundleFolder, { recursive: true }, () => {
    clearTimeout(settle);
    settle = setTimeout(() => onRebuilt().catch((error: unknown) => log.warn('The bundle could not be read', error)), 200);
  });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function exitWith(code: number, sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}
