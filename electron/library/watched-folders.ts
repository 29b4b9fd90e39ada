import type { Failure } from '#api';
import type { Exhausted } from '../storage/unwatched';
import { type FolderWatch, type WatchSystem, watchFolder } from './folder-watcher';
import { type Folder, folderProblem, isWithin } from './folders';
import type { LibraryLog } from './types';
import type { Undecodable } from './undecodable-names';

export type FileEvent = 'scanned' | 'found' | 'changed' | 'gone';

interface WatchedFoldersOptions {
  onFile(path: string, folder: Folder, event: FileEvent): void;
  /** What in a folder cannot be looked at for its name, all of it, whenever that changed. */
  onUndecodable(folder: Folder, found: Undecodable[]): void;
  /** A folder came, went, or cannot be read any more. */
  onFolder(folder: Folder): void;
  /** A folder's scan has told all its files, whose paths these are. */
  onScanned(folder: Folder, paths: ReadonlySet<string>): void;
  /** Some folders cannot be watched any more, or are again. */
  onUnwatched(): void;
  log: LibraryLog;
  system?: WatchSystem;
}

interface WatchedFolder {
  folder: Folder;
  watch?: FolderWatch;
  scanning: boolean;
  /** It is only looked at from time to time. */
  unwatched?: Exhausted;
}

/** The library folders, each watched. */
export class WatchedFolders {
  readonly #options: WatchedFoldersOptions;
  readonly #watchedFolders = new Map<string, WatchedFolder>();

  constructor(options: WatchedFoldersOptions) {
    this.#options = options;
  }

  get folders(): Folder[] {
    return [...this.#watchedFolders.values()].map(({ folder }) => folder);
  }

  /** Whether a scan has files yet to tell. */
  get scanning(): boolean {
    return [...this.#watchedFolders.values()].some(({ scanning }) => scanning);
  }

  get = (id: string): Folder | undefined => this.#watchedFolders.get(id)?.folder;

  /** What the system has no more of, where that keeps folders from being watched. */
  unwatched = (): Exhausted | undefined =>
    [...this.#watchedFolders.values()].map(({ unwatched }) => unwatched).find((by) => by !== undefined);

  isReachable = (id: string): boolean => this.#watchedFolders.get(id)?.folder.problem === undefined;

  /** Takes a folder in, without looking at it yet: so that no other folder's watch does. */
  put(folder: Folder): void {
    this.#watchedFolders.set(folder.id, { folder, scanning: true });
  }

  /** Scans a folder and watches it from then on, also when it is not there yet. */
  async start(id: string): Promise<void> {
    const watched = this.#watchedFolders.get(id);
    if (!watched) return;
    const { folder } = watched;
    watched.scanning = true;
    this.#setProblem(watched, await folderProblem(folder.path));
    if (this.#watchedFolders.get(id) !== watched) return;
    const seen = new Set<string>();
    let by: Exhausted | undefined;
    this.#options.onUndecodable(folder, []);
    const watch = watchFolder({
      root: folder.path,
      isElsewhere: (path) =>
        this.folders.some((other) => other.id !== id && isWithin(folder.path, other.path) && isWithin(other.path, path)),
      onFile: (path, event) => {
        if (path === folder.path) return;
        const isScanned = watched.scanning && event === 'found';
        if (isScanned) seen.add(path);
        this.#options.onFile(path, watched.folder, isScanned ? 'scanned' : event);
      },
      onRoot: () => void this.#lookAgain(watched),
      onError: (error) => {
        this.#options.log.warn(`Watching the folder ${folder.path} failed`, error);
        void this.#lookAgain(watched);
      },
      onUndecodable: (found) => this.#options.onUndecodable(watched.folder, found),
      onUnwatched: (now) => {
        by = now;
        this.#setUnwatched(watched, by);
      },
      system: this.#options.system,
    });
    watched.watch = watch;
    await watch.ready;
    // What kept an earlier watch from it may be over.
    this.#setUnwatched(watched, by);
    watched.scanning = false;
    this.#options.onScanned(watched.folder, seen);
  }

  /** Looks at a folder anew: its files may be others by now, and a disk that comes again is not told by the watch of what was there before. */
  async restart(id: string): Promise<void> {
    const watched = this.#watchedFolders.get(id);
    if (!watched || watched.scanning) return;
    watched.scanning = true;
    await watched.watch?.close();
    await this.start(id);
  }

  /** Forgets a folder. What lies within another one is from then on that one's. */
  async remove(id: string): Promise<void> {
    const watched = this.#watchedFolders.get(id);
    if (!watched) return;
    this.#watchedFolders.delete(id);
    await watched.watch?.close();
    const outer = [...this.#watchedFolders.values()].filter(({ folder }) => isWithin(folder.path, watched.folder.path));
    for (const { folder, watch } of outer) {
      await watch?.close();
      void this.start(folder.id);
    }
  }

  async close(): Promise<void> {
    const watches = [...this.#watchedFolders.values()].map(({ watch }) => watch);
    this.#watchedFolders.clear();
    await Promise.all(watches.map((watch) => watch?.close()));
  }

  async #lookAgain(watched: WatchedFolder): Promise<void> {
    const problem = await folderProblem(watched.folder.path);
    if (this.#watchedFolders.get(watched.folder.id) === watched) this.#setProblem(watched, problem);
  }

  #setUnwatched(watched: WatchedFolder, by: Exhausted | undefined): void {
    if (watched.unwatched === by) return;
    watched.unwatched = by;
    if (by === undefined) this.#options.log.info(`The folder ${watched.folder.path} is watched again`);
    this.#options.onUnwatched();
  }

  #setProblem(watched: WatchedFolder, problem: Failure | undefined): void {
    if (watched.folder.problem?.message === problem?.message) return;
    const { problem: _before, ...rest } = watched.folder;
    watched.folder = problem ? { ...rest, problem } : rest;
    this.#options.onFolder(watched.folder);
  }
}
