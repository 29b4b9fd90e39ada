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
  type Result,
  type UploadHandlers,
} from '#api';
import { createBulkEdits } from './bulk-edits';
import { type Clients, createClients } from './clients';
import { createComparing } from './comparing';
import { createForgetting, forgetOnMachine } from './forgetting';
import { createHandlers, createUploadHandlers, type Parts } from './handlers';
import { createImporting } from './importing';
import { createExports, type Exports, type ExportsOptions } from './interchange/export';
import { createTurns } from './interchange/import';
import { createJoining } from './joining';
import { type DocumentLines, type Library, type LibraryOptions, openLibrary } from './library';
import { createLinks } from './links';
import type { Log } from './log';
import {
  createJournal,
  createNotebookCalls,
  createPagedNotes,
  createTagCalls,
  knownBackups,
  lockDataFolder,
  type MachineStore,
  type NotebookStore,
  openBulkRecords,
  openDroppedFiles,
  openKeptMessages,
  openMachine,
  openNotebooks,
  openReview,
  openSettings,
  openTags,
  prepareLocalFolder,
  readMachineId,
  refusalByEarlier,
  type SettingsStore,
  type WriteLock,
} from './notebook';
import { createPause } from './pacing';
import { createPlaceNotes } from './placing';
import { makePrivateFolder } from './private-folder';
import { createRestoring } from './restoring';
import { openSearch, type SearchOptions, type SearchSource, searchNote } from './search';
import { createStaleDerived } from './stale-derived';
import { keptTextsFolder } from './storage/kept-text';
import { createTagSettling } from './tag-settling';

export { bytesOf, ExportBrokenOff, type ExportStream, releasePieces } from './interchange/export';

/** What an export or the index reads is soon forgotten: with a small young generation it takes some MB of memory in place of fifty. */
const SOON_FORGOTTEN = { resourceLimits: { maxYoungGenerationSizeMb: 4 } };

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

