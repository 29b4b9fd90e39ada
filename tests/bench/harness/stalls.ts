import type { Host } from './host';
import { startMeasured } from './process';
import { openWindow, type Window } from './window';

/** Longest stalls in ms: of what is measured, and of a process and a window that did nothing at the same time. */
export interface Stalls {
  host: number;
  window: number;
  idleProcess: number;
  idleWindow: number;
}

/** A process and a window that do nothing, to know what the machine itself keeps waiting. */
export interface StallMeter {
  /** Looks for stalls of the host and its window from now on. */
  watch(host: Host, window: Window): Promise<void>;
  /** The longest ones since then. */
  read(): Promise<Stalls>;
  close(): Promise<void>;
}

export async function openStallMeter(): Promise<StallMeter> {
  const idleWindow = await openWindow();
  await idleWindow.page.goto('about:blank');
  const idleProcess = startMeasured(['--eval', 'setInterval(() => undefined, 3_600_000)']);
  let watched: { host: Host; window: Window } | undefined;
  return {
    async watch(host, window) {
      watched = { host, window };
      await Promise.all([host, window, idleProcess, idleWindow].map((each) => each.watch()));
    },
    async read() {
      if (!watched) throw new Error('Nothing is watched.');
      const [host, window, process, page] = await Promise.all([
        watched.host.report(),
        watched.window.longestStall(),
        idleProcess.report(),
        idleWindow.longestStall(),
      ]);
      return { host: host.longestStall, window, idleProcess: process.longestStall, idleWindow: page };
    },
    async close() {
      await idleWindow.close();
      await idleProcess.stop();
    },
  };
}
