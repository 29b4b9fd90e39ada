import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { DataProblem } from '../api';
import type { Log } from '../log';
import { systemCode } from './failures';
import { leftoverOwner } from './leftovers';
import { createLimiter } from './limiter';
import { createProblems, type Problems } from './problems';
import { createQuarantine } from './quarantine';
import { type FileKind, StoredFile } from './stored-file';

export interface FileOptions {
  /** Absolute. */
  dataFolder: string;
  log: Log;
  onProblem?: (problem: DataProblem) => void;
}

/** Opens one file of the data folder itself, such as `tags.json`. */
export async function openFile<T extends object>(
  name: string,
  kind: FileKind<T>,
  { dataFolder, log, onProblem }: FileOptions,
): Promise<{ file: StoredFile<T>; problems: Problems }> {
  const problems = createProblems(onProblem);
  const shelf = { quarantine: createQuarantine(dataFolder), problems, log, writing: createLimiter(1) };
  const file = new StoredFile(path.join(dataFolder, name), kind, shelf);
  const names = await readdir(dataFolder).catch((error: unknown) => {
    // A folder that is missing is made at the first write; one that cannot be listed may still give the file.
    if (systemCode(error) === undefined) throw error;
    return [];
  });
  await file.load(names.filter((each) => leftoverOwner(each) === name).map((each) => path.join(dataFolder, each)));
  return { file, problems };
}
