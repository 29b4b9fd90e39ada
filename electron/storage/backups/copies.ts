import { hash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../log';
import { foreignLimits, openZip, ownLimits, ZipLimitError, type ZipReader } from '../../zip-reader';
import { ignoreMissing } from '../errno';
import { createLimiter } from '../limiter';
import type { Validated } from '../validation';
import { backupFolder, countContent, hasManifest } from './manifest';

/** Files that are read back at the same time. */
const VERIFYING = 4;

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

/** When the backup of this name was made; `undefined` when it is not a finished backup's name. */
export function backupMoment(name: string): Date | undefined {
  const moment = /^lectern-(\d{4}-\d{2}-\d{2}T\d{2})-(\d{2})-(\d{2})Z\.zip$/.exec(name);
  return moment ? new Date(`${moment[1]}:${moment[2]}:${moment[3]}Z`) : undefined;
}

/** The finished backups in a folder, oldest first. */
export async function listBackups(folder: string): Promise<Backup[]> {
  const names = await readdir(folder).catch(ignoreMissing);
  return names.sort().flatMap((name) => {
    const madeAt = backupMoment(name);
    return madeAt ? [{ path: path.join(folder, name), madeAt }] : [];
  });
}

interface Wanted<T> {
  /** Absolute. */
  dataFolder: string;
  /** The file's path in the data folder, with `/`. */
  name: string;
  /** When the file was lost: later backups hold only what was written since. */
  before: Date;
  validate(bytes: Buffer): Validated<T>;
  log: Log;
}

/**
 * The newest copy of a file in the backups from before its loss that is good and has something in it, else the newest good one; a
 * backup that is damaged, or has a bad copy, gives way to an older one.
 */
export async function findCopy<T>({ dataFolder, name, before, validate, log }: Wanted<T>): Promise<BackupCopy<T> | undefined> {
  const backups = await listBackups(backupFolder(dataFolder));
  let empty: BackupCopy<T> | undefined;
  for (const { path: file, madeAt } of backups.filter((backup) => backup.madeAt < before).reverse()) {
    try {
      const bytes = await withZip(file, (zip) => zip.read(name));
      if (!bytes) continue;
      const validated = validate(bytes);
      const content = await countContent(name, bytes);
      if (validated.kind !== 'good' || !content) log.warn(`${name} in the backup ${file} is of no use (${validated.kind})`);
      else if (content.items > 0) return { value: validated.value, madeAt };
      else empty ??= { value: validated.value, madeAt };
    } catch (error) {
      log.warn(`the backup ${file} could not be read`, error);
    }
  }
  return empty;
}

/**
 * Opens a zip that lies among the backups. One that holds more than a zip from anybody may, but has the list of Lectern's own, is held to
 * their limits: others may have been copied there. Throws when it cannot be read, and a `ZipLimitError` when it holds too much.
 */
export async function openBackup(file: string): Promise<ZipReader> {
  try {
    return await openZip(file, foreignLimits);
  } catch (error) {
    if (!(error instanceof ZipLimitError)) throw error;
    const zip = await openZip(file, ownLimits);
    if (await hasManifest(zip).catch(() => false)) return zip;
    await zip.close();
    throw error;
  }
}

/** Opens a backup for as long as `use` takes. Throws like `openBackup`. */
export async function withZip<T>(file: string, use: (zip: ZipReader) => Promise<T>): Promise<T> {
  const zip = await openBackup(file);
  try {
    return await use(zip);
  } finally {
    await zip.close();
  }
}

/** Reads a zip back; throws when it is not exactly the files of these SHA-256s, and the signal's reason. */
export async function verifyZip(file: string, digests: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
  await withZip(file, async (zip) => {
    if (zip.names().length !== digests.size) throw new Error(`${file} does not hold what was packed`);
    const reading = createLimiter(VERIFYING);
    const verifyOne = async (name: string, digest: string) => {
      signal.throwIfAborted();
      const bytes = await zip.read(name);
      if (!bytes || hash('sha256', bytes, 'hex') !== digest) throw new Error(`${name} in ${file} does not read back as it was packed`);
    };
    await Promise.all([...digests].map(([name, digest]) => reading(() => verifyOne(name, digest))));
  });
}
