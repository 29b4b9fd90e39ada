import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  type Capabilities,
  type CoreHandlers,
  type CoreMethodName,
  coreMethods,
  type DataProblem,
  type Emit,
  type EventName,
  type EventPayload,
  type Result,
  type UploadHandlers,
} from '#api';
import { createHandlers, createUploadHandlers, type Parts } from './handlers';
import { createExports, type Exports, type ExportsOptions } from './interchange/export';
import { type DocumentLines, type Library, type LibraryOptions, openLibrary } from './library';
import type { Log } from './log';
import {
  createCarryAnchors,
  createNotebookCalls,
  createNoteLists,
  createTagCalls,
  knownBackups,
  lockDataFolder,
  type MachineStore,
  type NotebookStore,
  openKeptMessages,
  openMachine,
  openNotebooks,
  openSettings,
  openTags,
  prepareLocalFolder,
  readMachineId,
  refusalByEarlier,
  type SettingsStore,
  type WriteLock,
} from './notebook';
import { createPause } from './pacing';
import { makePrivateFolder } from './private-folder';
import { createRestoring } from './restoring';
import { openSearch, type SearchOptions, type SearchSource, searchNote } from './search';
import { keptTextsFolder } from './storage/kept-text';

export { bytesOf, ExportBrokenOff, type ExportStream, releasePieces } from './interchange/export';

/** What is read of an export is soon forgotten: with a small young generation it takes some MB of memory in place of fifty. */
const EXPORT_LIMITS = { resourceLimits: { maxYoungGenerationSizeMb: 4 } };

export interface CoreOptions {
  /** Everything of the reader's; made when it is missing. */
  dataFolder: string;
  /** What belongs to this machine alone: `localFolderOf(dataFolder)`, but in tests. */
  localFolder: string;
  /** How this machine calls itself; its host name, but in tests. */
  machineName?: string;
  /** The documents that ship with the application. */
  seedsFolder: string;
  /** Where the bundled worker threads are: `reading-worker.cjs` and so on. */
  workersFolder: string;
  /** Starts a thread that reads documents, where it is not the bundled one: in tests. */
  startReading?: LibraryOptions['startReading'];
  /** Starts the thread that searches, likewise. */
  startSearch?: SearchOptions['start'];
  /** The same of a thread that renders an export. */
  startExport?: ExportsOptions['start'];
  version: string;
  capabilities: Capabilities;
  log: Log;
  /** Validates what calls answer, too: in tests. A large library would wait for it at each start. */
  checkResults?: boolean;
}

/** Told of every event that is not the subscriber's own doing. */
export type EventListener = <E extends EventName>(event: E, payload: EventPayload<E>) => void;

/** The application without its windows: what both hosts run. */
export interface Core {
  handles(method: string): method is CoreMethodName;
  /**
   * Answers a call of a client (a window or a page). Rejects with `InvalidArguments` when they are not what the contract says,
   * and with anything else only on a bug.
   */
  handle(method: CoreMethodName, args: unknown, client: string): Promise<unknown>;
  /**
   * The parts of a document for the page, each as JSON on a line of its own; `rawHash` is that of the file that it was told of. Fails
   * where nothing can be read; what fails later is the last line.
   */
  documentLines(documentId: string, rawHash: string | undefined): Promise<Result<DocumentLines>>;
  /** Takes files that a renderer hands over. */
  uploads: UploadHandlers;
  /** Gives the exports that a renderer prepared. */
  exports: Pick<Exports, 'take'>;
  /** Tells a client what happens, until the returned function is called. */
  subscribe(client: string, listener: EventListener): () => void;
  emit: Emit;
  library: Library;
  settings: SettingsStore;
  machine: MachineStore;
  /** Resolves when everything that was handed over is on the disk. */
  flush(): Promise<void>;
  /** Flushes, ends what runs, and lets go of the data folder. */
  close(): Promise<void>;
}

/** Arguments of a call that are not what the contract says: a bug of the caller's, or a stranger. */
export class InvalidArguments extends Error {
  override name = 'InvalidArguments';
}

/** Another Lectern has the data folder open; the message says which, for the reader. */
export class DataFolderInUse extends Error {
  override name = 'DataFolderInUse';
}

