import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import type { Log } from '../log';
import { createLimiter } from './limiter';

/** ms after the last change of a name until it is looked at: who writes in place needs a moment. */
const SETTLING = 500;
/** Files that are looked at at the same time. */
const LOOKING = 8;

export interface FolderWatch {
  /** Watches the folder that is there now, in place of an earlier one. */
  restart(): void;
  /** Ends it; resolves when nothing is being looked at any more. */
  close(): Promise<void>;
}

interface FolderWatchOptions {
  /** Absolute; need not be there yet. */
  folder: string;
  /** The names that Lectern has files of. */
  known(): Iterable<string>;
  /** Called with the name of each file that was changed, added or removed, once that has settled. What it throws is logged. */
  lookAt(name: string): Promise<void>;
  log: Log;
}

/**
 * Watches the files in a folder. Where the system cannot watch, that is logged: what another program wrote is seen all the same before
 * the next write of its file.
 */
export function watchFolder({ folder, known, lookAt, log }: FolderWatchOptions): FolderWatch {
  const looking = createLimiter(LOOKING);
  const looks = new Set<Promise<void>>();
  let isClosed = false;
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let names = new Set<string>();
  let retry: NodeJS.Timeout | undefined;
  let watched: string | undefined;
  const look = (name: string) => {
    const done = looking(async () => {
      if (!isClosed) await lookAt(name);
    })
      .catch((error: unknown) => log.error(`${name} in ${folder} could not be looked at`, error))
      .finally(() => looks.delete(done));
    looks.add(done);
  };
  /** `undefined` when there is none, or none that can be looked at: its disk may be gone. */
  const folderNow = () => {
    try {
      const stats = statSync(folder, { throwIfNoEntry: false });
      // A new folder may get the number of the old one.
      return stats && `${stats.ino} ${stats.birthtimeMs}`;
    } catch (error) {
      log.warn(`${folder} cannot be looked at`, error);
      return undefined;
    }
  };
  const tell = () => {
    const told = names;
    names = new Set();
    // A folder that was removed and made anew must be watched anew.
    if (folderNow() !== watched) restart();
    for (const name of told) look(name);
  };
  const stop = () => {
    watcher?.close();
    watcher = undefined;
  };
  const start = () => {
    clearTimeout(retry);
    if (isClosed) return;
    try {
      watched = folderNow();
      if (watched === undefined) {
        // It is made anew by the next write.
        retry = setTimeout(restart, SETTLING).unref();
        return;
      }
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
  /** Of the new folder everything is looked at, also what is missing there, since nobody watched it until now. */
  const restart = () => {
    stop();
    start();
    try {
      if (watcher) for (const name of new Set([...readdirSync(folder), ...known()])) look(name);
    } catch (error) {
      log.warn(`${folder} cannot be listed`, error);
    }
  };
  start();
  return {
    restart,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      clearTimeout(retry);
      stop();
      await Promise.all(looks);
    },
  };
}
