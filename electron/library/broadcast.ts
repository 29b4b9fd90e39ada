import type { DocumentSummary, Emit, LibraryFolder } from '#api';

/** ms between two tellings: a scan fills the list without flooding it. */
const INTERVAL = 100;

interface AnnouncerOptions {
  emit: Emit;
  /** The row of a document as it is now; `undefined` when it has none. */
  row(id: string): DocumentSummary | undefined;
  folders(): LibraryFolder[];
  scanning(): boolean;
  progress(): { done: number; total: number };
}

/** Tells the renderers what changed in the library, gathered for a moment. */
export class Broadcast {
  readonly #options: AnnouncerOptions;
  readonly #touched = new Set<string>();
  /** Documents that have a row at the renderers. */
  readonly #told = new Set<string>();
  #toldFolders = '';
  #timer: NodeJS.Timeout | undefined;
  #lastAt = 0;
  #closed = false;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** Tells soon that these documents, or the folders, may have changed. */
  touch(ids: Iterable<string> = []): void {
    for (const id of ids) this.#touched.add(id);
    if (this.#timer || this.#closed) return;
    const wait = Math.max(0, this.#lastAt + INTERVAL - performance.now());
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  /** Remembers what was listed on demand. */
  listed(documents: readonly DocumentSummary[]): void {
    for (const { id } of documents) this.#told.add(id);
  }

  /** Tells at once. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastAt = performance.now();
    if (this.#closed) return;
    const { emit, row, folders, scanning, progress } = this.#options;
    const changed: DocumentSummary[] = [];
    const removed: string[] = [];
    for (const id of this.#touched) {
      const document = row(id);
      if (document) changed.push(document);
      else if (this.#told.delete(id)) removed.push(id);
    }
    this.#touched.clear();
    this.listed(changed);
    const rows = folders();
    const key = JSON.stringify(rows);
    const foldersChanged = key !== this.#toldFolders;
    this.#toldFolders = key;
    emit('library.changed', { changed, removed, ...(foldersChanged ? { folders: rows } : {}), scanning: scanning() });
    if (scanning()) emit('library.progress', progress());
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}
