import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { vi } from 'vitest';
import type { Log } from '../../../electron/log';

/**
 * Stands in for the `electron` module: it does what Electron's documentation says of the pieces that the shell uses, is
 * typed by Electron's declarations, and writes down in `journal` what was asked of it, in order.
 */

/** Electron's events that can be prevented. */
class StandInEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/** Emits an event that can be prevented; tells whether it was. */
export function emitPreventable(emitter: EventEmitter, name: string, ...rest: unknown[]): boolean {
  const event = new StandInEvent();
  emitter.emit(name, event, ...rest);
  return event.defaultPrevented;
}

type Frame = Pick<Electron.WebFrameMain, 'url' | 'parent'>;
type Contents = Pick<
  Electron.WebContents,
  | 'send'
  | 'reload'
  | 'forcefullyCrashRenderer'
  | 'undo'
  | 'redo'
  | 'setWindowOpenHandler'
  | 'setWebRTCIPHandlingPolicy'
  | 'replaceMisspelling'
>;
type Window = Pick<
  Electron.BrowserWindow,
  | 'loadURL'
  | 'show'
  | 'focus'
  | 'restore'
  | 'isMinimized'
  | 'maximize'
  | 'isMaximized'
  | 'isDestroyed'
  | 'destroy'
  | 'close'
  | 'getNormalBounds'
  | 'setBackgroundColor'
>;
type App = Pick<
  Electron.App,
  | 'isPackaged'
  | 'getPath'
  | 'setPath'
  | 'getAppPath'
  | 'getVersion'
  | 'requestSingleInstanceLock'
  | 'setAsDefaultProtocolClient'
  | 'enableSandbox'
  | 'whenReady'
  | 'quit'
  | 'exit'
> & { commandLine: Pick<Electron.CommandLine, 'appendSwitch' | 'hasSwitch'> };
type Session = Pick<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerDictionaryDownloadURL'
  | 'setSpellCheckerEnabled'
