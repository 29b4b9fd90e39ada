import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log';
import { systemCode } from './failures';
import { leftoverOwner } from './leftovers';
import { createLimiter } from './limiter';
import type { WriteLock } from './lock';
import { createProblems, type ProblemListeners, type Problems } from './problems';
import { createQuarantine, listOpenCases } from './quarantine';
import { type FileKind, StoredFile } from './stored-file';

export interface FileOptions extends ProblemListeners {
  /** Absolute. */
  dataFolder: string;
  log: Log;
  claim?: WriteLock['claim'];
}

/** Opens one file of the data folder that is no notebook, by its path in there with `/`, such as `tags.json`. */
export async function openFile<T extends object>(
  name: string,
  kind: FileKind<T>,
  { dataFolder, log, claim, ...listeners }: FileOptions,
): Promise<{ file: StoredFile<T>; problems: Problems }> {
  const problems = createProblems(listeners);
  const quarantine = createQuarantine(dataFolder);
  const shelf = { dataFolder, quarantine, problems, log, claim, writing: createLimiter(1) };
  const place = path.join(dataFolder, name);
  const file = new StoredFile(place, kind, shelf);
  const folder = path.dirname(place);
  const names = await readdir(folder).catch((error: unknown) => {
    // A folder that is missing is made at the first write; one that cannot be listed may still give the file.
    if (systemCode(error) === undefined) throw error;
    return [];
  });
  const leftovers = names.filter((each) => leftoverOwner(each) === path.basename(place)).map((each) => path.join(folder, each));
  await file.load(leftovers, (await listOpenCases(quarantine, log)).get(name));
  return { file, problems };
}
