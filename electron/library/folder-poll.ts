import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../storage/errno';

interface PolledFolderOptions {
  /** Absolute; need not exist. */
  root: string;
  /** Whether a path is not looked at, with all that is in it. */
  isIgnored(path: string): boolean;
  /** Whether a file's name is one that is told. */
  isWanted(path: string): boolean;
  onFile(path: string, event: 'found' | 'changed' | 'gone'): void;
  onRoot(event: 'came' | 'went'): void;
  onError(error: unknown): void;
}

interface FolderListing {
  /** ms since 1970, of the folder when it was listed. */
  changedAt: number;
  files: string[];
  folders: string[];
}

/** ms that a change after a folder was listed may have the same time of modification as one before. */
const COARSEST_CLOCK = 2_000;

/** Finds what changed in a folder by looking at each file: one at a time, so that whatever else waits for the disk goes before. */
export class PolledFolder {
  readonly #options: PolledFolderOptions;
  /** What tells one state of each file from another; `undefined` when it was not looked at yet. */
  readonly #files: Map<string, string | undefined>;
  #listings = new Map<string, FolderListing>();
  #isThere: boolean | undefined;

  /** `known` are the files that were told before. */
  constructor(options: PolledFolderOptions, known: Iterable<string>) {
    this.#options = options;
    this.#files = new Map([...known].map((file) => [file, undefined]));
  }

  get files(): Iterable<string> {
    return this.#files.keys();
  }

  /** The folders that were listed, the root too. */
  get folders(): string[] {
    return [...this.#listings.keys()];
  }

  /** Looks at everything once, and tells what is not as it was. Ends early when `signal` is aborted. */
  async look(signal: AbortSignal): Promise<void> {
    const { root, onRoot, onFile } = this.#options;
    const seen = new Set<string>();
    const listings = new Map<string, FolderListing>();
    const left = [root];
    for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
      const listing = await this.#list(folder);
      if (signal.aborted) return;
      if (listing === 'unreadable') for (const file of this.#within(folder)) seen.add(file);
      if (typeof listing !== 'object') continue;
      listings.set(folder, listing);
      left.push(...listing.folders);
      for (const file of listing.files) {
        if (await this.#lookAt(file)) seen.add(file);
        if (signal.aborted) return;
      }
    }
    this.#listings = listings;
    for (const file of [...this.#files.keys()]) {
      if (seen.has(file)) continue;
      this.#files.delete(file);
      onFile(file, 'gone');
    }
    const isThere = listings.has(root);
    if (isThere !== this.#isThere) onRoot(isThere ? 'came' : 'went');
    this.#isThere = isThere;
  }

  /** Tells a file that is new or changed; false when there is none. */
  async #lookAt(file: string): Promise<boolean> {
    const state = await stat(file).then(
      ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
      // Why it cannot be looked at is told where it is read.
      (error: unknown) => (systemCode(error) === 'ENOENT' ? undefined : String(systemCode(error))),
    );
    if (state === undefined) return false;
    const before = this.#files.get(file);
    this.#files.set(file, state);
    if (before !== state) this.#options.onFile(file, before === undefined ? 'found' : 'changed');
    return true;
  }

  /** What is in a folder, listed anew only when it changed. */
  async #list(folder: string): Promise<FolderListing | 'gone' | 'unreadable'> {
    const { isIgnored, isWanted, onError } = this.#options;
    try {
      const { mtimeMs: changedAt } = await stat(folder);
      const known = this.#listings.get(folder);
      if (known?.changedAt === changedAt) return known;
      const entries = (await readdir(folder, { withFileTypes: true }))
        .map((entry) => ({ place: path.join(folder, entry.name), isFolder: entry.isDirectory() }))
        .filter(({ place }) => !isIgnored(place));
      return {
        changedAt: Date.now() - changedAt > COARSEST_CLOCK ? changedAt : Number.NaN,
        files: entries.filter(({ place, isFolder }) => !isFolder && isWanted(place)).map(({ place }) => place),
        folders: entries.filter(({ isFolder }) => isFolder).map(({ place }) => place),
      };
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return 'gone';
      onError(error);
      return 'unreadable';
    }
  }

  #within = (folder: string): string[] => [...this.#files.keys()].filter((file) => file.startsWith(folder + path.sep));
}
