import type { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, test } from 'vitest';
import { createPage } from '../../../electron/shell/page';
import { backgroundOf, nativeThemeOf } from '../../../electron/shell/theme';
import { waitFor } from '../wait-for';
import { asElectron, createElectron, createLog, importWith, type StandIn, type StandInWindow } from './electron-stand-in';

let electron: StandIn;
let log: ReturnType<typeof createLog>;
beforeEach(() => {
  electron = createElectron();
  log = createLog();
});

async function open(options: { development?: boolean; platform?: NodeJS.Platform; savedState?: unknown } = {}): Promise<StandInWindow> {
  const { openWindow } = await importWith(electron, () => import('../../../electron/shell/window'));
  const all = {
    preload: '/build/preload.cjs',
    icon: '/icons/icon.png',
    development: false,
    platform: 'linux',
    theme: 'night',
    savedState: undefined,
    log,
  } as const;
  return asElectron<StandInWindow>(openWindow({ ...all, ...options }));
}

describe('openWindow', () => {
  test('is sandboxed, isolated from Node, and without developer tools', async () => {
    const { options } = await open();
    expect(options.webPreferences).toEqual({
      preload: '/build/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools: false,
      spellcheck: false,
    });
    expect((await open({ development: true })).options.webPreferences).toMatchObject({ devTools: true, sandbox: true });
    expect((await open({ platform: 'darwin' })).options.webPreferences).toMatchObject({ spellcheck: true });
  });

  test('loads the page, and is shown in the colour of its theme when the page is drawn', async () => {
    const window = await open();
    expect(window.loaded).toBe('lectern://app/');
    expect(window.options).toMatchObject({ show: false, backgroundColor: '#1a1a1c' });
    expect(electron.module.nativeTheme.themeSource).toBe('dark');
    expect(window.journal).toEqual([]);
    window.emit('ready-to-show');
    expect(window.journal).toEqual(['show']);
  });

  test('brings its icon along on Linux, where the application has none', async () => {
    expect((await open()).options.icon).toBe('/icons/icon.png');
    for (const platform of ['win32', 'darwin'] as const) expect((await open({ platform })).options).not.toHaveProperty('icon');
  });

  test('opens where it was', async () => {
    const window = await open({ savedState: { x: 30, y: 40, width: 900, height: 700, maximized: true } });
    expect(window.options).toMatchObject({ x: 30, y: 40, width: 900, height: 700 });
    expect(window.maximized).toBe(true);
  });

  test('a page that does not load shows a window all the same, and is logged', async () => {
    electron.module.BrowserWindow.prototype.loadURL = () => Promise.reject(new Error('ERR_FAILED'));
    const window = await open();
    await waitFor(() => expect(window.journal).toEqual(['show']));
    expect(log.lines.join()).toContain('ERR_FAILED');
  });
});

describe('createPage', () => {
  const create = () => {
    const page = createPage();
    const window = new electron.module.BrowserWindow({});
    page.attach(asElectron<BrowserWindow>(window));
    return { page, window };
  };

  test('sends events to the window, while there is one', () => {
    const { page, window } = create();
    page.send('app.flush', {});
    expect(window.webContents.sent).toEqual([['event', 'app.flush', {}]]);
    window.destroy();
    page.send('app.flush', {});
    expect(page.window()).toBeUndefined();
    expect(window.webContents.sent).toHaveLength(1);
  });

  test('what is told once waits until the page listens', () => {
    const { page, window } = create();
    page.sendOnce('app.opened', [{ name: 'a.txt' }]);
    expect(window.webContents.sent).toEqual([]);
    page.setListening(true);
    page.setListening(true);
    expect(window.webContents.sent).toEqual([['event', 'app.opened', [{ name: 'a.txt' }]]]);
    page.sendOnce('app.opened', []);
    expect(window.webContents.sent).toHaveLength(2);
  });

  test('a new window does not listen yet', () => {
    const { page, window } = create();
    page.setListening(true);
    window.destroy();
    expect(page.isListening()).toBe(false);
    page.attach(asElectron<BrowserWindow>(new electron.module.BrowserWindow({})));
    expect(page.isListening()).toBe(false);
  });

  test('comes to the front', () => {
    const { page, window } = create();
    window.minimized = true;
    page.show();
    expect(window.journal).toEqual(['restore', 'show', 'focus']);
  });
});

test.each([
  ['system', 'system', '#1a1a1c'],
  ['paper', 'light', '#fbf9f4'],
  ['white', 'light', '#ffffff'],
  ['sepia', 'light', expect.stringMatching(/^#[0-9a-f]{6}$/)],
  ['night', 'dark', '#1a1a1c'],
  ['black', 'dark', '#000000'],
] as const)('the theme %s is %s for native parts', (theme, native, background) => {
  expect(nativeThemeOf(theme)).toBe(native);
  expect(backgroundOf(theme, true)).toEqual(background);
  if (theme === 'system') expect(backgroundOf(theme, false)).toBe('#fbf9f4');
});
