import path from 'node:path';
import { fail, ok, type RecoveryChoice, type Result } from '#api';
import type { ArchivedVersion } from '#model';
import type { Log } from '../log';
import { archiveIdOf, archiveName, unpackVersions, withoutKnown } from '../storage/archive-file';
import { listBackups, withZip } from '../storage/backups/copies';
import type { KnownBackups } from '../storage/backups/known';
import { backupFolder } from '../storage/backups/manifest';
import type { DataFolder } from '../storage/data-folder';
import { recoveryFailure, writeFailure } from '../storage/failures';
import { giveUp, readGivenUp } from '../storage/given-up';
import { dateOf, dayOf } from '../storage/losses';
import type { Problems } from '../storage/problems';
import { count } from '../storage/records';
import type { VersionArchive } from './version-archive';

/** Archived versions that the backups have and the archive has not any more, though Lectern takes none away. */
export interface LostArchives {
  /** Whether the reader has yet to choose about a document's: meanwhile its archive does not grow, so that the loss stays to be seen. */
  has(id: string): boolean;
  /** Brings them all back, or goes on without. The sentence says what was done. */
  recover(choice: RecoveryChoice): Promise<Result<string>>;
  /** To be called when versions of a document came from elsewhere: ends the problem when nothing is lacking any more. */
  settle(id: string): Promise<void>;
  /** There is nothing to choose about a document's any more. */
  forget(id: string): void;
}

/** The problem of all that is lost. */
export const ARCHIVES_LOST = 'history:lost';

interface LostOptions {
  dataFolder: string;
  guard: Pick<DataFolder, 'check' | 'refusal'>;
  archive: VersionArchive;
  known: KnownBackups;
  problems: Problems;
  log: Log;
  /** The title of a document. */
  titleOf(id: string): string;
}

interface Lost {
  versions: ArchivedVersion[];
  /** Of the newest backup that has some of them. */
  madeAt: Date;
}

/** Compares the archives with the backups, and tells what is lost, as one problem. Costs what the backups know, and the archives. */
export async function findLostArchives({ dataFolder, guard, archive, known, problems, log, titleOf }: LostOptions): Promise<LostArchives> {
  const lost = new Map<string, Lost>();
  const folder = path.join(dataFolder, 'history');
  const present = (id: string) =>
    archive.all(id).catch((error: unknown): ArchivedVersion[] => {
      log.error(`${archiveName(id)} could not be read`, error);
      return [];
    });

  const compare = async (name: string, id: string, items: number): Promise<void> => {
    const now = await present(id);
    if (now.length >= items) return;
    const { versions, madeAt } = await versionsInBackups(dataFolder, name, log);
    const lacking = withoutKnown(versions, now);
    if (lacking.length > 0) lost.set(id, { versions: lacking, madeAt });
  };
  try {
    for (const [name, { content }] of await known.list()) {
      const id = archiveIdOf(name);
      if (id !== undefined) await compare(name, id, content?.items ?? 0);
    }
  } catch (error) {
    log.error('the archives of old versions could not be compared with the backups', error);
  }

  const about = (ids: readonly string[]) => (ids.length === 1 ? `“${titleOf(ids[0] ?? '')}”` : count(ids.length, 'document'));
  const ids = [...lost.keys()];
  if (ids.length > 0) {
    const number = [...lost.values()].reduce((sum, { versions }) => sum + versions.length, 0);
    const newest = new Date(Math.max(...[...lost.values()].map(({ madeAt }) => madeAt.getTime())));
    const places = ids.map((id) => archive.damaged.get(id)).filter((place) => place !== undefined);
    const aside = places.length > 0 ? ' What was damaged is kept in the quarantine.' : '';
    problems.add({
      id: ARCHIVES_LOST,
      message: `${count(number, 'old version')} of notes on ${about(ids)} ${number === 1 ? 'is' : 'are'} no longer in the data folder, or could not be read, and Lectern did not remove them. Your notes themselves are all here.${aside} The backups, the newest of ${dateOf(newest)}, have these versions.`,
      path: folder,
      recovery: { subject: 'history', loss: 'missing', backup: dayOf(newest) },
    });
  }
  const mended = [...archive.damaged.keys()].filter((id) => !lost.has(id));
  if (mended.length > 0) {
    problems.tell({
      id: `history:damaged:${mended.join(' ')}`,
      message: `${mended.length === 1 ? 'The file' : 'Files'} of old versions of your notes on ${about(mended)} ${mended.length === 1 ? 'was' : 'were'} damaged. What could be read is still there, and no backup has more; ${mended.length === 1 ? 'the damaged file is' : 'the damaged files are'} kept in the quarantine.`,
      path: archive.damaged.get(mended[0] ?? '') ?? folder,
    });
  }

  const forget = (id: string) => {
    lost.delete(id);
    if (lost.size === 0) problems.solve(ARCHIVES_LOST);
  };

  const restore = async (): Promise<Result<string>> => {
    let brought = 0;
    const documents = lost.size;
    for (const [id, { versions }] of [...lost]) {
      try {
        brought += await archive.bring(id, versions);
      } catch (error) {
        return recoveryFailure(writeFailure(error, folder).failure);
      }
      forget(id);
    }
    return ok(
      `${count(brought, 'old version')} of notes on ${count(documents, 'document')} ${brought === 1 ? 'is' : 'are'} back, from the backups.`,
    );
  };

  return {
    forget,
    has: (id) => lost.has(id),
    async recover(choice) {
      if (lost.size === 0) return fail('problem-solved', 'This was settled already, in another window of Lectern.');
      const refusal = await guard.refusal();
      if (refusal) return { ok: false, failure: refusal };
      if (choice === 'restore') return restore();
      for (const id of [...lost.keys()]) {
        // At worst a backup is kept longer, and the reader is asked again.
        await giveUp(dataFolder, guard, archiveName(id)).catch((error: unknown) => log.warn(`${archiveName(id)} is not let go`, error));
        forget(id);
      }
      return ok('The old versions stay away. The backups that have them make room for newer ones in their turn.');
    },
    async settle(id) {
      const { versions } = lost.get(id) ?? {};
      if (versions && withoutKnown(versions, await present(id)).length === 0) forget(id);
    },
  };
}

/** The versions that any backup has in this file, each once; without backups from before the reader chose to go on without them. */
async function versionsInBackups(dataFolder: string, name: string, log: Log): Promise<Lost> {
  const versions: ArchivedVersion[] = [];
  let newest = new Date(0);
  const since = (await readGivenUp(dataFolder)).get(name) ?? 0;
  for (const { path: file, madeAt } of await listBackups(backupFolder(dataFolder))) {
    if (madeAt <= since) continue;
    try {
      const bytes = await withZip(file, (zip) => zip.read(name));
      const added = bytes ? withoutKnown(await unpackVersions(bytes), versions) : [];
      versions.push(...added);
      if (bytes) newest = madeAt;
    } catch (error) {
      log.warn(`${name} in the backup ${file} could not be read`, error);
    }
  }
  return { versions, madeAt: newest };
}
