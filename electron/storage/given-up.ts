import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { momentSchema } from '#model';
import { backupFolder } from './backups/manifest';
import type { DataFolder } from './data-folder';
import { writeNewFile } from './guarded-write';

const givenUpSchema = z.record(z.string(), momentSchema);

const fileOf = (dataFolder: string): string => path.join(backupFolder(dataFolder), 'let-go.json');

/** When the reader chose to go on without a file, by its path in the data folder with `/`. */
export type GivenUp = ReadonlyMap<string, Date>;

/**
 * The files that the reader chose to go on without, by path in the data folder with `/`, and when: no backup from before is kept
 * for their sake. A list that cannot be read counts as empty, so that more is kept.
 */
export async function readGivenUp(dataFolder: string): Promise<GivenUp> {
  const content = await readFile(fileOf(dataFolder), 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  const parsed = givenUpSchema.safeParse(content);
  return new Map(Object.entries(parsed.data ?? {}).map(([name, at]) => [name, new Date(at)]));
}

/** Notes that the reader goes on without the file `name`. Throws the system's error, and what the folder's guard throws. */
export async function giveUp(dataFolder: string, guard: Pick<DataFolder, 'check'>, name: string, at = new Date()): Promise<void> {
  await guard.check();
  const list = new Map(await readGivenUp(dataFolder)).set(name, at);
  await writeNewFile(fileOf(dataFolder), Buffer.from(JSON.stringify(Object.fromEntries(list), undefined, '\t')));
}
