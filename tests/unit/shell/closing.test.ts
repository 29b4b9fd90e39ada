import type { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Failure, fail, ok, type Result } from '#api';
import { setUpQuitting } from '../../../electron/shell/quitting';
import { waitFor } from '../wait-for';
import { asElectron, createElectron, createLog, emitPreventable, importWith, type StandIn, type StandInWindow } from './electron-stand-in';

let electron: StandIn;
let log: ReturnType<typeof createLog>;
beforeEach(() => {
  electron = createElectron();
  log = createLog();
});

const diskFull = fail('disk-full', 'The note on “Ukraine” could not be saved: the disk is full.').failure;

/** An open window over a core that closes, and a page that answers its flush when told to. */
async function setUp({ platform = 'linux' as NodeJS.Platform, close = async () => {}, diskIsFull = false } = {}) {
  const { guardClosing } = await importWith(electron, () => import('../../../electron/shell/closing'));
  const window: StandInWindow = new electron.module.BrowserWindow({});
  const requests: PromiseWithResolvers<Failure | undefined>[] = [];
  const kept: unknown[] = [];
  const request = () => {
    const answer = Promise.withResolvers<Failure | undefined>();
    requests.push(answer);
    return answer.promise;
  };
  const core = { close: vi.fn(close) };
  const quitting = setUpQuitting(asElectron(electron.app), { close: core.close, platform, log, limit: 1000 });
  const keepState = async (state: unknown): Promise<Result<null>> => {
    kept.push(state);
    return diskIsFull ? { ok: false, failure: diskFull } : ok(null);
  };
  guardClosing(asElectron<BrowserWindow>(window), {
    flush: { request },
    keepState,
    quit: () => electron.app.quit(),
    onStay: quitting.stay,
    log,
  });
  return { window, requests, kept, core };
}

