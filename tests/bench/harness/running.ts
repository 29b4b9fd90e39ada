import { type Host, startHost } from './host';
import type { Sign } from './in-page';
import type { Library } from './library';
import { listed, wholeRead } from './signs';
import { openWindow, type Window } from './window';

/** The application on a library: the host, and a window of it. */
export interface Running {
  host: Host;
  window: Window;
  /** ms from the opening of the window to the sign that it was started for. */
  drawnIn: number;
}

/** Starts the application, does `act` when the window has the sign, and ends it. */
export async function whileRunning<T>(library: Library, sign: Sign, act: (running: Running) => Promise<T>): Promise<T> {
  // The browser is there before Lectern is started, and is not counted.
  const window = await openWindow();
  let host: Host | undefined;
  try {
    host = await startHost(library.folders);
    await window.admit(host);
    const drawnIn = await window.show(host.address, sign);
    return await act({ host, window, drawnIn });
  } finally {
    // The host would wait for its window to save.
    await window.close();
    await host?.stop();
  }
}

/** The same, once the whole library is read. */
export const whileReady = <T>(library: Library, act: (running: Running) => Promise<T>): Promise<T> =>
  whileRunning(library, listed(library), async (running) => {
    await running.window.waitFor(wholeRead(library));
    return act(running);
  });

/** ms */
export const rest = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));