/** The application without its windows: what both hosts run. */
export interface Core extends Clients {
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
  library: Library;
  settings: SettingsStore;
  machine: MachineStore;
  /** Resolves when what an earlier end left half forgotten is forgotten. */
  forgotten: Promise<void>;
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

export const isCoreMethod = (method: string): method is CoreMethodName => Object.hasOwn(coreMethods, method);

/** A data folder that no other Lectern has until it is let go. */
export interface LockedData {
  lock: WriteLock;
  /** What keeps LOCAL from being used. */
  problem: DataProblem | undefined;
}

/** Takes the data folder for this Lectern. Rejects with `DataFolderInUse` when another one has it. */
export async function lockData({
  dataFolder,
  localFolder,
  log,
}: Pick<CoreOptions, 'dataFolder' | 'localFolder' | 'log'>): Promise<LockedData> {
  await makePrivateFolder(dataFolder, log);
  const earlier = await refusalByEarlier(dataFolder);
  if (earlier !== undefined) throw new DataFolderInUse(`${earlier} They are in ${dataFolder}.`);
  const problem = await prepareLocalFolder({ localFolder, dataFolder, log });
  const locked = await lockDataFolder(localFolder);
  if (!locked.ok) throw new DataFolderInUse(`${locked.message} They are in ${dataFolder}.`);
  return { lock: locked.lock, problem };
}

/**
 * Opens the data folder and composes the parts. A host that has taken the folder already gives that, and whom it tells what happens. Rejects
 * with `DataFolderInUse` when another Lectern has the folder.
 */
export async function createCore(
  options: CoreOptions,
  { locked, clients = createClients() }: { locked?: LockedData; clients?: Clients } = {},
): Promise<Core> {
  const { log } = options;
  const { lock, problem } = locked ?? (await lockData(options));
  const { emit } = clients;
  try {
    const parts = await openParts(options, lock, emit);
    const handlers = createHandlers(parts, { ...options, problems: problem ? [problem] : [], emit });
    const placeNotes = createPlaceNotes({ ...parts, emit, log });
    const forgotten = parts.forgetting.resume();
    const flush = async () => {
      await Promise.all([parts.notebooks, parts.tags, parts.settings, parts.machine, parts.journal].map((store) => store.flush()));
    };
    return {
      ...clients,
      async handle(method, args, client) {
        const result = await handle(handlers, method, args, client);
        return options.checkResults ? coreMethods[method].result.parse(result) : result;
      },
      documentLines: (id, rawHash) => parts.library.read(id, rawHash, placeNotes(id, rawHash)),
      uploads: createUploadHandlers(parts),
      exports: parts.exports,
      library: parts.library,
      forgotten,
      settings: parts.settings,
      machine: parts.machine,
      flush,
      async close() {
        try {
          parts.exports.close();
          // Each ends what it does at once, and then waits for the other.
          await Promise.all([parts.restoring.close(), parts.importing.close(), parts.bulkEdits.close()]);
          await flush();
          await Promise.all([parts.library.close(), parts.search.close(), parts.review.close()]);
          await parts.notebooks.close();
          await parts.forgetting.close();
          await Promise.all([parts.tags, parts.settings, parts.machine].map((store) => store.close()));
          await Promise.all([parts.messages.flush(), parts.journal.flush()]);
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
  const journal = createJournal({ dataFolder, machineId: id, check: notebooks.folder.check, log });
  const records = await openBulkRecords(path.join(localFolder, 'bulk-edits'), log);
  const indexFile = path.join(localFolder, 'index.sqlite');
  const stale = createStaleDerived({ localFolder, indexFile, outlines: notebooks.outlines });
  const here = { machine, messages, emit };
  const forgottenElsewhere = await stale.begin().catch((error: unknown) => {
    log.error('the index could not be removed to be made anew', error);
    return [];
  });
  for (const each of forgottenElsewhere) {
    const unseen = await forgetOnMachine(each, here);
    if (!unseen.ok) log.error(`where the document ${each} was seen could not be forgotten`, unseen.failure.message);
  }
  const search = openSearch({
    file: indexFile,
    start: options.startSearch ?? (() => new Worker(path.join(workersFolder, 'search-worker.cjs'), SOON_FORGOTTEN)),
    log,
    onProgress: (progress) => emit('search.progress', progress),
  });
  const review = await openReview({ notebooks, cacheFile: path.join(localFolder, 'reviews.sqlite'), log });
  const pagedNotes = createPagedNotes({
    outlines: notebooks.outlines,
    notebook: notebooks.read,
    unplaced: (id) => review.of(id)?.unplaced,
    isMissing: (id) => library.summary(id)?.missing ?? true,
    journal,
    tags: tags.list,
    canUndo: (editId) => records.stateOf(editId) === 'done',
    joiningOf: (id) => joining.lastOf(id),
    pause: createPause(),
  });
  const links = createLinks({ library: { ids: () => library.ids(), summary: (id) => library.summary(id) }, notebooks });
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
    async keptText(textHash) {
      const text = await notebooks.readText(textHash);
      return text.ok ? text.value : undefined;
    },
    toReview(id) {
      const notes = review.of(id);
      return notes && { close: notes.close.length, unplaced: notes.unplaced.length };
    },
    index: {
      ...search,
      touch(ids) {
        search.touch(ids);
        pagedNotes.touch(ids);
        links.touch(ids);
        review.touch(ids);
      },
    },
    log,
    emit,
  });
  // What the first window waits for comes before.
  void library.begun.then(() => {
    search.follow(searched(library, notebooks));
    search.touch(library.ids());
    review.touch(library.ids());
  });
  pagedNotes.follow((documentId) => library.summary(documentId)?.title);
  const tagCalls = createTagCalls({ tags, notebooks, journal, emit }, log);
  const joining = createJoining({ notebooks, machine, library, journal, emit, tellTags: tagCalls.tell, log });
  const notebookCalls = createNotebookCalls({
    notebooks,
    lists: pagedNotes,
    library: {
      identity: (id) => library.identity(id),
      async notebookChanged(id, identity) {
        await library.notebookChanged(id, identity);
        joining.moveLeft(id);
      },
    },
    rememberTags: tagCalls.remember,
    settleTags: (id) => tagSettling.look(id),
    journal: {
      ...journal,
      async removeEarlier(before) {
        await journal.removeEarlier(before);
        await records.removeEarlier(before);
      },
    },
    emit,
    log,
  });
  const turns = createTurns();
  const bulkEdits = createBulkEdits({ notebooks, notebookCalls, tags, tagCalls, records, journal, messages, turns, emit, log });
  await bulkEdits.recover();
  const tagSettling = createTagSettling({ notebooks, tags, change: notebookCalls.changeAsPart, turns, log });
  const tellTags = () => {
    tagCalls.tell();
    tagSettling.lookAtAll();
  };
  void library.begun.then(tagSettling.lookAtAll);
  const brought = { dataFolder, notebooks, tags, library, dropped: openDroppedFiles(dataFolder), turns, emit, log };
  const restoring = createRestoring({ ...brought, tellTags });
  const importing = createImporting({ ...brought, localFolder, messages, tellTags });
  await importing.recover();
  const comparing = createComparing({ notebooks, library, log });
  const forgetting = createForgetting({
    dataFolder,
    stale,
    notebooks,
    library,
    here,
    journal,
    records,
    change: notebookCalls.change,
    log,
  });
  const exports = createExports({
    source: {
      document: (id) => library.summary(id),
      notebook: notebooks.get,
      notebooks: notebooks.all,
      list: (query) => library.idsOf(query),
    },
    textsFolder: keptTextsFolder(dataFolder),
    colourNames: () => settings.read().colourNames,
    start: options.startExport ?? (() => new Worker(path.join(workersFolder, 'export-worker.cjs'), SOON_FORGOTTEN)),
    pause: createPause(),
    onProgress: (progress) => emit('export.progress', progress),
    log,
  });
  return {
    notebooks,
    notebookCalls,
    tags,
    tagCalls,
    settings,
    machine,
    messages,
    journal,
    forgetting,
    library,
    review,
    search,
    restoring,
    importing,
    bulkEdits,
    joining,
    links,
    comparing,
    exports,
  };
}

/** What is searched: every document that the library lists, under the title that the list shows, with the reader's notes on it. */
const searched = (library: Library, notebooks: NotebookStore): SearchSource => ({
  ids: () => library.ids(),
  document(id) {
    const row = library.summary(id);
    if (!row) return undefined;
    const { path: file = '', content } = library.file(id) ?? {};
    const folder = path.dirname(file).replaceAll('\\', '/');
    const { title, date, author, format, tags, status, missing, toReview, addedAt } = row;
    return {
      id,
      title,
      folder,
      date,
      author,
      format,
      status,
      isMissing: missing,
      hasUnplaced: (toReview?.unplaced ?? 0) > 0,
      addedAt,
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
