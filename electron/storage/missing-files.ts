import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log';
import { type BackupCopy, findCopy } from './backups/copies';
import type { KnownBackups } from './backups/known';
import { type Validated, validateBytes } from './validation';

interface MissingOptions<T> {
  dataFolder: string;
  known: KnownBackups;
  log: Log;
  /** By a file's path in the data folder, with `/`: how its content is validated; `undefined` for a file of another kind. */
  validatorOf(name: string): ((content: unknown) => Validated<T>) | undefined;
  /** How many notes, tags or settings the data folder's own file has; `undefined` when it has none that can be read. */
  itemsOf(name: string): number | undefined;
}

/** A file that a backup has, and the data folder has not any more, or has emptied. */
export interface MissingFile<T> {
  name: string;
  loss: 'missing' | 'emptied';
  copy: BackupCopy<T>;
}

/**
 * What some backup has and the data folder has not, where the reader has not chosen since to go on without. Lectern itself never deletes
 * such a file, nor empties it without keeping what was deleted. Costs what the backups know, and the content of each file that is missing.
 */
export async function findMissing<T>({
  dataFolder,
  known: backups,
  log,
  validatorOf,
  itemsOf,
}: MissingOptions<T>): Promise<MissingFile<T>[]> {
  const known = await backups.list().catch((error: unknown) => {
    log.error('the backups could not be listed', error);
    return new Map<string, never>();
  });
  const missing: MissingFile<T>[] = [];
  for (const [name, { content }] of known) {
    const items = itemsOf(name);
    const isEmptied = items === 0 && (content?.items ?? 0) > 0;
    if (!isEmptied && items !== undefined) continue;
    const validate = validatorOf(name);
    if (!validate) continue;
    if (!isEmptied && (await exists(path.join(dataFolder, name)))) continue;
    const copy = await findCopy({ dataFolder, name, before: new Date(), validate: (bytes) => validateBytes(bytes, validate), log }).catch(
      (error: unknown) => log.error('the backups could not be looked through', error),
    );
    if (copy) missing.push({ name, loss: isEmptied ? 'emptied' : 'missing', copy });
  }
  return missing;
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
