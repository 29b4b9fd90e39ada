import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log';
import { orNothing } from './failures';
import type { Judged } from './judging';
import { openZip, type ZipReader } from './zip-reader';

/** A finished backup. */
export interface Backup {
  path: string;
  madeAt: Date;
}

/** A file as a backup has it. */
export interface BackupCopy<T> {
  value: T;
  madeAt: Date;
}

export const backupFolder = (dataFolder: string): string => path.join(dataFolder, 'backups');

/** The finished backups in a folder, oldest first. */
export async function listBackups(folder: string): Promise<Backup[]> {
  const names = await readdir(folder).catch(orNothing);
  return names.sort().flatMap((name) => {
    const moment = /^lectern-(\d{4}-\d{2}-\d{2}T\d{2})-(\d{2})-(\d{2})Z\.zip$/.exec(name);
    return moment ? [{ path: path.join(folder, name), madeAt: new Date(`${moment[1]}:${moment[2]}:${moment[3]}Z`) }] : [];
  });
}

/** The names in a zip. Throws when it cannot be read. */
export const namesInZip = (file: string): Promise<string[]> => withZip(file, async (zip) => zip.names());

interface Wanted<T> {
  /** Absolute. */
  dataFolder: string;
  /** The file's path in the data folder, with `/`. */
  name: string;
  /** When the file was lost: later backups hold only what was written since. */
  before: Date;
  judge(bytes: Buffer): Judged<T>;
  log: Log;
}

/** The newest copy of a file in the backups from before its loss that is good; a backup that is damaged, or has a bad copy, gives way to an older one. */
export async function findCopy<T>({ dataFolder, name, before, judge, log }: Wanted<T>): Promise<BackupCopy<T> | undefined> {
  const backups = await listBackups(backupFolder(dataFolder));
  for (const backup of backups.filter(({ madeAt }) => madeAt < before).reverse()) {
    try {
      const bytes = await withZip(backup.path, (zip) => zip.read(name));
      const judged = bytes && judge(bytes);
      if (judged?.kind === 'good') return { value: judged.value, madeAt: backup.madeAt };
      if (judged) log.warn(`${name} in the backup ${backup.path} is of no use (${judged.kind})`);
    } catch (error) {
      log.warn(`the backup ${backup.path} could not be read`, error);
    }
  }
  return undefined;
}

async function withZip<T>(file: string, use: (zip: ZipReader) => Promise<T>): Promise<T> {
  const zip = await openZip(file);
  try {
    return await use(zip);
  } finally {
    await zip.close();
  }
}
