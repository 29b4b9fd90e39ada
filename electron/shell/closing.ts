import { type BrowserWindow, dialog, type MessageBoxSyncOptions } from 'electron';
import { type Failure, fail, type Result } from '#api';
import type { Log } from '../log';
import type { Flush } from './flush';
import { windowStateOf } from './window-bounds';

export interface ClosingOptions {
  flush: Pick<Flush, 'request'>;
  /** Keeps where the window was. */
  keepState(state: unknown): Promise<Result<null>>;
  /** Ends the application, by closing its window. */
  quit(): void;
  /** The reader stays: a quit that was under way is off. */
  onStay(): void;
  log: Log;
}

/** Lets the window close, or load its page anew, only when its page has saved everything, or the reader gives up what could not be saved. */
export function guardClosing(window: BrowserWindow, options: ClosingOptions): void {
  let closing = false;
  window.on('close', (event) => {
    // `destroy()` below closes without asking again.
    event.preventDefault();
    if (closing) return;
    closing = true;
    void close(window, options).finally(() => {
      closing = false;
    });
  });
  // A page with something unsaved asks not to go, and Electron would keep it without a word. There is no time to wait for an answer.
  window.webContents.on('will-prevent-unload', (event) => {
    const detail = 'Lectern tries again to save it. If you load the window again now, what was not saved is lost.';
    const wayOn = warning(detail, ['Keep it as it is', 'Load again anyway']);
    if (dialog.showMessageBoxSync(window, wayOn) === GIVEN_UP) event.preventDefault();
  });
  // Windows shuts down, and waits only for who says so. Once Lectern has ended, it goes on by itself.
  window.on('query-session-end', (event) => {
    event.preventDefault();
    options.quit();
  });
}

async function close(window: BrowserWindow, { flush, keepState, onStay, log }: ClosingOptions): Promise<void> {
  const failure = await flush.request().catch((error: unknown): Failure => {
    log.error('Asking the page to save failed', error);
    return fail('write-failed', 'Lectern could not find out whether everything is saved.').failure;
  });
  if (window.isDestroyed()) return;
  if (failure) {
    log.warn(`Closing with something unsaved: ${failure.message}`);
    if (!(await mayLose(window, failure))) return onStay();
    if (window.isDestroyed()) return;
  }
  const kept = await keepState(windowStateOf(window)).catch((error: unknown) => fail('write-failed', String(error)));
  if (!kept.ok) log.warn(`Where the window was could not be kept: ${kept.failure.message}`);
  window.destroy();
}

async function mayLose(window: BrowserWindow, failure: Failure): Promise<boolean> {
  const detail = `${failure.message}\n\nIf you quit now, what was not saved is lost.`;
  const { response } = await dialog.showMessageBox(window, warning(detail, ['Keep open', 'Quit anyway']));
  return response === GIVEN_UP;
}

/** Which of the two buttons loses something. */
const GIVEN_UP = 1;

const warning = (detail: string, buttons: [string, string]): MessageBoxSyncOptions => ({
  type: 'warning',
  message: 'Not everything is saved.',
  detail,
  buttons,
  defaultId: 0,
  cancelId: 0,
  noLink: true,
});
