import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DataProblem, RecoveryChoice, Result } from '#api';
import type { Log } from '../log';
import { type KnownBackups, knownBackups } from './backups/known';
import { isConflictCopyOf } from './conflict-copies';
import { type DataFolder, watchDataFolder } from './data-folder';
import { systemCode } from './errno';
import type { FileKind, StorageContext } from './file-kind';
import { watchFolder } from './folder-watch';
import { type Patience, patience as usualPatience } from './half-written';
import { interruptedFileOf } from './interrupted-writes';
import { createLimiter } from './limiter';
import type { WriteLock } from './lock';
import { lossId } from './losses';
import { findMissing } from './missing-files';
import { createProblems, type ProblemListeners } from './problems';
import { createQuarantine, listOpenCases } from './quarantine';
import { StoredFile } from './stored-file';

export interface FileOptions extends ProblemListeners {
  /** Absolute. */
  dataFolder: string;
  /**
   * Shared by all stores of a data folder, each of which then watches its file. A store for itself has one of its own, and looks at its file
   * only before it writes.
   */
  folder?: DataFolder;
  /** What the backups know; shared likewise. */
  known?: KnownBackups;
  log: Log;
  claim?: WriteLock['claim'];
  /** With files that another program seems to be in the midst of writing. */
  patience?: Patience;
}

/** What every store of one file has. */
export interface FileStore {
  /** Tells that another program or machine changed what the file holds, once that is taken in. */
  onOutsideChange(listener: () => void): void;
  problems(): DataProblem[];
  /** Does what the reader chose about a file that was lost; `undefined` when the problem is not of this file. */
  recover(problemId: string, choice: RecoveryChoice): Promise<Result<string> | undefined>;
  /** Resolves when every change asked for so far is answered, and the file is there. */
  flush(): Promise<void>;
  /** Flushes, and watches the file no longer. */
  close(): Promise<void>;
}

/**
 * Opens one file of the data folder that is no notebook, by its path in there with `/`, such as `tags.json`. What another program or
 * machine writes there is merged while it is open.
 */
export async function openFile<T extends object>(
  name: string,
  kind: FileKind<T>,
  countItems: (value: T) => number,
  { dataFolder, folder: shared, log, known = knownBackups({ dataFolder, log }), claim, patience = usualPatience, ...told }: FileOptions,
): Promise<{ file: StoredFile<T>; store: FileStore }> {
  const problems = createProblems(told);
  const guard = shared ?? (await watchDataFolder({ dataFolder, problems, log, interval: null }));
  const quarantine = createQuarantine(dataFolder, guard);
  const context: StorageContext = { dataFolder, folder: guard, quarantine, problems, log, claim, writing: createLimiter(1), patience };
  const place = path.join(dataFolder, name);
  const listeners: (() => void)[] = [];
  const onMerged = () => {
    // With the change that it was merged for: a window that is told of one without the other would show what it changed as it was.
    void file.idle().then(() => {
      for (const listener of listeners) listener();
    });
    return undefined;
  };
  const withMerges = { ...kind, onMerged };
  const file: StoredFile<T> = new StoredFile(place, () => withMerges, context);
  const folder = path.dirname(place);
  const isCopy = (each: string) => isConflictCopyOf(each, path.basename(place));
  const names = await readdir(folder).catch((error: unknown) => {
    // A folder that is missing is made at the first write; one that cannot be listed may still give the file.
    if (systemCode(error) === undefined) throw error;
    return [];
  });
  const interrupted = names.filter((each) => interruptedFileOf(each) === path.basename(place)).map((each) => path.join(folder, each));
  await file.load(interrupted, (await listOpenCases(quarantine, log)).get(name));
  const [missing] = await findMissing({
    ...context,
    known,
    validatorOf: (each) => (each === name ? kind.validate : undefined),
    itemsOf: () => file.value && countItems(file.value),
  });
  if (missing) file.offer(missing.loss, missing.copy);
  for (const each of names.filter(isCopy)) await takeCopy(path.join(folder, each), file, context);
  const lookAt = async (each: string): Promise<void> => {
    if (each === path.basename(place)) await file.lookOutside();
    else if (isCopy(each)) await takeCopy(path.join(folder, each), file, context);
  };
  const watching =
    shared &&
    watchFolder({ folder, known: () => [path.basename(place)], lookAt, onUnwatched: (by) => guard.tellUnwatched(place, by), log });
  guard.onRenewed(() => {
    const writeAgain = async () => {
      await file.writeAgain();
      watching?.restart();
    };
    writeAgain().catch((error: unknown) => log.error(`${place} could not be written again`, error));
  });
  const store: FileStore = {
    onOutsideChange: (listener) => void listeners.push(listener),
    problems: () => problems.list(),
    recover: async (problemId, choice) => (problemId === lossId(path.basename(place, '.json')) ? file.recover(choice) : undefined),
    flush: () => file.settle(),
    async close() {
      await watching?.close();
      await file.close();
    },
  };
  return { file, store };
}

/** Merges a conflict copy that a sync tool left into its file, and puts it away; one that cannot be read stays where it is. */
async function takeCopy<T extends object>(copy: string, file: StoredFile<T>, { quarantine, log }: StorageContext): Promise<void> {
  try {
    if (await file.takeCopy(await readFile(copy))) log.info(`${copy} was merged and is kept as ${await quarantine.move(copy)}`);
    else log.warn(`${copy} could not be merged, so it was left as it is`);
  } catch (error) {
    // Put away by now, here or by another machine.
    if (systemCode(error) !== 'ENOENT') log.error(`${copy} could not be merged`, error);
  }
}