/** Lets every step that is ready be taken. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('closing the window', () => {
  test('waits until the page has saved everything, keeps where the window was, and then ends the application', async () => {
    const { window, requests, kept, core } = await setUp();
    window.close();
    window.close();
    await settle();
    expect(requests).toHaveLength(1);
    expect(window.isDestroyed()).toBe(false);
    requests[0]?.resolve(undefined);
    await electron.app.ended.promise;
    expect(window.isDestroyed()).toBe(true);
    expect(kept).toEqual([{ x: 10, y: 20, width: 900, height: 700, maximized: false }]);
    expect(core.close).toHaveBeenCalledTimes(1);
    expect(electron.messages).toEqual([]);
  });

  test('tells the reader what was not saved, and stays open when they wish', async () => {
    const { window, requests, core } = await setUp();
    electron.answers.buttons = [0];
    window.close();
    requests[0]?.resolve(diskFull);
    await settle();
    expect(electron.messages[0]?.detail).toContain(diskFull.message);
    expect(electron.messages[0]).toMatchObject({ buttons: ['Keep open', 'Quit anyway'], defaultId: 0, cancelId: 0 });
    expect(window.isDestroyed()).toBe(false);
    expect(core.close).not.toHaveBeenCalled();
  });

  test('asks the page again at the next try', async () => {
    const { window, requests } = await setUp();
    electron.answers.buttons = [0];
    window.close();
    requests[0]?.resolve(diskFull);
    await settle();
    window.close();
    expect(requests).toHaveLength(2);
    requests[1]?.resolve(undefined);
    await electron.app.ended.promise;
  });

  test('closes with something unsaved when the reader says so', async () => {
    const { window, requests } = await setUp();
    electron.answers.buttons = [1];
    window.close();
    requests[0]?.resolve(diskFull);
    await electron.app.ended.promise;
    expect(log.lines.join()).toContain('unsaved');
  });

  test('a bug while asking is told as unsaved, never passed over', async () => {
    const { window, requests } = await setUp();
    electron.answers.buttons = [0];
    window.close();
    requests[0]?.reject(new Error('a bug'));
    await settle();
    expect(electron.messages).toHaveLength(1);
    expect(window.isDestroyed()).toBe(false);
  });

  test('a place of the window that cannot be kept is logged, and stops nothing', async () => {
    const { window, requests } = await setUp({ diskIsFull: true });
    window.close();
    requests[0]?.resolve(undefined);
    await electron.app.ended.promise;
    expect(log.lines.join()).toContain(diskFull.message);
  });

  test('loads the page anew with something unsaved only when the reader says so', async () => {
    const { window } = await setUp();
    electron.answers.buttons = [0, 1];
    const isLoaded = () => emitPreventable(window.webContents, 'will-prevent-unload');
    expect([isLoaded(), isLoaded()]).toEqual([false, true]);
    expect(electron.messages[0]).toMatchObject({ buttons: ['Keep it as it is', 'Load again anyway'], defaultId: 0, cancelId: 0 });
    expect(electron.messages[0]?.detail).toContain('is lost');
  });

  test('Windows waits with its shutdown until the page has saved and the core has closed', async () => {
    const { window, requests, core } = await setUp({ platform: 'win32' });
    expect(emitPreventable(window, 'query-session-end')).toBe(true);
    // It may ask again meanwhile.
    expect(emitPreventable(window, 'query-session-end')).toBe(true);
    await settle();
    expect(requests).toHaveLength(1);
    expect(core.close).not.toHaveBeenCalled();
    requests[0]?.resolve(undefined);
    await electron.app.ended.promise;
    expect(core.close).toHaveBeenCalledTimes(1);
  });
});

describe('quitting', () => {
  test('waits for the page and the core', async () => {
    const closing = Promise.withResolvers<void>();
    const { requests, core } = await setUp({ platform: 'darwin', close: () => closing.promise });
    electron.app.quit();
    await settle();
    expect(electron.journal).not.toContain('ended');
    requests[0]?.resolve(undefined);
    await waitFor(() => expect(core.close).toHaveBeenCalled());
    electron.app.quit();
    await settle();
    expect(electron.journal).not.toContain('ended');
    closing.resolve();
    await electron.app.ended.promise;
    expect(core.close).toHaveBeenCalledTimes(1);
  });

  test('on macOS closing the window leaves the application open', async () => {
    const { window, requests, core } = await setUp({ platform: 'darwin' });
    window.close();
    requests[0]?.resolve(undefined);
    await settle();
    expect(window.isDestroyed()).toBe(true);
    expect(core.close).not.toHaveBeenCalled();
  });

  test('a quit that the reader took back is over: closing later leaves the application open on macOS', async () => {
    const { window, requests, core } = await setUp({ platform: 'darwin' });
    electron.answers.buttons = [0];
    electron.app.quit();
    requests[0]?.resolve(diskFull);
    await settle();
    window.close();
    requests[1]?.resolve(undefined);
    await settle();
    expect(window.isDestroyed()).toBe(true);
    expect(core.close).not.toHaveBeenCalled();
  });

  test('a core that fails to close is logged, and the application ends', async () => {
    const { requests } = await setUp({ close: () => Promise.reject(new Error('a bug')) });
    electron.app.quit();
    requests[0]?.resolve(undefined);
    await electron.app.ended.promise;
    expect(log.lines.join()).toContain('a bug');
  });

  test('a core that hangs does not keep the application for ever', async () => {
    vi.useFakeTimers();
    try {
      setUpQuitting(asElectron(electron.app), { close: () => new Promise(() => {}), platform: 'linux', log, limit: 1000 });
      electron.app.quit();
      expect(electron.journal).not.toContain('ended');
      await vi.advanceTimersByTimeAsync(1000);
      expect(electron.journal).toContain('ended');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('recoverFromCrashes', () => {
  async function watch() {
    const { recoverFromCrashes } = await importWith(electron, () => import('../../../electron/shell/crash-recovery'));
    const window: StandInWindow = new electron.module.BrowserWindow({});
    const lost = vi.fn();
    recoverFromCrashes(asElectron<BrowserWindow>(window), { lost, log });
    const crash = (reason: string) => window.webContents.emit('render-process-gone', {}, { reason, exitCode: 5 });
    return { window, lost, crash };
  }

  test('a crash is logged, and the page loaded again when the reader wishes', async () => {
    const { window, lost, crash } = await watch();
    electron.answers.buttons = [0];
    crash('crashed');
    await settle();
    expect(lost).toHaveBeenCalledTimes(1);
    expect(log.lines.join()).toContain('crashed (5)');
    expect(window.webContents.journal).toEqual(['reload']);
  });

  test('or the window closed', async () => {
    const { window, crash } = await watch();
    electron.answers.buttons = [1];
    crash('oom');
    await settle();
    expect(window.isDestroyed()).toBe(true);
  });

  test('a page that ends by itself is no crash', async () => {
    const { crash } = await watch();
    crash('clean-exit');
    await settle();
    expect(electron.messages).toEqual([]);
  });

  test('a page that hangs is ended and loaded again, without a second question', async () => {
    const { window } = await watch();
    electron.answers.buttons = [0];
    window.emit('unresponsive');
    await settle();
    expect(window.webContents.journal).toEqual(['forcefullyCrashRenderer', 'reload']);
    expect(electron.messages).toHaveLength(1);
  });

  test('the question goes away when the page answers again, and comes back at the next time', async () => {
    const { window } = await watch();
    electron.answers.buttons = [new Promise(() => {}), new Promise(() => {})];
    window.emit('unresponsive');
    window.emit('unresponsive');
    expect(electron.messages).toHaveLength(1);
    window.emit('responsive');
    await settle();
    expect(window.webContents.journal).toEqual([]);
    window.emit('unresponsive');
    expect(electron.messages).toHaveLength(2);
  });
});