>;
type Dialog = Pick<Electron.Dialog, 'showErrorBox'> & {
  showMessageBox(first: unknown, second?: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue>;
  showMessageBoxSync(first: unknown, second?: Electron.MessageBoxSyncOptions): number;
};

export class StandInContents extends EventEmitter implements Contents {
  static #made = 0;
  readonly id = ++StandInContents.#made;
  readonly sent: unknown[][] = [];
  readonly journal: string[] = [];
  readonly mainFrame: Frame = { url: 'lectern://app/', parent: null };
  windowOpenHandler: Parameters<Contents['setWindowOpenHandler']>[0] | undefined;
  rtcPolicy: string | undefined;

  send(...message: unknown[]): void {
    this.sent.push(message);
    this.emit('sent', ...message);
  }
  reload(): void {
    this.journal.push('reload');
  }
  forcefullyCrashRenderer(): void {
    this.journal.push('forcefullyCrashRenderer');
    this.emit('render-process-gone', new StandInEvent(), { reason: 'killed', exitCode: 9 });
  }
  undo(): void {
    this.journal.push('undo');
  }
  redo(): void {
    this.journal.push('redo');
  }
  replaceMisspelling(word: string): void {
    this.journal.push(`replaceMisspelling ${word}`);
  }
  setWindowOpenHandler(handler: Parameters<Contents['setWindowOpenHandler']>[0]): void {
    this.windowOpenHandler = handler;
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.rtcPolicy = policy;
  }
}

class StandInApp extends EventEmitter implements App {
  isPackaged = false;
  /** Another instance has the lock. */
  lockTaken = false;
  appData = '/nowhere';
  appPath = '/nowhere';
  readonly paths: Record<string, string> = {};
  readonly switches: Record<string, string> = {};
  readonly windows: StandInWindow[] = [];
  readonly ready = Promise.withResolvers<void>();
  /** Resolves when the application has ended. */
  readonly ended = Promise.withResolvers<void>();
  #quitting = false;

  readonly journal: string[];
  constructor(journal: string[]) {
    super();
    this.journal = journal;
  }
  readonly commandLine = {
    appendSwitch: (name: string, value = '') => {
      this.journal.push(`switch ${name}`);
      this.switches[name] = value;
    },
    hasSwitch: (name: string) => name in this.switches,
  };
  getPath(name: string): string {
    return this.paths[name] ?? this.appData;
  }
  setPath(name: string, value: string): void {
    this.journal.push(`setPath ${name}`);
    this.paths[name] = value;
  }
  getAppPath(): string {
    return this.appPath;
  }
  getVersion(): string {
    return '1.2.3';
  }
  /** Schemes that the system is to hand to the application. */
  readonly protocols: string[] = [];
  refusesProtocols = false;
  setAsDefaultProtocolClient(protocol: string): boolean {
    if (!this.refusesProtocols) this.protocols.push(protocol);
    return !this.refusesProtocols;
  }
  handedOver: unknown;
  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    this.journal.push('requestSingleInstanceLock');
    this.handedOver = additionalData;
    return !this.lockTaken;
  }
  enableSandbox(): void {
    this.journal.push('enableSandbox');
  }
  async whenReady(): Promise<void> {
    await this.ready.promise;
  }
  /** As `Browser::Quit` in Electron: before-quit, then every window's close, then will-quit; each can be refused. */
  quit(): void {
    if (this.#quitting) return;
    this.#quitting = !emitPreventable(this, 'before-quit');
    if (!this.#quitting) return;
    if (this.windows.length === 0) {
      this.shutDown();
      return;
    }
    for (const window of [...this.windows]) {
      window.close();
      if (!window.isDestroyed()) {
        this.#quitting = false;
        return;
      }
    }
  }
  exitCode: number | undefined;
  /** Ends at once, without asking anything. */
  exit(exitCode = 0): void {
    this.exitCode = exitCode;
    this.ended.resolve();
  }
  shutDown(): void {
    if (emitPreventable(this, 'will-quit')) {
      this.#quitting = false;
      return;
    }
    this.journal.push('ended');
    this.ended.resolve();
  }
  /** A window is gone. */
  removeWindow(window: StandInWindow): void {
    this.windows.splice(this.windows.indexOf(window), 1);
    if (this.windows.length > 0) return;
    if (this.#quitting) this.shutDown();
    else this.emit('window-all-closed');
  }
}

export class StandInWindow extends EventEmitter implements Window {
  readonly webContents = new StandInContents();
  readonly journal: string[] = [];
  background: string | undefined;
  loaded: string | undefined;
  minimized = false;
  maximized = false;
  readonly #app: StandInApp;
  #destroyed = false;

  readonly options: Electron.BrowserWindowConstructorOptions;
  constructor(app: StandInApp, options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    this.#app = app;
    app.windows.push(this);
    app.journal.push('window');
    app.emit('web-contents-created', new StandInEvent(), this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.loaded = url;
  }
  show(): void {
    this.journal.push('show');
  }
  focus(): void {
    this.journal.push('focus');
  }
  restore(): void {
    this.minimized = false;
    this.journal.push('restore');
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  maximize(): void {
    this.maximized = true;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  getNormalBounds(): Electron.Rectangle {
    return { x: 10, y: 20, width: 900, height: 700 };
  }
  setBackgroundColor(colour: string): void {
    this.background = colour;
  }
  close(): void {
    if (!emitPreventable(this, 'close')) this.destroy();
  }
  destroy(): void {
    this.#destroyed = true;
    this.emit('closed');
    this.#app.removeWindow(this);
  }
}

type Handler<K extends keyof Session> = Parameters<Session[K]>[0];

class StandInSession extends EventEmitter implements Session {
  permissionRequest: Handler<'setPermissionRequestHandler'> = null;
  permissionCheck: Handler<'setPermissionCheckHandler'> = null;
  devicePermission: Handler<'setDevicePermissionHandler'> = null;
  displayMedia: Handler<'setDisplayMediaRequestHandler'> = null;
  dictionaryUrl: string | undefined;
  spelling: boolean | undefined;
  readonly schemes = new Map<string, (request: Request) => Response | Promise<Response>>();
  beforeRequest: ((details: { url: string }, answer: (response: Electron.CallbackResponse) => void) => void) | undefined;

  readonly journal: string[];
  constructor(journal: string[]) {
    super();
    this.journal = journal;
  }
  setPermissionRequestHandler(handler: Handler<'setPermissionRequestHandler'>): void {
    this.journal.push('permissions');
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: Handler<'setPermissionCheckHandler'>): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: Handler<'setDevicePermissionHandler'>): void {
    this.devicePermission = handler;
  }
  setDisplayMediaRequestHandler(handler: Handler<'setDisplayMediaRequestHandler'>): void {
    this.displayMedia = handler;
  }
  setSpellCheckerDictionaryDownloadURL(url: string): void {
    this.dictionaryUrl = url;
  }
  setSpellCheckerEnabled(enable: boolean): void {
    this.spelling = enable;
  }
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => {
      this.journal.push(`handle ${scheme}`);
      this.schemes.set(scheme, handler);
    },
  };
  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<StandInSession['beforeRequest']>) => {
      this.beforeRequest = listener;
    },
  };
  /** Whether a request to `url` is let through. */
  lets(url: string): boolean {
    let cancelled: boolean | undefined;
    this.beforeRequest?.({ url }, ({ cancel }) => {
      cancelled = cancel;
    });
    return cancelled === false;
  }
}

interface Sender {
  sender: unknown;
  senderFrame: unknown;
}

type IpcListener = Parameters<Electron.IpcMain['handle']>[1];

/** A fresh module, and what it is made of. */
export function createElectron() {
  const journal: string[] = [];
  const app = new StandInApp(journal);
  const defaultSession = new StandInSession(journal);
  const handlers = new Map<string, IpcListener>();
  const listeners = new Set<string>();
  const messages: Electron.MessageBoxOptions[] = [];
  const errors: string[] = [];
  const asked: { parent: boolean; options: Electron.OpenDialogOptions | Electron.SaveDialogOptions }[] = [];
  /** What the reader answers, in order: buttons of message boxes, paths of file dialogs (`undefined`: cancelled). */
  const answers: { buttons: (number | Promise<number>)[]; paths: (string | undefined)[] } = { buttons: [], paths: [] };
  const outside = { copied: [] as string[], opened: [] as string[], refuses: false, clip: new Map<string, Blob>() };
  let menu: Electron.MenuItemConstructorOptions[] = [];
  let privileged: Electron.CustomScheme[] = [];

  const split = <T>(parentOrOptions: unknown, options: T | undefined): { parent: boolean; options: T } =>
    options === undefined ? { parent: false, options: parentOrOptions as T } : { parent: true, options };

  const dialog = {
    async showMessageBox(first: unknown, second?: Electron.MessageBoxOptions) {
      const { options } = split(first, second);
      messages.push(options);
      const stopped = new Promise<number>((resolve) => options.signal?.addEventListener('abort', () => resolve(options.cancelId ?? 0)));
      const response = await Promise.race([answers.buttons.shift() ?? options.cancelId ?? 0, stopped]);
      return { response, checkboxChecked: false };
    },
    showMessageBoxSync(first: unknown, second?: Electron.MessageBoxSyncOptions) {
      const { options } = split(first, second);
      messages.push(options);
      const answer = answers.buttons.shift() ?? options.cancelId ?? 0;
      if (typeof answer !== 'number') throw new Error('A dialog that is waited for has its answer at once.');
      return answer;
    },
    showErrorBox(title: string, content: string) {
      errors.push(`${title}: ${content}`);
    },
    async showOpenDialog(first: unknown, second?: Electron.OpenDialogOptions): Promise<Electron.OpenDialogReturnValue> {
      asked.push(split(first, second));
      const chosen = answers.paths.shift();
      return { canceled: chosen === undefined, filePaths: chosen === undefined ? [] : [chosen] };
    },
    async showSaveDialog(first: unknown, second?: Electron.SaveDialogOptions): Promise<Electron.SaveDialogReturnValue> {
      asked.push(split(first, second));
      const chosen = answers.paths.shift();
      return { canceled: chosen === undefined, filePath: chosen ?? '' };
    },
  } satisfies Dialog & Record<string, unknown>;

  const module = {
    app,
    dialog,
    BrowserWindow: class extends StandInWindow {
      constructor(options: Electron.BrowserWindowConstructorOptions) {
        super(app, options);
      }
    },
    session: { defaultSession },
    protocol: {
      registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]) {
        journal.push('registerSchemesAsPrivileged');
        privileged = schemes;
      },
    } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged'>,
    ipcMain: {
      handle(channel: string, listener: IpcListener) {
        journal.push(`ipc ${channel}`);
        handlers.set(channel, listener);
      },
      on(channel: string) {
        journal.push(`ipc ${channel}`);
        listeners.add(channel);
      },
      removeAllListeners(channel: string) {
        listeners.delete(channel);
      },
    },
    ClipboardItem: CopiedItem,
    clipboard: {
      writeText: async (text: string) => {
        if (outside.refuses) throw new Error('No clipboard');
        outside.copied.push(text);
      },
      async write(items: Electron.ClipboardItem[]) {
        if (outside.refuses) throw new Error('No clipboard');
        for (const item of items) if (item instanceof CopiedItem) outside.copied.push(...item.forms);
      },
      async read() {
        if (outside.refuses) throw new Error('No clipboard');
        return [
          asElectron<Electron.ClipboardItem>({ types: [...outside.clip.keys()], getType: async (type: string) => outside.clip.get(type) }),
        ];
      },
    } satisfies Pick<Electron.Clipboard, 'read' | 'write' | 'writeText'>,
    shell: {
      async openExternal(url: string) {
        if (outside.refuses) throw new Error('No application');
        outside.opened.push(url);
      },
      async openPath(path: string) {
        if (outside.refuses) return 'No application';
        outside.opened.push(path);
        return '';
      },
    } satisfies Pick<Electron.Shell, 'openExternal' | 'openPath'>,
    nativeTheme: { themeSource: 'system', shouldUseDarkColors: false } as Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'>,
    screen: {
      getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
    },
    Menu: {
      buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => ({ template, popup: () => journal.push('popup') }),
      setApplicationMenu(built: { template: Electron.MenuItemConstructorOptions[] }) {
        journal.push('menu');
        menu = built.template;
      },
    },
  };

  /** Asks on a channel as `ipcRenderer.invoke` does; by default from the first window's main frame. */
  async function send(channel: string, args: readonly unknown[], from?: Sender): Promise<unknown> {
    const contents = app.windows[0]?.webContents;
    const event = from ?? { sender: contents, senderFrame: contents?.mainFrame };
    return handlers.get(channel)?.(event as Electron.IpcMainInvokeEvent, ...args);
  }

  return {
    module,
    app,
    session: defaultSession,
    journal,
    messages,
    errors,
    asked,
    answers,
    outside,
    menu: () => menu,
    privileged: () => privileged,
    /** The channels on which a page is answered. */
    channels: () => [...handlers.keys(), ...listeners],
    send,
    /** Calls a method of the contract. */
    invoke: (method: unknown, args: unknown, from?: Sender) => send('call', [method, args], from),
  };
}

