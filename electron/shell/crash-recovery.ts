import { type BrowserWindow, dialog } from 'electron';
import type { Log } from '../log';

/** Offers a way on when the page crashes or hangs. `lost` is told of a page that is gone. */
export function recoverFromCrashes(window: BrowserWindow, { lost, log }: { lost(): void; log: Log }): void {
  let reloading = false;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    lost();
    if (reloading || reason === 'clean-exit') return;
    log.error(`The page's process ended: ${reason} (${exitCode})`);
    void offer(window, {
      message: 'The window stopped working.',
      detail: 'Everything that was saved is on the disk. Load the window again to go on.',
      button: 'Load again',
      other: 'Close the window',
    }).then((again) => {
      if (window.isDestroyed()) return;
      if (again) window.webContents.reload();
      else window.destroy();
    });
  });

  let waiting: AbortController | undefined;
  window.on('responsive', () => waiting?.abort());
  window.on('unresponsive', () => {
    if (waiting) return;
    waiting = new AbortController();
    log.warn('The page does not answer');
    void offer(window, {
      message: 'The window does not answer.',
      detail: 'You can wait, or load it again. What was typed in the last moments may be lost by that.',
      button: 'Load again',
      other: 'Wait',
      signal: waiting.signal,
    }).then((again) => {
      waiting = undefined;
      if (!again || window.isDestroyed()) return;
      // A hanging page cannot reload itself: its process is ended, and reloading at once takes a new one.
      reloading = true;
      window.webContents.once('did-finish-load', () => {
        reloading = false;
      });
      window.webContents.forcefullyCrashRenderer();
      window.webContents.reload();
    });
  });
}

interface Offer {
  message: string;
  detail: string;
  button: string;
  other: string;
  signal?: AbortSignal;
}

/** Whether the reader took `button`. */
async function offer(window: BrowserWindow, { message, detail, button, other, signal }: Offer): Promise<boolean> {
  if (window.isDestroyed()) return false;
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message,
    detail,
    buttons: [button, other],
    defaultId: 1,
    cancelId: 1,
    ...(signal && { signal }),
  });
  return response === 0;
}
