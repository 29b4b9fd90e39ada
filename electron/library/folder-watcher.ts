import { existsSync, watch as watchFile } from 'node:fs';
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { formatOf } from '#formats/list';
import { type Exhausted, exhaustedBy, LOOK_EVERY } from '../storage/unwatched';
import { PolledFolder } from './folder-poll';
import { mayBeUndecodable, type Undecodable, UndecodableNames } from './undecodable-names';
import { whyUnread } from './unread-files';

export interface FolderWatch {
  /** Every file that was there at the start was told. */
  ready: Promise<void>;
  close(): Promise<void>;
}

export interface WatchOptions {
  /** Absolute; need not exist. */
  root: string;
  /** Whether a folder within `root` is looked after by another watch. */
  isElsewhere(path: string): boolean;
  /** Something happened to a path that can be a document's, or that a reader takes for one. */
  onFile(path: string, event: 'found' | 'changed' | 'gone'): void;
  /** The folder itself came or went. */
  onRoot(event: 'came' | 'went'): void;
  onError(error: unknown): void;
  /** What cannot be looked at for its name, all of it, whenever that changed. */
  onUndecodable(found: Undecodable[]): void;
  /** The system has no more watches, so that it is only looked at from time to time; `undefined`: it is watched again. */
  onUnwatched(by: Exhausted | undefined): void;
  /** How it is watched; the system's own, but in tests. */
  system?: WatchSystem;
}

export interface WatchSystem {
  watch: typeof watch;
  /** Whether the system has watches for all of `folders`. */
  canWatch(folders: readonly string[]): boolean;
  /** ms until the next look at a folder that cannot be watched, after one that took `took` ms. */
  restAfter(took: number): number;
}

/** ms of rest for each that a look takes: a large folder is looked at more rarely. */
const RESTS = 50;

/** Looks between two attempts to watch again are twice as many each time, up to this. */
const MOST_LOOKS = 16;

/**
 * Watches a folder with all that is in it, but for hidden files and `node_modules`. Symbolic links to files count as
 * files; links to folders are not followed, so that no loop can be walked.
 */
export function watchFolder(options: WatchOptions): FolderWatch {
  const { root, onFile, onRoot, onError, onUndecodable, onUnwatched, system = ownSystem } = options;
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const closing = new AbortController();
  let watcher: FSWatcher | undefined;
  /** While it cannot be watched, and until a new watch has told all. */
  let polled: PolledFolder | undefined;
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  /** Looks before the next attempt to watch, and before the one after that. */
  let looksLeft = 0;
  let looks = 1;
  const names = new UndecodableNames((found) => {
    const isWantedToo = (each: Undecodable) => !isIgnored(each.path, options) && (each.isFolder || isWanted(each.path));
    if (!closing.signal.aborted) onUndecodable(found.filter(isWantedToo));
  });

  const start = () => {
    let isExhausted = false;
    const started = system.watch(root, {
      followSymlinks: false,
      ignored: (file, stats) => isIgnored(file, options) || (stats !== undefined && !stats.isDirectory() && !isWanted(file)),
    });
    watcher = started;
    started
      .on('add', (file) => onFile(file, 'found'))
      .on('change', (file) => onFile(file, 'changed'))
      .on('unlink', (file) => onFile(file, 'gone'))
      .on('addDir', (folder) => {
        if (folder === root) onRoot('came');
        void names.look([folder]);
      })
      .on('unlinkDir', (folder) => {
        if (folder === root) onRoot('went');
        void names.look([folder]);
      })
      .on('ready', () => {
        if (isExhausted) return;
        if (polled) takeOver(polled, filesOf(started));
        resolve();
      })
      .on('raw', (_event, name, about) => {
        if (name !== null && mayBeUndecodable(name)) void names.look(watchedIn(about));
      })
      .on('error', (error) => {
        if (isExhausted) return;
        const by = exhaustedBy(error);
        isExhausted = by !== undefined;
        onError(error);
        if (by === undefined) return;
        polled ??= new PolledFolder({ ...options, isIgnored: (file) => isIgnored(file, options), isWanted }, filesOf(started));
        onUnwatched(by);
        looksLeft = looks;
        looks = Math.min(looks * 2, MOST_LOOKS);
        // What watches it has kept, others need.
        void started.close().then(() => closing.signal.aborted || look());
      });
  };

  /** A new watch has told all that is there: what went before it began, it cannot tell. */
  const takeOver = (before: PolledFolder, watched: ReadonlySet<string>) => {
    for (const file of before.files) if (!watched.has(file)) onFile(file, 'gone');
    polled = undefined;
    looks = 1;
    onUnwatched(undefined);
  };

  const look = () => {
    const began = performance.now();
    looking = (polled?.look(closing.signal) ?? Promise.resolve()).catch(onError).then(() => {
      resolve();
      void names.look(polled?.folders ?? []);
      if (closing.signal.aborted) return;
      timer = setTimeout(lookOrWatch, system.restAfter(performance.now() - began)).unref();
    });
  };

  const lookOrWatch = () => {
    looksLeft -= 1;
    if (looksLeft <= 0 && system.canWatch(polled?.folders ?? [])) return start();
    if (looksLeft <= 0) {
      looksLeft = looks;
      looks = Math.min(looks * 2, MOST_LOOKS);
    }
    look();
  };

  start();
  return {
    ready,
    async close() {
      closing.abort();
      clearTimeout(timer);
      await watcher?.close();
      await looking;
      clearTimeout(timer);
      resolve();
    },
  };
}

