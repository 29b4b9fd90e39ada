import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AppInfo, DocumentPage, Settings } from '#api';
import { buildFolder } from '../../../electron/vite.shared';
import { withHome } from '../../own-home';
import { waitFor } from '../wait-for';
import { createElectron, emitPreventable, importWith, type StandIn } from './electron-stand-in';

let electron: StandIn;
let folder: string;
const { argv, exitCode } = process;

/** What the main process listens to for its log, and who does so besides: these tests run in the process itself. */
const uncaught = ['uncaughtExceptionMonitor', 'unhandledRejection'] as const;
const listenersOf = (event: string) => process.listeners(event as NodeJS.Signals);
const ours = { uncaughtExceptionMonitor: listenersOf('uncaughtExceptionMonitor'), unhandledRejection: listenersOf('unhandledRejection') };

/** An application folder with a page, its worker threads and a seed, as Electron would find it. */
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-main-'));
  await mkdir(path.join(folder, 'app/.vite/renderer/main_window'), { recursive: true });
  await writeFile(path.join(folder, 'app/.vite/renderer/main_window/index.html'), '<!doctype html><title>Lectern</title>');
  await symlink(buildFolder, path.join(folder, 'app/.vite/build'), 'junction');
  await mkdir(path.join(folder, 'app/seeds'));
  await writeFile(path.join(folder, 'app/seeds/seed.txt'), ' date 2021-12-03 A seed for the reader. It has words.');
  electron = createElectron();
  electron.app.appPath = path.join(folder, 'app');
  electron.app.appData = path.join(folder, 'appdata');
  for (const [name, value] of Object.entries(withHome(path.join(folder, 'home')))) vi.stubEnv(name, value);
  vi.stubEnv('HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  process.argv = argv;
  if (electron.app.windows.length > 0 || electron.journal.includes('menu')) {
    for (const window of electron.app.windows) window.webContents.on('sent', (_, name) => name === 'app.flush' && void flushed());
    electron.app.quit();
    await electron.app.ended.promise;
  }
  process.exitCode = exitCode;
  for (const event of uncaught)
    for (const listener of listenersOf(event)) if (!ours[event].includes(listener)) process.off(event, listener);
  await rm(folder, { recursive: true, force: true });
});

/** What a page does last when it starts. */
const listen = () => electron.invoke('shell.set-keys', { keys: {} });

const flushed = () => electron.invoke('shell.flushed', {});

let starts = 0;

/** Starts Electron's main process as `lectern ...args`: its first module is evaluated anew each time, and what it imports is not. */
async function start(...args: string[]): Promise<void> {
  process.argv = ['/usr/bin/lectern', ...args];
  starts += 1;
  await importWith(electron, () => import(/* @vite-ignore */ `../../../electron/main.ts?start=${starts}`));
}

/** Lets Electron become ready and waits for the window. */
async function open(...args: string[]) {
  await start(...args);
  electron.app.ready.resolve();
  const window = await waitFor(() => {
    const [first] = electron.app.windows;
    if (!first) throw new Error(`No window: ${electron.errors.join()}`);
    return first;
  });
  const events = (name: string) => window.webContents.sent.filter(([, event]) => event === name).map(([, , payload]) => payload);
  return { window, events };
}

describe('before Electron is ready', () => {
  test('everything that must be early is done, in order, without waiting', async () => {
    await start();
    expect(electron.journal.filter((line) => !line.startsWith('ipc electron-store'))).toEqual([
      'setPath userData',
      'requestSingleInstanceLock',
      'enableSandbox',
      'switch host-resolver-rules',
      'switch no-proxy-server',
      'switch disable-background-networking',
      'registerSchemesAsPrivileged',
    ]);
    expect(electron.privileged().map(({ scheme }) => scheme)).toEqual(['lectern']);
    expect(electron.app.paths['userData']).toBe(path.join(folder, 'appdata/Lectern/chromium'));
    expect(electron.app.windows).toEqual([]);
  });

  test('root may run it without the sandbox that root cannot have; the window asks for its own all the same', async () => {
    electron.app.switches['no-sandbox'] = '';
    const { window } = await open('--no-sandbox');
    expect(electron.journal).not.toContain('enableSandbox');
    expect(window.options.webPreferences?.sandbox).toBe(true);
  });

  test('a second instance hands its files over and ends, touching nothing', async () => {
    electron.app.lockTaken = true;
    await start('/texts/a.txt');
    expect(electron.app.handedOver).toEqual({ files: [path.resolve('/texts/a.txt')], links: [] });
    expect(electron.journal).not.toContain('enableSandbox');
    await electron.app.ended.promise;
  });

  test('an option without its folder is told, and the application ends', async () => {
    await start('--data');
    expect(electron.errors).toEqual([expect.stringContaining('--data needs a folder')]);
    expect(electron.app.exitCode).toBe(1);
    await electron.app.ended.promise;
  });
});

