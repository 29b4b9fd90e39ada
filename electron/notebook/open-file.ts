import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log';
import { systemCode } from './failures';
import { leftoverOwner } from './leftovers';
import { createLimiter } from './limiter';
import { createProblems, type ProblemListeners, type Problems } from './problems';
import { createQuarantine, listOpenCases } from './quarantine';
import { type FileKind, StoredFile } from './stored-file';

export interface FileOptions extends ProblemListeners {
  /** Absolute. */
  dataFolder: string;
  log: Log;
}

/** Opens one file of the data folder itself, such as `tags.json`. */
export async function openFile<T extends object>(
  name: string,
  kind: FileKind<T>,
  { dataFolder, log, ...listeners }: FileOptions,
): Promise<{ file: StoredFile<T>; problems: Problems }> {
  const problems = createProblems(listeners);
  const quarantine = createQuarantine(dataFolder);
  const shelf = { dataFolder, quarantine, problems, log, writing: createLimiter(1) };
  const file = new StoredFile(path.join(dataFolder, name), kind, shelf);
  const names = await readdir(dataFolder).catch((error: unknown) => {
    // A folder that is missing is made at the first write; one that cannot be listed may still give the file.
    if (systemCode(error) === undefined) throw error;
    return [];
  });
  const leftovers = names.filter((each) => leftoverOwner(each) === name).map((each) => path.join(dataFolder, each));
  await file.load(leftovers, (await listOpenCases(quarantine, log)).get(name));
  return { file, problems };
}
