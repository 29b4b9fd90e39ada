import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { app, dialog, Menu, protocol, session } from 'electron';
import type { CommandId } from '#api';
import { type Core, createCore, DataFolderInUse } from './core';
import { type Log, logUncaught, openLog } from './log';
import { guardClosing } from './shell/closing';
import { type CommandLine, ownArguments, parseCommandLine } from './shell/command-line';
import { setUpContextMenu } from './shell/context-menu';
import { recoverFromCrashes } from './shell/crash-recovery';
import { createFlush, type Flush } from './shell/flush';
import { chooseFolders, type Folders } from './shell/folders';
import { setUpSingleInstance } from './shell/instance';
import { clientOf, closeStoreChannel, setUpIpc } from './shell/ipc';
import { setUpLinks } from './shell/links';
import { menuTemplate } from './shell/menu';
import { setUpNavigation } from './shell/navigation';
import { createOpening, type Opening } from './shell/opening';
import { createPage, type Page } from './shell/page';
import { setUpProtocol } from './shell/protocol';
import { setUpQuitting } from './shell/quitting';
import { privilegedScheme } from './shell/scheme';
import { setUpNetwork, setUpSession } from './shell/session';
import { createShellMethods } from './shell/shell-methods';
import { answerInstaller } from './shell/squirrel';
import { openWindow } from './shell/window';
import { onEndSignal } from './signals';
import { openSite } from './site';

const { platform } = process;
const development = !app.isPackaged;
const args = ownArguments(process.argv, process.defaultApp ? app.getAppPath() : undefined);
const bundle = path.join(app.getAppPath(), '.vite');
const capabilities = {
  folderDialog: true,
  saveDialog: true,
  nativeMenu: true,
  linkDialog: true,
  fileManager: true,
  systemLinks: true,
  clipboard: true,
};

/** A file or folder that lies beside the package, by its path in the sources. */
const resource = (source: string): string =>
  app.isPackaged ? path.join(process.resourcesPath, path.basename(source)) : path.join(app.getAppPath(), source);

/** What is there before Electron is ready. */
interface Prepared {
  commandLine: CommandLine;
  folders: Folders;
  page: Page;
  opening: Opening;
  log: Log;
}

/** All that must happen before `ready`, and so without waiting for anything; `undefined` for a second instance. */
function prepare(): Prepared | undefined {
  const commandLine = parseCommandLine(args, process.cwd());
  const folders = chooseFolders(app.getPath('appData'), commandLine.data);
  mkdirSync(folders.profile, { recursive: true });
  app.setPath('userData', folders.profile);

  const log = openLog({ folder: path.join(folders.local, 'logs') });
  logUncaught(process, log);
  const page = createPage();
  const opening = createOpening(page, log);
  let openLinks: (addresses: readonly string[]) => void = () => {};
  const isFirst = setUpSingleInstance(app, commandLine, ({ files, links }) => {
    page.show();
    opening.open(files);
    openLinks(links);
  });
  if (!isFirst) return undefined;
  openLinks = setUpLinks(app, { page, log });

  // Root needs `--no-sandbox`, which this would take back behind Chromium's back. The window asks for its own in any case.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  setUpNetwork(app);
  protocol.registerSchemesAsPrivileged([privilegedScheme]);
  setUpNavigation(app);
  setUpContextMenu(app);
  app.on('open-file', (event, file) => {
    event.preventDefault();
    // On macOS the application goes on without a window.
    page.show();
    opening.open([file]);
  });
  opening.open(commandLine.files);
  openLinks(commandLine.links);
  return { commandLine, folders, page, opening, log };
}

