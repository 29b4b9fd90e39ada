import os from 'node:os';
import path from 'node:path';
import {
  type Capabilities,
  type CoreMethodName,
  coreMethods,
  type DataProblem,
  type Emit,
  type EventName,
  type EventPayload,
  type UploadHandlers,
} from './api';
import { type CoreHandlers, createHandlers, createUploadHandlers, type Parts } from './handlers';
import { type Library, openLibrary } from './library';
import type { Log } from './log';
import { lockDataFolder, openNotebooks, openSettings, openTags, type SettingsStore } from './notebook';
import { makePrivateFolder } from './private-folder';
import { openSearch, type SearchSource } from './search';

export interface CoreOptions {
  /** Everything of the reader's; made when it is missing. */
  dataFolder: string;
  /** The documents that ship with the application. */
  seedsFolder: string;
  /** Where the bundled worker threads are: `<folder>/search-worker.cjs`. */
  workersFolder: string;
  version: string;
  capabilities: Capabilities;
  log: Log;
}

/** Told of every event that is not the subscriber's own doing. */
export type EventListener = <E extends EventName>(event: E, payload: EventPayload<E>) => void;

/** The application without its windows: what both hosts run. */
export interface Core {
  handles(method: string): method is CoreMethodName;
  /**
   * Answers a call of the renderer `origin`. Rejects with `InvalidArguments` when they are not what the contract says,
   * and with anything else only on a bug.
   */
  handle(method: CoreMethodName, args: unknown, origin: string): Promise<unknown>;
  /** Takes files that a renderer hands over. */
  uploads: UploadHandlers;
  /** Tells the renderer `origin` what happens, until the returned function is called. */
  subscribe(origin: string, listener: EventListener): () => void;
  emit: Emit;
  library: Library;
  settings: SettingsStore;
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

/** `Lectern/data` in the system's place for application data: what Electron calls `appData`. */
export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform, home = os.homedir()): string {
  return path.join(applicationData(env, platform, home), 'Lectern', 'data');
}

function applicationData(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') return env['APPDATA'] || path.join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  return env['XDG_CONFIG_HOME'] || path.join(home, '.config');
}

/** Opens the data folder and composes the parts. Rejects with `DataFolderInUse` when another Lectern has it. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { dataFolder } = options;
  await makePrivateFolder(dataFolder, options.log);
  const lock = await lockDataFolder(dataFolder);
  if (!lock.ok) throw new DataFolderInUse(`${lock.message} They are in ${dataFolder}.`);
  const subscribers = new Set<{ origin: string; listener: EventListener }>();
  const emit: Emit = (event, payload) => {
    for (const { origin, listener } of subscribers) {
      if (!('origin' in payload) || payload.origin !== origin) listener(event, payload);
    }
  };
  try {
    const parts = await openParts(options, emit);
    const handlers = createHandlers(parts, { ...options, emit });
    const flush = async () => {
      await Promise.all([parts.notebooks, parts.tags, parts.settings].map((store) => store.flush()));
    };
    return {
      handles: (method): method is CoreMethodName => Object.hasOwn(coreMethods, method),
      handle: (method, args, origin) => handle(handlers, method, args, origin),
      uploads: createUploadHandlers(parts),
      subscribe(origin, listener) {
        const subscriber = { origin, listener };
        subscribers.add(subscriber);
        return () => subscribers.delete(subscriber);
      },
      emit,
      library: parts.library,
      settings: parts.settings,
      flush,
      async close() {
        try {
          await flush();
          await Promise.all([parts.library.close(), parts.search.close()]);
          await parts.notebooks.close();
          await flush();
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

async function openParts({ dataFolder, seedsFolder, workersFolder, log }: CoreOptions, emit: Emit): Promise<Parts> {
  const onProblem = (problem: DataProblem) => emit('app.problem', problem);
  const onSolved = (id: string) => emit('app.problem-solved', { id });
  const [notebooks, tags, settings] = await Promise.all([
    openNotebooks({ dataFolder, log, onProblem, onSolved }),
    openTags({ dataFolder, log, onProblem, onSolved }),
    openSettings({ dataFolder, log, onProblem, onSolved }),
  ]);
  const library = await openLibrary({
    dataFolder,
    seedsFolder,
    folders: settings.folders(),
    notebooks,
    log,
    emit,
    onFoldersChanged: (paths) => settings.setFolders(paths),
  });
  const source: SearchSource = { documents: () => listSearchable(library), notebooks: () => notebooks.all() };
  const search = openSearch({ source, worker: path.join(workersFolder, 'search-worker.cjs'), log });
  return { notebooks, tags, settings, library, search };
}

/** What search's worker reads: every file with what the library knows of it. */
function listSearchable(library: Library): ReturnType<SearchSource['documents']> {
  return library.files().flatMap((file) => {
    const summary = library.summary(file.id);
    return summary ? [{ ...file, title: summary.title, date: summary.date, tags: summary.tags }] : [];
  });
}

async function handle<M extends CoreMethodName>(handlers: CoreHandlers, method: M, args: unknown, origin: string): Promise<unknown> {
  const parsed = coreMethods[method].args.safeParse(args);
  if (!parsed.success) throw new InvalidArguments(`The arguments of ${method} are not what it takes: ${parsed.error.message}`);
  const call = handlers[method] as (args: unknown, origin: string) => unknown;
  return coreMethods[method].result.parse(await call(parsed.data, origin));
}
