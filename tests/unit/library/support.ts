import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { EventName, EventPayload, Failure, Identity, Notebook } from '../../../electron/api';
import { emptyNotebook, ok } from '../../../electron/api';
import { type Library, type NotebookView, openLibrary } from '../../../electron/library';

/** A folder of its own, removed after the test; without symbolic links in its path. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-library-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Notebooks in memory. */
export class MemoryNotebooks implements NotebookView {
  readonly notebooks = new Map<string, Notebook>();
  readonly locked = new Map<string, Failure>();

  get = (id: string) => this.notebooks.get(id);
  all = () => this.notebooks.values();
  lockedBecause = (id: string) => this.locked.get(id);

  async setIdentity(id: string, identity: Identity) {
    const notebook = this.notebooks.get(id);
    if (!notebook) throw new Error(`no notebook ${id}`);
    this.notebooks.set(id, { ...notebook, identity });
    return ok(null);
  }

  /** Keeps a notebook with a tag on the document, as the core would make it. */
  tag(library: Library, id: string, ...tags: string[]): Notebook {
    const identity = library.identity(id);
    if (!identity) throw new Error(`no document ${id}`);
    const notebook = { ...(this.notebooks.get(id) ?? emptyNotebook(id, identity)), tags };
    this.notebooks.set(id, notebook);
    library.notebookChanged(id);
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

  /** Waits, event by event, until `isReached`; fails after ten seconds. */
  async until(isReached: () => boolean, what = 'the state that was waited for'): Promise<void> {
    const late = AbortSignal.timeout(10_000);
    while (!isReached()) {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.push(resolve);
        late.addEventListener('abort', () => reject(new Error(`the library did not come to ${what}`)), { once: true });
      });
    }
  }

  /** The documents that were told to be gone. */
  get removed(): string[] {
    return this.told.flatMap((each) => (each.event === 'library.changed' ? each.payload.removed : []));
  }

  /** The documents that were told to be edited. */
  get edited(): string[] {
    return this.told.flatMap((each) => (each.event === 'library.source-changed' ? [each.payload.documentId] : []));
  }
}

interface Opened {
  library: Library;
  listener: Listener;
  notebooks: MemoryNotebooks;
  warnings: string[];
  keptFolders: string[][];
}

interface Where {
  data: string;
  folders?: readonly string[];
  seeds?: string;
  notebooks?: MemoryNotebooks;
}

/** Opens a library and waits for its first scan, unless `wait` is false; closed after the test. */
export async function openTestLibrary(
  { data, folders = [], seeds, notebooks = new MemoryNotebooks() }: Where,
  wait = true,
): Promise<Opened> {
  const listener = new Listener();
  const warnings: string[] = [];
  const keptFolders: string[][] = [];
  const note = (message: string, cause?: unknown) => void warnings.push(`${message} ${String(cause)}`);
  const library = await openLibrary({
    dataFolder: data,
    seedsFolder: seeds ?? path.resolve('seeds'),
    folders,
    notebooks,
    log: { error: note, warn: note, info: () => undefined },
    emit: listener.emit,
    onFoldersChanged: async (paths) => {
      keptFolders.push([...paths]);
      return ok(null);
    },
  });
  onTestFinished(() => library.close());
  if (wait) await library.ready;
  return { library, listener, notebooks, warnings, keptFolders };
}

/** The rows of the documents outside of the seeds, by relative path. */
export const rowsOf = (library: Library) =>
  Object.fromEntries(
    library
      .list()
      .documents.filter(({ folderId }) => folderId !== 'seeds')
      .map((row) => [row.relativePath, row]),
  );

/** `text` in an encoding that the platform only decodes: its decoder turned round. Throws for what it cannot write. */
export function encode(label: string, text: string): Uint8Array<ArrayBuffer> {
  if (label === 'utf-8') return new TextEncoder().encode(text);
  if (label.startsWith('utf-16')) {
    const bytes = Buffer.from(text, 'utf16le');
    return new Uint8Array(label === 'utf-16be' ? bytes.swap16() : bytes);
  }
  const table = encodingTable(label);
  return Uint8Array.from([...text].flatMap((character) => table.get(character) ?? fail(label, character)));
}

const fail = (label: string, character: string): never => {
  throw new Error(`${label} has no ${character}`);
};

const tables = new Map<string, Map<string, number[]>>();

/** The bytes of each character of an encoding of one or two bytes. */
export function encodingTable(label: string): Map<string, number[]> {
  const known = tables.get(label);
  if (known) return known;
  const decoder = new TextDecoder(label);
  const table = new Map<string, number[]>();
  const add = (...bytes: number[]) => {
    const character = decoder.decode(Uint8Array.from(bytes));
    if ([...character].length === 1 && character !== '\ufffd' && !table.has(character)) table.set(character, bytes);
  };
  for (let byte = 0; byte < 256; byte++) add(byte);
  if (['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr'].includes(label)) {
    for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) add(lead, trail);
  }
  tables.set(label, table);
  return table;
}