/** What is written to the clipboard at once, in several forms. */
class CopiedItem {
  readonly types: string[];
  readonly forms: string[];
  constructor(items: Record<string, string>) {
    this.types = Object.keys(items);
    this.forms = Object.values(items);
  }
  async getType(): Promise<never> {
    throw new Error('Nothing reads the clipboard.');
  }
}

export type StandIn = ReturnType<typeof createElectron>;

/** That of the test that runs. */
let current: StandIn | undefined;

/**
 * Loads modules with `electron` in the place of Electron's module. They are evaluated once for all tests of a file, and ask for each name of
 * Electron's when they need it.
 */
export async function importWith<T>(electron: StandIn, load: () => Promise<T>): Promise<T> {
  if (!current) {
    const names = Object.keys(electron.module) as (keyof StandIn['module'])[];
    const getters = names.map((name) => [name, { enumerable: true, get: () => current?.module[name] }]);
    // electron-store asks for the default export.
    const module = Object.defineProperties(
      {},
      { ...Object.fromEntries(getters), default: { enumerable: true, get: () => current?.module } },
    );
    vi.doMock('electron', () => module);
  }
  current = electron;
  return load();
}

/** A log that keeps its lines. */
export function createLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  const note = (level: string) => (message: string, cause?: unknown) => {
    lines.push(`${level} ${message}${cause === undefined ? '' : `: ${String(cause)}`}`);
  };
  return { lines, error: note('error'), warn: note('warn'), info: note('info') };
}

/** A stand-in, where the code under test takes Electron's own class. */
export const asElectron = <T>(standIn: object): T => standIn as T;
