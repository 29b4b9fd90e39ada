import { type FSWatcher, readdirSync, statSync, watch as watchBySystem } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log';
import { ignoreMissing } from './errno';
import { createLimiter } from './limiter';
import { type Exhausted, exhaustedBy, LOOK_EVERY } from './unwatched';

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
  /** The system has no more watches, so that the files are only looked at from time to time; `undefined`: they are watched again. */
  onUnwatched(by: Exhausted | undefined): void;
  log: Log;
  /** How it is watched, and ms between two looks where it cannot be: the usual ones, but in tests. */
  watch?: typeof watchBySystem;
  lookEvery?: number;
}

/**
 * Watches the files in a folder. Where the system cannot watch, that is logged, told where the reader can mend it, and the files are looked
 * at from time to time; what another program wrote is seen in any case before the next write of its file.
 */
export function watchFolder(options: FolderWatchOptions): FolderWatch {
  const { folder, known, lookAt, onUnwatched, log, watch = watchBySystem, lookEvery = LOOK_EVERY } = options;
  const looking = createLimiter(LOOKING);
  const looks = new Set<Promise<void>>();
  let isClosed = false;
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let names = new Set<string>();
  let retry: NodeJS.Timeout | undefined;
  let watched: string | undefined;
  /** While it cannot be watched: what tells one state of each file from another. */
  let states: Promise<Map<string, string>> | undefined;
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
      if (states) onUnwatched(undefined);
      states = undefined;
    } catch (error) {
      retry = setTimeout(lookAgain, lookEvery).unref();
      if (states) return;
      log.warn(`${folder} cannot be watched, so it is looked at from time to time`, error);
      // At first each file is another than was known: what came before the first look would be taken for what was always there.
      states = Promise.resolve(new Map<string, string>());
      const by = exhaustedBy(error);
      if (by) onUnwatched(by);
    }
  };
  const statesNow = () =>
    statesIn(folder).catch((error: unknown) => {
      log.warn(`${folder} cannot be looked at`, error);
      return new Map<string, string>();
    });
  const lookAgain = () => {
    restart();
    const before = states;
    if (!before) return;
    states = statesNow();
    void Promise.all([before, states]).then(([old, now]) => {
      for (const name of new Set([...old.keys(), ...now.keys()])) if (old.get(name) !== now.get(name)) look(name);
    });
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

/** What tells one state of each file in a folder from another; none where it is not there. */
async function statesIn(folder: string): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  for (const name of await readdir(folder).catch(ignoreMissing)) {
    const stats = await stat(path.join(folder, name)).catch(ignoreMissing);
    if ('size' in stats) states.set(name, `${stats.mtimeMs} ${stats.size} ${stats.ino}`);
  }
  return states;
}
