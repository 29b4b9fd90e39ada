import type { App } from 'electron';
import type { Log } from '../log';

interface QuittingOptions {
  /** Flushes and closes the core. */
  close(): Promise<void>;
  platform: NodeJS.Platform;
  log: Log;
  /** ms */
  limit?: number;
}

/**
 * Ends the application only when the core has closed. `stay()` takes back a quit that a window refused.
 * On macOS the application goes on without a window, unless it was told to quit.
 */
export function setUpQuitting(app: Pick<App, 'on' | 'quit'>, { close, platform, log, limit = 10_000 }: QuittingOptions): { stay(): void } {
  let quitting = false;
  let core: 'open' | 'closing' | 'closed' = 'open';

  app.on('before-quit', () => {
    quitting = true;
  });
  app.on('window-all-closed', () => {
    if (platform !== 'darwin' || quitting) app.quit();
  });
  app.on('will-quit', (event) => {
    if (core === 'closed') return;
    event.preventDefault();
    if (core === 'closing') return;
    core = 'closing';
    void withLimit(close(), limit)
      .catch((error: unknown) => log.error('Closing failed', error))
      .then(() => {
        core = 'closed';
        app.quit();
      });
  });
  return {
    stay() {
      quitting = false;
    },
  };
}

function withLimit(work: Promise<void>, limit: number): Promise<void> {
  const { promise, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error(`Not done within ${limit} ms`)), limit);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
