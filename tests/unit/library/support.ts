import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { EventName, EventPayload, Failure } from '#api';
import { ok } from '#api';
import type { Identity, Notebook } from '#model';
import { emptyNotebook, outlineOf, withEdition } from '#model';
import { type DocumentText, decodeText } from '../../../electron/formats/document-text';
import { type Library, type NotebookView, openLibrary } from '../../../electron/library';
import type { WatchSystem } from '../../../electron/library/folder-watcher';
import type { IndexView, MachineView, Sighting } from '../../../electron/library/types';
import { allRows } from '../all-rows';
import { startReadingHere } from '../reading-here';

/** A folder of its own, removed after the test; without symbolic links in its path. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-library-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What belongs to one machine, in memory. */
class MemoryMachine implements MachineView {
  readonly sightings = new Map<string, Sighting>();
  readonly keptFolders: string[][] = [];

  sighting = (id: string) => this.sightings.get(id);

  async setSightings(sightings: ReadonlyMap<string, Sighting>) {
    for (const [id, sighting] of sightings) this.sightings.set(id, sighting);
    return ok(null);
  }

  async setFolders(paths: readonly string[]) {
    this.keptFolders.push([...paths]);
    return ok(null);
  }

  #inbox: string | undefined;

  inbox = () => this.#inbox;

  async setInbox(path: string | undefined) {
    this.#inbox = path;
    return ok(null);
  }
}

/** Notebooks in memory. */
export class MemoryNotebooks implements NotebookView {
  readonly notebooks = new Map<string, Notebook>();
  readonly locked = new Map<string, Failure>();

  get = (id: string) => this.notebooks.get(id);
  ids = () => this.notebooks.keys();
  outline(id: string) {
    const notebook = this.notebooks.get(id);
    return notebook && outlineOf(notebook);
  }
  identities = () => this.notebooks.values();
  lockedBecause = (id: string) => this.locked.get(id);

  async changeIdentity(id: string, next: (identity: Identity) => Identity) {
    const notebook = this.notebooks.get(id);
    if (!notebook) throw new Error(`no notebook ${id}`);
    this.notebooks.set(id, { ...notebook, identity: next(notebook.identity) });
    return ok(null);
  }

  async addEditions(id: string, rawHashes: readonly string[]) {
    const notebook = this.notebooks.get(id);
    if (!notebook) throw new Error(`no notebook ${id}`);
    this.notebooks.set(
      id,
      rawHashes.reduce((all, each) => withEdition(all, each, true), notebook),
    );
    return ok(null);
  }

  /** What its machine keeps. */
  readonly machine = new MemoryMachine();

  /** Keeps a notebook with a tag on the document, as the core would make it. */
  tag(library: Library, id: string, ...tags: string[]): Notebook {
    const identity = library.identity(id);
    if (!identity) throw new Error(`no document ${id}`);
    const notebook = { ...(this.notebooks.get(id) ?? emptyNotebook(id, { ...identity, paths: [] })), tags };
    this.notebooks.set(id, notebook);
    void library.notebookChanged(id, identity);
    return notebook;
  }
}

type Told = { [E in EventName]: { event: E; payload: EventPayload<E> } }[EventName];

/** What a library told, and a way to wait until it has told enough. */
export class Listener {
  readonly told: Told[] = [];
  #waiting: (() => void)[] = [];

  emit = <E extends EventName>(event: E, payload: EventPayload<E>): void => {
    this.told.push({ event, payload } as Told);
    for (const wake of this.#waiting.splice(0)) wake();
  };

  /** Waits, event by event, until `isReached`; fails after two minutes, which the slowest machine does not take. */
  async until(isReached: () => boolean, what = 'the state that was waited for'): Promise<void> {
    const late = AbortSignal.timeout(120_000);
    while (!isReached()) {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.push(resolve);
        late.addEventListener('abort', () => reject(new Error(`the library did not come to ${what}`)), { once: true });
      });
    }
  }

  /** Whether the library was ever told to have fewer documents than before. */
  get hasShrunk(): boolean {
    const counted = this.told.flatMap((each) => (each.event === 'library.changed' ? [each.payload.counts.documents] : []));
    return counted.some((count, index) => count < (counted[index - 1] ?? 0));
  }

  /** The documents that were told to be edited. */
  get edited(): string[] {
    return this.told.flatMap((each) => (each.event === 'library.source-changed' ? [each.payload.documentId] : []));
  }
}

/** LOCAL of a data folder. */
export const localOf = (data: string): string => `${data}-local`;

interface Opened {
  library: Library;
  listener: Listener;
  notebooks: MemoryNotebooks;
  index: MemoryIndex;
  warnings: string[];
  keptFolders: string[][];
}

/** What the library tells its index. */
export class MemoryIndex implements IndexView {
  readonly touched = new Set<string>();
  /** Texts by the names of their contents. */
  readonly texts = new Map<string, string>();
  isComplete = false;
  touch(ids: Iterable<string>): void {
    for (const id of ids) this.touched.add(id);
  }
  async put(content: string, text: DocumentText): Promise<void> {
    this.texts.set(content, decodeText(text));
  }
  complete(): void {
    this.isComplete = true;
  }
}

interface Where {
  data: string;
  folders?: readonly string[];
  seeds?: string;
  notebooks?: MemoryNotebooks;
  watching?: WatchSystem;
  startReading?: typeof startReadingHere;
}

/** Opens a library and waits for its first scan, unless `wait` is false; closed after the test. */
export async function openTestLibrary(
  { data, folders = [], seeds, notebooks = new MemoryNotebooks(), watching, startReading = startReadingHere }: Where,
  wait = true,
): Promise<Opened> {
  const listener = new Listener();
  const warnings: string[] = [];
  const note = (message: string, cause?: unknown) => void warnings.push(`${message} ${String(cause)}`);
  const localFolder = localOf(data);
  await mkdir(localFolder, { recursive: true });
  const index = new MemoryIndex();
  const library = await openLibrary({
    dataFolder: data,
    localFolder,
    seedsFolder: seeds ?? path.resolve('seeds'),
    startReading,
    folders,
    notebooks,
    machine: notebooks.machine,
    toReview: () => undefined,
    keptText: async () => undefined,
    index,
    watching,
    log: { error: note, warn: note, info: () => undefined },
    emit: listener.emit,
  });
  onTestFinished(() => library.close());
  if (wait) await library.ready;
  return { library, listener, notebooks, index, warnings, keptFolders: notebooks.machine.keptFolders };
}

/** The rows of the documents outside of the seeds, by relative path. */
export const rowsOf = (library: Library) =>
  Object.fromEntries(
    allRows(library)
      .filter(({ folderId }) => folderId !== 'seeds')
      .map((row) => [row.relativePath, row]),
  );
