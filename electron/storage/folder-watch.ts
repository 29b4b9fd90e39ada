import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import type { Log } from '../log';

/** ms after the last change of a name until it is told: who writes in place needs a moment. */
const SETTLING = 500;

export interface FolderWatch {
  /** Watches the folder that is there now, in place of an earlier one. */
  restart(): void;
  close(): void;
}

/**
 * Tells the names in a folder that something changed. Where the system cannot watch, that is logged: what another program wrote is
 * seen all the same before the next write of its file.
 */
export function watchFolder(folder: string, onNames: (names: ReadonlySet<string>) => void, log: Log): FolderWatch {
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let names = new Set<string>();
  let retry: NodeJS.Timeout | undefined;
  let watched: string | undefined;
  const folderNow = () => {
    const stats = statSync(folder, { throwIfNoEntry: false });
    // A new folder may get the number of the old one.
    return stats && `${stats.ino} ${stats.birthtimeMs}`;
  };
  const tell = () => {
    const told = names;
    names = new Set();
    // A folder that was removed and made anew must be watched anew.
    if (folderNow() !== watched) restart();
    if (told.size > 0) onNames(told);
  };
  const stop = () => {
    watcher?.close();
    watcher = undefined;
  };
  const start = () => {
    clearTimeout(retry);
    watched = folderNow();
    if (watched === undefined) {
      // It is made anew by the next write.
      retry = setTimeout(restart, SETTLING).unref();
      return;
    }
    try {
      watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null) return;
        names.add(name);
        clearTimeout(timer);
        timer = setTimeout(tell, SETTLING);
        timer.unref();
      });
      watcher.on('error', (error) => {
        log.warn(`${folder} is no longer watched`, error);
        stop();
        retry = setTimeout(restart, SETTLING).unref();
      });
    } catch (error) {
      log.warn(`${folder} cannot be watched`, error);
    }
  };
  /** Of the new folder everything is told, since nobody watched it until now. */
  const restart = () => {
    stop();
    start();
    if (watcher) onNames(new Set(readdirSync(folder)));
  };
  start();
  return {
    restart,
    close() {
      clearTimeout(timer);
      clearTimeout(retry);
      stop();
    },
  };
}
