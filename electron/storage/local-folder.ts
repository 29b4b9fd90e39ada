import { hash, randomUUID } from 'node:crypto';
import { access, constants, mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DataProblem } from '#api';
import type { Log } from '../log';
import { writeNewFile } from './guarded-write';

interface LocalFolderOptions {
  /** Absolute, as `dataFolder`. */
  localFolder: string;
  dataFolder: string;
  log: Log;
}

/** Makes LOCAL, for this user only. What keeps it from being used is for the reader to know; Lectern goes on without it. */
export async function prepareLocalFolder({ localFolder, dataFolder, log }: LocalFolderOptions): Promise<DataProblem | undefined> {
  try {
    await mkdir(localFolder, { recursive: true, mode: 0o700 });
    await access(localFolder, constants.W_OK);
    await removeDerived(dataFolder).catch((error: unknown) => log.warn(`what lay in ${dataFolder} of the index and the log stays`, error));
    return undefined;
  } catch (error) {
    log.error(`${localFolder} cannot be used`, error);
    return {
      id: 'local-folder',
      message: `The folder ${localFolder} cannot be written to. Your notes are saved as always, but each start reads every document again, and a second Lectern with the same notes is not noticed. Allow writing there and start Lectern again.`,
      path: localFolder,
    };
  }
}

const derivedName = /^(?:index\.sqlite(?:-wal|-shm|-journal)?|lock(?:\.takeover|\.\d+-[0-9a-f-]{36})?)$/;

/** Removes what earlier versions kept in the data folder and is derived, or means something on one machine only. */
async function removeDerived(dataFolder: string): Promise<void> {
  const names = await readdir(dataFolder);
  // A folder that was never Lectern's may hold such names of the reader's own.
  if (!names.includes('notebooks')) return;
  for (const name of names.filter((each) => derivedName.test(each))) await rm(path.join(dataFolder, name));
  if (!names.includes('logs')) return;
  const logs = path.join(dataFolder, 'logs');
  for (const name of ['lectern.log', 'lectern.old.log']) await rm(path.join(logs, name), { force: true });
  if ((await readdir(logs)).length === 0) await rmdir(logs);
}

/**
 * The machine's id, which is random and made at the first start. Where it cannot be kept it is made of the names of the machine and
 * the user, so that it is the same at the next start.
 */
export async function readMachineId({ localFolder, log }: Pick<LocalFolderOptions, 'localFolder' | 'log'>): Promise<string> {
  const file = path.join(localFolder, 'machine-id');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (/^[0-9a-f-]{36}\n$/.test(kept)) return kept.trim();
  const id = randomUUID();
  try {
    await writeNewFile(file, Buffer.from(`${id}\n`));
    return id;
  } catch (error) {
    log.error('the id of this machine could not be kept', error);
    return hash('sha256', `${os.hostname()}\n${os.homedir()}`).slice(0, 32);
  }
}
