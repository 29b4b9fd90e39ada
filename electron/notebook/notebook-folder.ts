import { constants } from 'node:fs';
import { access, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { documentIdSchema, isDocumentId } from '#model';
import { systemCode } from '../storage/errno';
import { isReadOnlyError } from '../storage/failures';
import type { StorageContext } from '../storage/file-kind';
import { interruptedFileOf } from '../storage/interrupted-writes';
import { UNWRITABLE } from '../storage/problems';
import { isRecord } from '../storage/records';
import { validateBytes } from '../storage/validation';

/** Makes the folder when it is missing; a folder that takes nothing is a problem for the reader, not an error. */
export async function prepareFolder(folder: string, { problems, log }: StorageContext): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    problems.solve(UNWRITABLE);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    log.error(`${folder} cannot be written to`, error);
    const why = isReadOnlyError(error) ? 'cannot be written to' : `cannot be used (${code})`;
    problems.add({
      id: UNWRITABLE,
      message: `The folder ${folder} ${why}. You can read, but nothing that you write can be saved until this is put right.`,
      path: folder,
    });
  }
}

/** The notebooks in a folder, each with the paths of what a cut-off write left of it, and the names of files that are something else. */
export async function findFiles(
  folder: string,
  { log }: StorageContext,
): Promise<{ notebooks: { id: string; interrupted: string[] }[]; others: string[] }> {
  const found = new Map<string, string[]>();
  const others: string[] = [];
  for (const name of await namesIn(folder, log)) {
    const owner = interruptedFileOf(name);
    const id = path.basename(owner ?? name, '.json');
    if (!(owner ?? name).endsWith('.json') || !isDocumentId(id)) {
      if (!name.startsWith('.')) others.push(name);
      continue;
    }
    const interrupted = found.get(id) ?? [];
    if (owner !== undefined) interrupted.push(path.join(folder, name));
    found.set(id, interrupted);
  }
  return { notebooks: [...found].map(([id, interrupted]) => ({ id, interrupted })), others };
}

/** The problem of a file among the notebooks that is none. */
export const strangerId = (file: string): string => `notebooks:${path.basename(file)}`;

/** Tells of a file among the notebooks that is none. */
export function tellStranger(file: string, problems: StorageContext['problems']): void {
  problems.add({
    id: strangerId(file),
    message: `The folder of your notebooks holds “${path.basename(file)}”, which is not a notebook of Lectern’s. It was left as it is and nothing of it is shown.`,
    path: file,
  });
}

/** Tells of a copy of a notebook that may not be changed at the moment. */
export function tellWaiting(file: string, problems: StorageContext['problems']): void {
  problems.add({
    id: strangerId(file),
    message: `“${path.basename(file)}” in the folder of your notebooks is a copy of notes that may not be changed at the moment. It was left as it is, and is merged at the next start once they may.`,
    path: file,
  });
}

/** The id of the notebook in a file of whatever name, such as a conflict copy that a sync tool left; `undefined` when it holds none. */
export async function notebookIdIn(file: string): Promise<string | undefined> {
  const bytes = await readFile(file);
  const validated = validateBytes(bytes, (content) => {
    const id = documentIdSchema.safeParse(isRecord(content) ? content.id : undefined);
    return id.success ? { kind: 'good', value: id.data, remarks: [] } : { kind: 'bad', reason: 'it names no document' };
  });
  return validated.kind === 'good' ? validated.value : undefined;
}

async function namesIn(folder: string, log: StorageContext['log']): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // There is no folder yet and it could not be made, which `prepareFolder` has told; or it may not be listed.
    if (systemCode(error) === undefined) throw error;
    log.error(`${folder} cannot be read`, error);
    return [];
  }
}
