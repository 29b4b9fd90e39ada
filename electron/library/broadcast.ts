import type { Emit, LibraryFolder } from '#api';
import type { ListChanges } from './listing/listing';

/** ms between two tellings: a scan fills the list without flooding it. */
const INTERVAL = 100;

interface BroadcastOptions {
  emit: Emit;
  /** What changed in the lists since it was asked last. */
  changes(): Promise<ListChanges>;
  folders(): LibraryFolder[];
  scanning(): boolean;
  progress(): { done: number; total: number };
}

/** Tells the renderers that the library changed, gathered for a moment, and nothing where it did not. */
export class Broadcast {
  readonly #options: BroadcastOptions;
  #toldFolders = '';
  #toldScanning: boolean | undefined;
  #isEdited = false;
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

  /** Tells at once that the texts of documents are others, whatever lists show of it. */
  edited(): Promise<void> {
    this.#isEdited = true;
    return this.flush();
  }

  /** Tells at once; resolves when it is told. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastAt = performance.now();
    if (this.#closed) return;
    const { emit, changes, folders, scanning, progress } = this.#options;
    const { isOther, ...changed } = await changes();
    if (this.#closed) return;
    const rows = folders();
    const key = JSON.stringify(rows);
    const foldersChanged = key !== this.#toldFolders;
    const isScanning = scanning();
    if (isOther || this.#isEdited || foldersChanged || isScanning !== this.#toldScanning)
      emit('library.changed', { ...changed, ...(foldersChanged ? { folders: rows } : {}), scanning: isScanning });
    this.#toldFolders = key;
    this.#toldScanning = isScanning;
    this.#isEdited = false;
    if (isScanning) emit('library.progress', progress());
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}
