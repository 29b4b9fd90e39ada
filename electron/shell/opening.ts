import type { ImportOutcome } from '#api';
import type { Library } from '../library';
import type { Log } from '../log';
import type { Page } from './page';
import { importPath } from './read-files';

export interface Opening {
  /** Copies files into the library and tells the page; before `start` they wait. */
  open(paths: readonly string[]): void;
  start(library: Pick<Library, 'importFile'>): void;
}

/** Takes files that are opened from outside: the command line, a second instance, macOS's "Open with". */
export function createOpening(page: Pick<Page, 'sendOnce'>, log: Log): Opening {
  let library: Pick<Library, 'importFile'> | undefined;
  let waiting: string[] = [];
  let last = Promise.resolve();

  const importNow = async (into: Pick<Library, 'importFile'>, paths: readonly string[]) => {
    const outcomes: ImportOutcome[] = [];
    for (const file of new Set(paths)) outcomes.push(await importPath(into, file));
    page.sendOnce('app.opened', outcomes);
  };

  const open = (paths: readonly string[]) => {
    if (paths.length === 0) return;
    if (!library) {
      waiting.push(...paths);
      return;
    }
    const into = library;
    last = last.then(() => importNow(into, paths)).catch((error: unknown) => log.error('Opening files failed', error));
  };

  return {
    open,
    start(opened) {
      library = opened;
      const paths = waiting;
      waiting = [];
      open(paths);
    },
  };
}
