import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../log';
import type { ZipReader } from '../../zip-reader';
import { syncFolder } from '../guarded-write';
import { writeZip, type ZipInput } from '../zip/writer';
import { listBackups, verifyZip, withZip } from './copies';
import { isManifest, manifestFile, readManifest } from './manifest';

/** What is to be in no backup any more. */
export interface Forgotten {
  /** Whether a file of the data folder, by its path with `/`, is to go, in a zip or from the list of the dropped ones. */
  goes(name: string): boolean;
  /** What stays of a file's content; the same bytes where nothing goes of it. */
  without(name: string, bytes: Buffer): Buffer | Promise<Buffer>;
  /** Whether something may go of a file of this name. */
  isMixed(name: string): boolean;
}

/** What became of the backups; paths. */
export interface Rewritten {
  rewritten: string[];
  /** They cannot be read, so that they were left as they are. */
  unreadable: string[];
}

/** The name of a zip that is being written in the folder of the backups. */
export const UNFINISHED = '.zip.unfinished';

/** How many backups hold something that is to go, and how many cannot be read. */
export async function findHolding(folder: string, forgotten: Forgotten): Promise<{ holding: string[]; unreadable: string[] }> {
  const [holding, unreadable]: [string[], string[]] = [[], []];
  for (const { path: file } of await listBackups(folder)) {
    try {
      if (await withZip(file, (zip) => holds(zip, forgotten))) holding.push(file);
    } catch {
      unreadable.push(file);
    }
  }
  return { holding, unreadable };
}

/**
 * Writes those backups anew, under their names, that hold something that is to go. Each is written beside the old one, read back, and only
 * then put in its place: whatever happens, one of both is there whole. Throws the system's error and the signal's reason; doing it again
 * does the rest.
 */
export async function rewriteBackups(
  folder: string,
  forgotten: Forgotten,
  { signal, log }: { signal: AbortSignal; log: Log },
): Promise<Rewritten> {
  const { holding, unreadable } = await findHolding(folder, forgotten);
  const rewritten: string[] = [];
  for (const file of holding) {
    signal.throwIfAborted();
    const unfinished = path.join(folder, `${path.basename(file, '.zip')}${UNFINISHED}`);
    await rm(unfinished, { force: true });
    try {
      let isUnreadable = false;
      const digests = await withZip(file, (zip) =>
        writeZip(
          unfinished,
          keptOf(zip, forgotten, (name, error) => {
            log.warn(`${name} in the backup ${file} could not be read`, error);
            isUnreadable = true;
          }),
          signal,
        ),
      );
      if (isUnreadable) {
        unreadable.push(file);
        continue;
      }
      await verifyZip(unfinished, digests, signal);
      await rename(unfinished, file);
      await syncFolder(folder);
      rewritten.push(file);
    } finally {
      await rm(unfinished, { force: true });
    }
  }
  return { rewritten, unreadable };
}

async function holds(zip: ZipReader, { goes, without, isMixed }: Forgotten): Promise<boolean> {
  if (zip.names().some(goes)) return true;
  if ([...(await readManifest(zip)).files.keys()].some(goes)) return true;
  for (const name of zip.names().filter(isMixed)) {
    const bytes = await zip.read(name);
    if (bytes && (await without(name, bytes)) !== bytes) return true;
  }
  return false;
}

/** The files that stay, one after the other. One that cannot be read is told, and nothing comes after it. */
async function* keptOf(
  zip: ZipReader,
  { goes, without, isMixed }: Forgotten,
  onUnreadable: (name: string, error: unknown) => void,
): AsyncGenerator<ZipInput> {
  const { contents, files, ...rest } = await readManifest(zip);
  const stays = ([name]: readonly [string, unknown]) => !goes(name);
  for (const name of zip.names()) {
    if (goes(name) || isManifest(name)) continue;
    let bytes: Buffer | undefined;
    try {
      bytes = await zip.read(name);
    } catch (error) {
      onUnreadable(name, error);
      return;
    }
    if (bytes) yield { name, bytes: isMixed(name) ? await without(name, bytes) : bytes };
  }
  yield manifestFile({ ...rest, contents: new Map([...contents].filter(stays)), files: new Map([...files].filter(stays)) });
}