describe('when Electron is ready', () => {
  test('the session is closed and the page served before there is a window, and no channel answered but its own', async () => {
    await open();
    const order = ['permissions', 'handle lectern', 'ipc call', 'menu', 'window'];
    expect(electron.journal.filter((line) => order.includes(line))).toEqual(order);
    expect(electron.session.lets('https://example.com/')).toBe(false);
    expect(electron.channels().sort()).toEqual(['call', 'upload']);
    const answer = await electron.session.schemes.get('lectern')?.(new Request('http://stand-in/'));
    expect(answer?.status).toBe(404);
    const page = await electron.session.schemes.get('lectern')?.({
      url: 'lectern://app/',
      method: 'GET',
      headers: new Headers(),
    } as Request);
    expect(await page?.text()).toContain('<title>Lectern</title>');
  });

  test('the page gets its calls answered by the core, with what this host can do', async () => {
    const { window } = await open();
    expect(window.loaded).toBe('lectern://app/');
    const info = (await electron.invoke('app.info', {})) as AppInfo;
    expect(info).toMatchObject({
      version: '1.2.3',
      dataFolder: path.join(folder, 'appdata/Lectern/data'),
      capabilities: {
        folderDialog: true,
        saveDialog: true,
        nativeMenu: true,
        linkDialog: true,
        fileManager: true,
        systemLinks: true,
        clipboard: true,
      },
    });
    await waitFor(async () => {
      const query = { sort: 'date', ascending: false };
      const { rows } = (await electron.invoke('library.documents', { query, from: 0, count: 9, locate: [] })) as DocumentPage;
      expect(rows.map(({ fileName }) => fileName)).toEqual(['seed.txt']);
    });
  });

  test('--data keeps everything in its folder', async () => {
    const data = path.join(folder, 'mine');
    await open('--data', data);
    expect((await electron.invoke('app.info', {})) as AppInfo).toMatchObject({ dataFolder: data });
    expect(electron.app.paths['userData']).toMatch(/Lectern[/\\]chromium-[0-9a-f]{16}$/);
  });

  test('--library adds a folder; one that is not there is told to the page when it listens', async () => {
    await mkdir(path.join(folder, 'texts'));
    const { events } = await open('--library', path.join(folder, 'texts'), '--library', path.join(folder, 'gone'));
    await waitFor(async () => {
      const { folders } = (await electron.invoke('library.overview', {})) as { folders: { path: string }[] };
      expect(folders.map(({ path: at }) => at)).toContain(path.join(folder, 'texts'));
    });
    expect(events('app.problem')).toEqual([]);
    await listen();
    await waitFor(() =>
      expect(events('app.problem')).toEqual([expect.objectContaining({ path: path.join(folder, 'gone'), toldOnce: true })]),
    );
  });

  test('a menu item runs its command in the page; the reader’s own keys are shown', async () => {
    const { events } = await open();
    const find = (id: string) =>
      electron
        .menu()
        .flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
        .find((item) => item.id === id);
    const [item, base] = [undefined, undefined] as unknown as Parameters<NonNullable<NonNullable<ReturnType<typeof find>>['click']>>;
    find('go.search')?.click?.(item, base, {});
    expect(events('app.command')).toEqual([{ command: 'go.search' }]);
    await electron.invoke('shell.set-keys', { keys: { 'go.search': 'Mod+P' } });
    expect(find('go.search')?.accelerator).toBe('CommandOrControl+P');
  });
});

describe('files from outside', () => {
  test('from the command line, from macOS before it is ready, and from a second instance: each is told once', async () => {
    for (const name of ['one', 'two', 'three']) await writeFile(path.join(folder, `${name}.txt`), `Document ${name}. It has words.`);
    await start(path.join(folder, 'one.txt'));
    expect(emitPreventable(electron.app, 'open-file', path.join(folder, 'two.txt'))).toBe(true);
    electron.app.ready.resolve();
    const window = await waitFor(() => {
      const [first] = electron.app.windows;
      if (!first) throw new Error('No window');
      return first;
    });
    const opened = () => window.webContents.sent.filter(([, event]) => event === 'app.opened').flatMap(([, , outcomes]) => outcomes);
    expect(opened()).toEqual([]);
    await listen();
    await waitFor(() => expect(opened()).toMatchObject([{ name: 'one.txt' }, { name: 'two.txt' }]));
    window.minimized = true;
    electron.app.emit('second-instance', {}, [], '/', { files: [path.join(folder, 'three.txt')], links: [] });
    expect(window.journal).toEqual(['restore', 'show', 'focus']);
    await waitFor(() => expect(opened()).toHaveLength(3));
    const copied = path.join(folder, 'appdata/Lectern/data/documents');
    expect(await readFile(path.join(copied, 'three.txt'), 'utf8')).toBe('Document three. It has words.');
  });
});

