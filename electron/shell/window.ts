import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Settings } from '#api';
import type { Log } from '../log';
import { pageUrl } from './scheme';
import { backgroundOf, nativeThemeOf } from './theme';
import { placeWindow } from './window-bounds';

export interface WindowOptions {
  /** The bundled preload script, absolute. */
  preload: string;
  /** A PNG, absolute: on Linux the window brings its icon along, elsewhere the application has it. */
  icon: string;
  development: boolean;
  platform: NodeJS.Platform;
  theme: Settings['theme'];
  /** What `windowStateOf` gave when the last window was closed. */
  savedState: unknown;
  log: Log;
}

/** Opens the window: sandboxed, isolated from Node, shown when its page is drawn. */
export function openWindow({ preload, icon, development, platform, theme, savedState, log }: WindowOptions): BrowserWindow {
  nativeTheme.themeSource = nativeThemeOf(theme);
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const { bounds, minimum, maximized } = placeWindow(savedState, workAreas);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: minimum.width,
    minHeight: minimum.height,
    title: 'Lectern',
    ...(platform === 'linux' && { icon }),
    show: false,
    backgroundColor: backgroundOf(theme, nativeTheme.shouldUseDarkColors),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools: development,
      spellcheck: platform === 'darwin',
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.loadURL(pageUrl).catch((error: unknown) => {
    log.error('The page could not be loaded', error);
    if (!window.isDestroyed()) window.show();
  });
  return window;
}