/** Opens the data folder and composes the parts. Rejects with `DataFolderInUse` when another Lectern has it. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { dataFolder, localFolder, log } = options;
  await makePrivateFolder(dataFolder, log);
  const earlier = await refusalByEarlier(dataFolder);
  if (earlier !== undefined) throw new DataFolderInUse(`${earlier} They are in ${dataFolder}.`);
  const problem = await prepareLocalFolder({ localFolder, dataFolder, log });
  const locked = await lockDataFolder(localFolder);
  if (!locked.ok) throw new DataFolderInUse(`${locked.message} They are in ${dataFolder}.`);
  const { lock } = locked;
  const subscribers = new Set<{ client: string; listener: EventListener }>();
  const emit: Emit = (event, payload) => {
    for (const { client, listener } of subscribers) {
      if (!('client' in payload) || payload.client !== client) listener(event, payload);
    }
  };
  try {
    const parts = await openParts(options, lock, emit);
    const handlers = createHandlers(parts, { ...options, problems: problem ? [problem] : [], emit });
    const carryAnchors = createCarryAnchors({
      notebooks: parts.notebooks,
      log,
      tell(documentId, changes, revision) {
        emit('notebook.changed', { documentId, changes, revision });
        void parts.library.notebookChanged(documentId);
      },
    });
    const flush = async () => {
      await Promise.all([parts.notebooks, parts.tags, parts.settings, parts.machine].map((store) => store.flush()));
    };
    return {
      handles: (method): method is CoreMethodName => Object.hasOwn(coreMethods, method),
      async handle(method, args, client) {
        const result = await handle(handlers, method, args, client);
        return options.checkResults ? coreMethods[method].result.parse(result) : result;
      },
      documentLines(id, rawHash) {
        const encoding = parts.notebooks.outline(id)?.encoding;
        return parts.library.read(id, rawHash, async (read) => {
          if (rawHash !== undefined) await carryAnchors(id, { rawHash, encoding }, read);
        });
      },
      uploads: createUploadHandlers(parts),
      exports: parts.exports,
      subscribe(client, listener) {
        const subscriber = { client, listener };
        subscribers.add(subscriber);
        return () => subscribers.delete(subscriber);
      },
      emit,
      library: parts.library,
      settings: parts.settings,
      machine: parts.machine,
      flush,
      async close() {
        try {
          parts.exports.close();
          await parts.restoring.close();
          await flush();
          await Promise.all([parts.library.close(), parts.search.close()]);
          await parts.notebooks.close();
          await Promise.all([parts.tags, parts.settings, parts.machine].map((store) => store.close()));
          await parts.messages.flush();
        } finally {
          await lock.release();
        }
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openParts(options: CoreOptions, { claim }: WriteLock, emit: Emit): Promise<Parts> {
  const { dataFolder, localFolder, machineName = os.hostname(), seedsFolder, workersFolder, log } = options;
  const onProblem = (problem: DataProblem) => emit('app.problem', problem);
  const onSolved = (id: string) => emit('app.problem-solved', { id });
  const messages = await openKeptMessages({ localFolder, log });
  const known = knownBackups({ dataFolder, cacheFile: path.join(localFolder, 'backups.json'), log });
  const file = { dataFolder, known, log, claim, onProblem, onSolved, messages };
  const notebooks = await openNotebooks({ ...file, localFolder });
  const shared = { ...file, folder: notebooks.folder };
  const [tags, settings, id] = await Promise.all([openTags(shared), openSettings(shared), readMachineId({ localFolder, log })]);
  const machine = await openMachine({ ...shared, id, name: machineName, earlier: settings.earlierMachine() });
  known.forget();
  const folders = machine.folders();
  const search = openSearch({
    file: path.join(localFolder, 'index.sqlite'),
    start: options.startSearch ?? (() => new Worker(path.join(workersFolder, 'search-worker.cjs'))),
    log,
    onProgress: (progress) => emit('search.progress', progress),
  });
  const noteLists = createNoteLists({ outlines: notebooks.outlines, notebook: notebooks.read, pause: createPause() });
  const library = await openLibrary({
    dataFolder,
    refusal: shared.folder.refusal,
    localFolder,
    seedsFolder,
    startReading:
      options.startReading ??
      (() => new Worker(path.join(workersFolder, 'reading-worker.cjs'), { workerData: path.join(localFolder, 'models') })),
    folders,
    notebooks,
    machine,
    index: {
      ...search,
      touch(ids) {
        search.touch(ids);
        noteLists.touch(ids);
      },
    },
    log,
    emit,
  });
  // What the first window waits for comes before.
  void library.begun.then(() => {
    search.follow(searched(library, notebooks));
    search.touch(library.ids());
  });
  noteLists.follow((documentId) => library.summary(documentId)?.title);
  const tagCalls = createTagCalls({ tags, notebooks, emit }, log);
  const notebookCalls = createNotebookCalls({ notebooks, lists: noteLists, library, rememberTags: tagCalls.remember, emit, log });
  const restoring = createRestoring({ dataFolder, notebooks, tags, library, emit, tellTags: tagCalls.tell, log });
  const exports = createExports({
    source: {
      document: (id) => library.summary(id),
      notebook: notebooks.get,
      notebooks: notebooks.all,
      list: (query) => library.idsOf(query),
    },
    textsFolder: keptTextsFolder(dataFolder),
    start: options.startExport ?? (() => new Worker(path.join(workersFolder, 'export-worker.cjs'), EXPORT_LIMITS)),
    pause: createPause(),
    onProgress: (progress) => emit('export.progress', progress),
    log,
  });
  return { notebooks, notebookCalls, tags, tagCalls, settings, machine, messages, library, search, restoring, exports };
}

/** What is searched: every document that the library lists, under the title that the list shows, with the reader's notes on it. */
const searched = (library: Library, notebooks: NotebookStore): SearchSource => ({
  ids: () => library.ids(),
  document(id) {
    const row = library.summary(id);
    if (!row) return undefined;
    const { path: file = '', content } = library.file(id) ?? {};
    const folder = path.dirname(file).replaceAll('\\', '/');
    const { title, date, tags } = row;
    return {
      id,
      title,
      folder,
      date,
      content,
      tags: [...tags],
      notesState: notebooks.outline(id)?.notesState ?? '',
      // Of thousands of documents few are told to the index.
      get notes() {
        return (notebooks.get(id)?.notes ?? []).map(searchNote);
      },
    };
  },
  read: (id) => library.readText(id),
});

async function handle<M extends CoreMethodName>(handlers: CoreHandlers, method: M, args: unknown, client: string): Promise<unknown> {
  const parsed = coreMethods[method].args.safeParse(args);
  if (!parsed.success) throw new InvalidArguments(`The arguments of ${method} are not what it takes: ${parsed.error.message}`);
  const call = handlers[method] as (args: unknown, client: string) => unknown;
  return call(parsed.data, client);
}
