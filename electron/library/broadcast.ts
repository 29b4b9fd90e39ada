import type { Emit, LibraryCounts, LibraryFolder } from '#api';

/** ms between two tellings: a scan fills the list without flooding it. */
const INTERVAL = 100;

interface BroadcastOptions {
  emit: Emit;
  /** What changed in the lists since it was asked last. */
  changes(): Promise<{ counts: LibraryCounts; tagUses: [string, number][] }>;
  folders(): LibraryFolder[];
  scanning(): boolean;
  progress(): { done: number; total: number };
}

/** Tells the renderers that the library changed, gathered for a moment. */
export class Broadcast {
  readonly #options: BroadcastOptions;
  #toldFolders = '';
  #timer: NodeJS.Timeout | undefined;
  #lastAt = 0;
  #closed = false;

  constructor(options: BroadcastOptions) {
    this.#options = options;
  }

  /** Tells soon that something may have changed. */
  touch(): void {
    if (this.#timer || this.#closed) return;
    const wait = Math.max(0, this.#lastAt + INTERVAL - performance.now());
    this.#timer = setTimeout(() => void this.flush(), wait);
  }

  /** Tells at once; resolves when it is told. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastAt = performance.now();
    if (this.#closed) return;
    const { emit, changes, folders, scanning, progress } = this.#options;
    const changed = await changes();
    if (this.#closed) return;
    const rows = folders();
    const key = JSON.stringify(rows);
    const foldersChanged = key !== this.#toldFolders;
    this.#toldFolders = key;
    emit('library.changed', { ...changed, ...(foldersChanged ? { folders: rows } : {}), scanning: scanning() });
    if (scanning()) emit('library.progress', progress());
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}
