import {
  type Capabilities,
  type CoreHandlers,
  type CoreMethodName,
  coreMethods,
  type DataProblem,
  type ParsedArgs,
  type Result,
  type UploadHandlers,
} from '#api';
import { type Clients, createClients } from './clients';
import { createHandlers, createUploadHandlers } from './handlers';
import type { Exports, ExportsOptions } from './interchange/export';
import type { DocumentLines, Library, LibraryOptions } from './library';
import type { Log } from './log';
import { lockDataFolder, type MachineStore, prepareLocalFolder, refusalByEarlier, type SettingsStore, type WriteLock } from './notebook';
import { openParts } from './parts';
import { createPlaceNotes } from './placing';
import { makePrivateFolder } from './private-folder';
import type { SearchOptions } from './search';

export { bytesOf, ExportBrokenOff, type ExportStream, releasePieces } from './interchange/export';

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
  /** ms after the start until a backup is made, where the usual ones are not meant; `null` for none: in tests. */
  backupDelay?: number | null | undefined;
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
  documentLines(documentId: string, rawHash: string | undefined, unlockKey?: string): Promise<Result<DocumentLines>>;
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

/** Answers `search.run`. */
export type Searching = (args: unknown, client: string) => Promise<unknown>;

interface Opening {
  /** The folder that the host has taken already. */
  locked?: LockedData;
  /** Whom it tells what happens. */
  clients?: Clients;
  /** Told what answers searches from the last run's index, long before all is open. Not called where there is none. */
  onSearchable?: ((search: Searching) => void) | undefined;
}

/** Opens the data folder and composes the parts. Rejects with `DataFolderInUse` when another Lectern has the folder. */
export async function createCore(options: CoreOptions, { locked, clients = createClients(), onSearchable }: Opening = {}): Promise<Core> {
  const { log } = options;
  const { lock, problem } = locked ?? (await lockData(options));
  const { emit } = clients;
  try {
    const parts = await openParts(options, lock, emit, ({ 'search.run': run }) =>
      onSearchable?.(async (args, client) => run(checkedArgs('search.run', args), client)),
    );
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
      documentLines: (id, rawHash, unlockKey) => parts.library.read(id, rawHash, placeNotes(id, rawHash), unlockKey),
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

async function handle<M extends CoreMethodName>(handlers: CoreHandlers, method: M, args: unknown, client: string): Promise<unknown> {
  const call = handlers[method] as (args: unknown, client: string) => unknown;
  return call(checkedArgs(method, args), client);
}

/** Throws `InvalidArguments` where they are not what the contract says. */
function checkedArgs<M extends CoreMethodName>(method: M, args: unknown): ParsedArgs<M> {
  const parsed = coreMethods[method].args.safeParse(args);
  if (!parsed.success) throw new InvalidArguments(`The arguments of ${method} are not what it takes: ${parsed.error.message}`);
  return parsed.data as ParsedArgs<M>;
}
