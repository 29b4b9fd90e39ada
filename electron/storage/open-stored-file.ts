import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log';
import { isConflictCopyOf } from './conflict-copies';
import { type DataFolder, watchDataFolder } from './data-folder';
import { systemCode } from './failures';
import { leftoverOwner } from './interrupted-writes';
import { createLimiter } from './limiter';
import type { WriteLock } from './lock';
import { findMissing } from './missing-files';
import { createProblems, type ProblemListeners, type Problems } from './problems';
import { createQuarantine, listOpenCases } from './quarantine';
import { type FileKind, type Shelf, StoredFile } from './stored-file';

export interface FileOptions extends ProblemListeners {
  /** Absolute. */
  dataFolder: string;
  /** Shared by all stores of a data folder; the store has one of its own when it is absent. */
  folder?: DataFolder;
  log: Log;
  claim?: WriteLock['claim'];
}

/** Opens one file of the data folder that is no notebook, by its path in there with `/`, such as `tags.json`. */
export async function openFile<T extends object>(
  name: string,
  kind: FileKind<T>,
  countItems: (value: T) => number,
  { dataFolder, folder: shared, log, claim, ...listeners }: FileOptions,
): Promise<{ file: StoredFile<T>; problems: Problems }> {
  const problems = createProblems(listeners);
  const quarantine = createQuarantine(dataFolder);
  const guard = shared ?? (await watchDataFolder({ dataFolder, problems, log, interval: null }));
  const shelf: Shelf = { dataFolder, folder: guard, quarantine, problems, log, claim, writing: createLimiter(1) };
  const place = path.join(dataFolder, name);
  const file = new StoredFile(place, kind, shelf);
  const folder = path.dirname(place);
  guard.onRenewed(() => void file.writeAgain().catch((error: unknown) => log.error(`${place} could not be written again`, error)));
  const names = await readdir(folder).catch((error: unknown) => {
    // A folder that is missing is made at the first write; one that cannot be listed may still give the file.
    if (systemCode(error) === undefined) throw error;
    return [];
  });
  const leftovers = names.filter((each) => leftoverOwner(each) === path.basename(place)).map((each) => path.join(folder, each));
  await file.load(leftovers, (await listOpenCases(quarantine, log)).get(name));
  const [missing] = await findMissing({
    ...shelf,
    judgeOf: (each) => (each === name ? kind.judge : undefined),
    itemsOf: () => file.value && countItems(file.value),
  });
  if (missing) file.offer(missing.loss, missing.copy);
  const copies = names.filter((each) => isConflictCopyOf(each, path.basename(place)));
  for (const each of copies) await takeCopy(path.join(folder, each), file, shelf);
  return { file, problems };
}

/** Merges a conflict copy that a sync tool left into its file, and puts it away; one that cannot be read stays where it is. */
async function takeCopy<T extends object>(copy: string, file: StoredFile<T>, { quarantine, log }: Shelf): Promise<void> {
  try {
    if (await file.takeCopy(await readFile(copy))) log.info(`${copy} was merged and is kept as ${await quarantine.move(copy)}`);
    else log.warn(`${copy} could not be merged, so it was left as it is`);
  } catch (error) {
    log.error(`${copy} could not be merged`, error);
  }
}
