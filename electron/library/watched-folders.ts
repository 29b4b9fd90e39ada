import type { Failure } from '#api';
import { type FolderWatch, watchFolder } from './folder-watcher';
import { type Folder, folderProblem, isWithin } from './folders';
import type { LibraryLog } from './types';

export type FileEvent = 'scanned' | 'found' | 'changed' | 'gone';

interface ShelvesOptions {
  onFile(path: string, folder: Folder, event: FileEvent): void;
  /** A folder came, went, or cannot be read any more. */
  onFolder(folder: Folder): void;
  /** A folder's scan has told all its files, whose paths these are. */
  onScanned(folder: Folder, paths: ReadonlySet<string>): void;
  log: LibraryLog;
}

interface Shelf {
  folder: Folder;
  watch?: FolderWatch;
  scanning: boolean;
}

/** The library folders, each watched. */
export class Shelves {
  readonly #options: ShelvesOptions;
  readonly #shelves = new Map<string, Shelf>();

  constructor(options: ShelvesOptions) {
    this.#options = options;
  }

  get folders(): Folder[] {
    return [...this.#shelves.values()].map(({ folder }) => folder);
  }

  /** Whether a scan has files yet to tell. */
  get scanning(): boolean {
    return [...this.#shelves.values()].some(({ scanning }) => scanning);
  }

  get = (id: string): Folder | undefined => this.#shelves.get(id)?.folder;

  isReachable = (id: string): boolean => this.#shelves.get(id)?.folder.problem === undefined;

  /** Takes a folder in, without looking at it yet: so that no other folder's watch does. */
  put(folder: Folder): void {
    this.#shelves.set(folder.id, { folder, scanning: true });
  }

  /** Scans a folder and watches it from then on, also when it is not there yet. */
  async start(id: string): Promise<void> {
    const shelf = this.#shelves.get(id);
    if (!shelf) return;
    const { folder } = shelf;
    shelf.scanning = true;
    this.#setProblem(shelf, await folderProblem(folder.path));
    if (this.#shelves.get(id) !== shelf) return;
    const seen = new Set<string>();
    const watch = watchFolder({
      root: folder.path,
      isElsewhere: (path) =>
        this.folders.some((other) => other.id !== id && isWithin(folder.path, other.path) && isWithin(other.path, path)),
      onFile: (path, event) => {
        if (path === folder.path) return;
        const isScanned = shelf.scanning && event === 'found';
        if (isScanned) seen.add(path);
        this.#options.onFile(path, shelf.folder, isScanned ? 'scanned' : event);
      },
      onRoot: () => void this.#lookAgain(shelf),
      onError: (error) => {
        this.#options.log.warn(`Watching the folder ${folder.path} failed`, error);
        void this.#lookAgain(shelf);
      },
    });
    shelf.watch = watch;
    await watch.ready;
    shelf.scanning = false;
    this.#options.onScanned(shelf.folder, seen);
  }

  /** Looks at a folder anew: its files may be others by now, and a disk that comes again is not told by the watch of what was there before. */
  async restart(id: string): Promise<void> {
    const shelf = this.#shelves.get(id);
    if (!shelf || shelf.scanning) return;
    shelf.scanning = true;
    await shelf.watch?.close();
    await this.start(id);
  }

  /** Forgets a folder. What lies within another one is from then on that one's. */
  async remove(id: string): Promise<void> {
    const shelf = this.#shelves.get(id);
    if (!shelf) return;
    this.#shelves.delete(id);
    await shelf.watch?.close();
    const outer = [...this.#shelves.values()].filter(({ folder }) => isWithin(folder.path, shelf.folder.path));
    for (const { folder, watch } of outer) {
      await watch?.close();
      void this.start(folder.id);
    }
  }

  async close(): Promise<void> {
    const watches = [...this.#shelves.values()].map(({ watch }) => watch);
    this.#shelves.clear();
    await Promise.all(watches.map((watch) => watch?.close()));
  }

  async #lookAgain(shelf: Shelf): Promise<void> {
    const problem = await folderProblem(shelf.folder.path);
    if (this.#shelves.get(shelf.folder.id) === shelf) this.#setProblem(shelf, problem);
  }

  #setProblem(shelf: Shelf, problem: Failure | undefined): void {
    if (shelf.folder.problem?.message === problem?.message) return;
    const { problem: _before, ...rest } = shelf.folder;
    shelf.folder = problem ? { ...rest, problem } : rest;
    this.#options.onFolder(shelf.folder);
  }
}