const ownSystem: WatchSystem = { watch, canWatch, restAfter: (took) => Math.max(LOOK_EVERY, took * RESTS) };

/** Tries it: the system does not tell otherwise. */
function canWatch(folders: readonly string[]): boolean {
  const watchers = [];
  try {
    for (const folder of folders) watchers.push(watchFile(folder, { persistent: false }));
    return true;
  } catch (error) {
    // What else is wrong with a folder, its watch will tell.
    return exhaustedBy(error) === undefined;
  } finally {
    for (const each of watchers) each.close();
  }
}

const isWanted = (file: string): boolean => formatOf(file) !== undefined || whyUnread(file) !== undefined;

/** The folder that the system told something of, as chokidar says with it. */
function watchedIn(about: unknown): string[] {
  if (typeof about !== 'object' || about === null || !('watchedPath' in about)) return [];
  return typeof about.watchedPath === 'string' ? [about.watchedPath] : [];
}

/** The files that a watcher knows. */
function filesOf(watcher: FSWatcher): Set<string> {
  const places = Object.entries(watcher.getWatched()).flatMap(([folder, names]) => names.map((name) => path.join(folder, name)));
  return new Set(places.filter(isWanted));
}

/** Whether a path within the watched folder is hidden, in `node_modules`, of a saved page, or another watch’s. */
function isIgnored(file: string, { root, isElsewhere }: WatchOptions): boolean {
  if (file === root) return false;
  const relative = path.relative(root, file);
  const parts = relative.split(path.sep);
  const isOfPage = (_: string, index: number): boolean => isPageFolder(path.join(root, ...parts.slice(0, index + 1)));
  return parts.some((part) => part.startsWith('.') || part === 'node_modules') || parts.some(isOfPage) || isElsewhere(file);
}

/** What browsers call the folder with the pictures and frames of a page that they save beside it, in the languages of most. */
const PAGE_FOLDER = /^(.+)(?:_files|-Dateien|_fichiers|_archivos|_arquivos|_bestanden|_pliki|\.files)$/;

/** Whether a folder belongs to a saved page beside it: what is in it is no document by itself. */
function isPageFolder(folder: string): boolean {
  const [, page] = PAGE_FOLDER.exec(path.basename(folder)) ?? [];
  return page !== undefined && ['.html', '.htm', '.xhtml'].some((ending) => existsSync(path.join(path.dirname(folder), page + ending)));
}