describe('links from outside', () => {
  const [one, two, three] = ['one', 'two', 'three'].map((name) => `lectern://document/${name}`);

  test('from the command line, from macOS before it is ready, and from a second instance: each is told once, when the page listens', async () => {
    await start(one ?? '');
    expect(emitPreventable(electron.app, 'open-url', two)).toBe(true);
    electron.app.ready.resolve();
    const window = await waitFor(() => {
      const [first] = electron.app.windows;
      if (!first) throw new Error('No window');
      return first;
    });
    const opened = () => window.webContents.sent.filter(([, event]) => event === 'app.open-link').map(([, , payload]) => payload);
    expect(opened()).toEqual([]);
    await listen();
    expect(opened()).toEqual([{ address: one }, { address: two }]);
    electron.app.emit('second-instance', {}, [], '/', { files: [], links: [three] });
    expect(window.journal).toEqual(['show', 'focus']);
    expect(opened()).toEqual([{ address: one }, { address: two }, { address: three }]);
  });

  test('are asked of the system by what is installed, not by what is being developed', async () => {
    await start();
    expect(electron.app.protocols).toEqual([]);
  });
});

describe('on macOS', () => {
  beforeEach(() => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin');
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('a file that is opened while there is no window gets one, and is told to it', async () => {
    await writeFile(path.join(folder, 'one.txt'), 'Document one. It has words.');
    const { window } = await open();
    window.close();
    await waitFor(() => expect(electron.app.windows).toHaveLength(0));
    emitPreventable(electron.app, 'open-file', path.join(folder, 'one.txt'));
    await waitFor(() => expect(electron.app.windows).toHaveLength(1));
    const [again] = electron.app.windows;
    await listen();
    await waitFor(() =>
      expect(again?.webContents.sent.filter(([, event]) => event === 'app.opened').flatMap(([, , outcomes]) => outcomes)).toMatchObject([
        { name: 'one.txt' },
      ]),
    );
    emitPreventable(electron.app, 'activate', true);
    expect(electron.app.windows).toHaveLength(1);
    // The document that came is told to the window that there is now, and not to the one that is gone.
    const toldOf = (contents: typeof window.webContents | undefined) => contents?.sent.filter(([, event]) => event === 'library.changed');
    await waitFor(() => expect(toldOf(again?.webContents)?.length).toBeGreaterThan(0));
    expect(again?.webContents.id).not.toBe(window.webContents.id);
  });
});

describe('the end', () => {
  test('the window waits for the page to save, and is opened where it was the next time', async () => {
    const { window, events } = await open();
    await listen();
    window.close();
    await waitFor(() => expect(events('app.flush')).toEqual([{}]));
    expect(window.isDestroyed()).toBe(false);
    await flushed();
    await electron.app.ended.promise;
    const { appPath, appData } = electron.app;
    electron = createElectron();
    Object.assign(electron.app, { appPath, appData });
    const again = await open();
    expect(again.window.options).toMatchObject({ x: 10, y: 20, width: 900, height: 700 });
  });

  test('settings are there again after it', async () => {
    const { window } = await open();
    await electron.invoke('settings.update', { patch: { theme: 'night' } });
    window.close();
    await electron.app.ended.promise;
    const { appPath, appData } = electron.app;
    electron = createElectron();
    Object.assign(electron.app, { appPath, appData });
    await open();
    expect((await electron.invoke('settings.read', {})) as Settings).toMatchObject({ theme: 'night' });
    expect(electron.module.nativeTheme.themeSource).toBe('dark');
  });

  test('data that another Lectern has open is left alone, and that is told', async () => {
    await open();
    const first = electron;
    const second = createElectron();
    Object.assign(second.app, { appPath: first.app.appPath, appData: first.app.appData });
    electron = second;
    await start();
    second.app.ready.resolve();
    await second.app.ended.promise;
    expect(second.errors).toEqual([expect.stringContaining('Lectern is already open')]);
    expect(second.app.exitCode).toBe(1);
    electron = first;
  });
});