async function start({ commandLine, folders, page, opening, log }: Prepared): Promise<void> {
  await app.whenReady();
  setUpSession(session.defaultSession, { development, platform, log });

  const core = await createCore({
    dataFolder: folders.data,
    localFolder: folders.local,
    seedsFolder: resource('seeds'),
    workersFolder: path.join(bundle, 'build'),
    version: app.getVersion(),
    capabilities,
    log,
  });
  closeStoreChannel();
  const quitting = setUpQuitting(app, { close: () => core.close(), platform, log });
  onEndSignal(() => app.quit());
  const site = await openSite({
    bundleFolder: path.join(bundle, 'renderer/main_window'),
    assetPath: (documentId, relative) => core.library.assetPath(documentId, relative),
    cover: (id) => core.library.cover(id),
    embedded: (documentId, rawHash, at) => core.library.embedded(documentId, rawHash, at),
    documentFile: (documentId, rawHash) => core.library.fileBytes(documentId, rawHash),
    documentLines: core.documentLines,
  });
  setUpProtocol(session.defaultSession, site, log);

  const flush = createFlush(page);
  const showKeys = (keys: Readonly<Record<string, string>>) => setUpMenu(page, keys);
  setUpIpc({
    page: () => page.window()?.webContents,
    core,
    shell: createShellMethods({
      dataFolder: folders.data,
      exports: core.exports,
      window: page.window,
      showKeys,
      onFlushed: flush.answer,
      log,
    }),
    // The last that a page does when it starts, with its state read, is to give its keys to the menu.
    onCall: (method) => method === 'shell.set-keys' && page.setListening(true),
    log,
  });
  showKeys(core.settings.read().keys);

  const open = () => setUpWindow({ core, page, flush, onStay: quitting.stay, log });
  open();
  page.setOpener(open);
  app.on('activate', page.show);
  opening.start(core.library);
  await addFolders(core, commandLine.libraries, page);
}

interface WindowParts {
  core: Core;
  page: Page;
  flush: Flush;
  onStay(): void;
  log: Log;
}

function setUpWindow({ core, page, flush, onStay, log }: WindowParts): void {
  const preload = path.join(bundle, 'build/preload.cjs');
  const savedState = core.machine.windowState();
  const icon = resource('electron/icons/icon.png');
  const window = openWindow({ preload, icon, development, platform, theme: core.settings.read().theme, savedState, log });
  page.attach(window);
  const { webContents } = window;
  const unsubscribe = core.subscribe(clientOf(webContents), (event, payload) => {
    if (!window.isDestroyed()) webContents.send('event', event, payload);
  });
  window.on('closed', unsubscribe);
  guardClosing(window, { flush, keepState: (state) => core.machine.setWindowState(state), quit: () => app.quit(), onStay, log });
  const lost = () => {
    page.setListening(false);
    flush.lost();
  };
  recoverFromCrashes(window, { lost, log });
}

function setUpMenu(page: Page, keys: Readonly<Record<string, string>>): void {
  const run = (command: CommandId) => page.send('app.command', { command });
  const template = menuTemplate({ platform, development, keys, run, page: () => page.window()?.webContents });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Adds the folders of the command line; one that is there already is no news. */
async function addFolders(core: Core, folders: readonly string[], page: Page): Promise<void> {
  for (const folder of folders) {
    const added = await core.library.addFolder(folder);
    if (added.ok || added.failure.code === 'folder-already-added') continue;
    page.sendOnce('app.problem', { id: `folder:${folder}`, message: added.failure.message, path: folder, toldOnce: true });
  }
}

/** Says what kept Lectern from starting, and ends it. */
function giveUp(error: unknown): void {
  const title = error instanceof DataFolderInUse ? 'Lectern is already open' : 'Lectern could not start';
  dialog.showErrorBox(title, error instanceof Error ? error.message : String(error));
  app.exit(1);
}

function run(): void {
  const execute = promisify(execFile);
  const installer = answerInstaller({
    args,
    executable: process.execPath,
    run: async (program, given) => void (await execute(program, given)),
  });
  if (installer) {
    installer.finally(() => app.quit()).catch(giveUp);
    return;
  }
  const prepared = prepare();
  if (prepared) start(prepared).catch(giveUp);
  else app.quit();
}

try {
  run();
} catch (error) {
  giveUp(error);
}
