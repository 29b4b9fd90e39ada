import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type ArchivedVersion, isSameVersion, type Note, type Notebook, type NoteVersion } from '#model';
import type { Log } from '../log';
import { archiveIdOf, archiveName, isDamage, packVersions, salvageVersions, unpackVersions, withoutKnown } from '../storage/archive-file';
import { isConflictCopyOf } from '../storage/conflict-copies';
import { ignoreMissing, systemCode } from '../storage/errno';
import { syncFolder, writeNewFile } from '../storage/guarded-write';
import { createKeyedMutex, createLimiter } from '../storage/limiter';
import type { Quarantine } from '../storage/quarantine';

/** Versions of a note that stay in its notebook; older ones go to `history/`. */
const VERSIONS_KEPT = 50;

/** What of a notebook is to go to the archive; empty when nothing is. */
export function versionsToArchive({ notes, deletedNotes }: Notebook): ArchivedVersion[] {
  return [...notes, ...deletedNotes.map(({ note }) => note)].flatMap((note) =>
    oldestOf(note).map((version) => ({ noteId: note.id, version })),
  );
}

/** The notebook without what was archived. */
export function withoutArchived(notebook: Notebook, archived: readonly ArchivedVersion[]): Notebook {
  const thin = (note: Note): Note => {
    const gone = archived.filter(({ noteId }) => noteId === note.id);
    if (gone.length === 0) return note;
    return { ...note, history: note.history.filter((each) => !gone.some(({ version }) => isSameVersion(version, each))) };
  };
  return {
    ...notebook,
    notes: notebook.notes.map(thin),
    deletedNotes: notebook.deletedNotes.map((deleted) => ({ ...deleted, note: thin(deleted.note) })),
  };
}

function oldestOf({ history }: Note): NoteVersion[] {
  const versions = history.filter(({ provisional }) => !provisional);
  return versions.slice(0, Math.max(0, versions.length - VERSIONS_KEPT));
}

/** `DATA/history`: the versions of notes that are no longer in their notebooks, a file for each document. Files only grow. */
export interface VersionArchive {
  /**
   * Keeps versions, durable and read back. Throws the system's error, or `NotVerifiedError`, with the file as it was; also where the file
   * is not any more as Lectern left it: then nothing is begun anew in its place.
   */
  add(id: string, versions: readonly ArchivedVersion[]): Promise<void>;
  /** Keeps those that are not there yet, whatever became of the file, and answers how many they were. Throws as `add` does. */
  bring(id: string, versions: readonly ArchivedVersion[]): Promise<number>;
  /** The documents that have an archive. Throws when they cannot be listed. */
  ids(): Promise<string[]>;
  /** Deletes a document's archive, with copies of it. */
  remove(id: string): Promise<void>;
  /** All versions of a document's notes; none where there is no file. Throws when it cannot be read. */
  all(id: string): Promise<ArchivedVersion[]>;
  /** The archived versions of a note, oldest first, each once. Throws when a file cannot be read. */
  read(id: string, noteId: string): Promise<NoteVersion[]>;
  /** To be called when the data folder is another one than before: what was in its files is told to be gone with it. */
  beginAnew(): void;
  /** The files that were damaged when the archive was opened, and where they are kept. What could be read of them is still there. */
  damaged: ReadonlyMap<string, string>;
}

interface ArchiveOptions {
  dataFolder: string;
  /** The documents that have notebooks: a conflict copy is one of theirs. */
  documents: Iterable<string>;
  quarantine: Quarantine;
  log: Log;
}

/** Files that are read at the same time at the start. */
const READING = 16;

/** Opens the archive of a data folder: mends what is damaged in it, and takes in the copies that a sync tool left when two machines archived. */
export async function openVersionArchive({ dataFolder, documents, quarantine, log }: ArchiveOptions): Promise<VersionArchive> {
  const folder = path.join(dataFolder, 'history');
  const pathOf = (id: string) => path.join(dataFolder, archiveName(id));
  const damaged = new Map<string, string>();
  /** Bytes of each file as Lectern last saw it whole. */
  const sizes = new Map<string, number>();
  /** One write of a document's file after the other. */
  const inTurn = createKeyedMutex();

  const write = async (id: string, bytes: Buffer): Promise<void> => {
    await writeNewFile(pathOf(id), bytes);
    sizes.set(id, bytes.length);
  };

  /** The file's bytes and versions. A damaged one is kept aside, and what can be read of it takes its place. */
  const load = async (id: string): Promise<{ bytes: Buffer; versions: ArchivedVersion[] }> => {
    const file = pathOf(id);
    const bytes = await readIfThere(file);
    if (!bytes) return { bytes: Buffer.alloc(0), versions: [] };
    const { versions, isWhole } = await readVersions(bytes);
    if (isWhole) return { bytes, versions };
    const place = await quarantine.keep(path.basename(file), bytes);
    damaged.set(id, place);
    log.warn(`${file} is damaged; ${versions.length} versions of it could be read, and it is kept as ${place}`);
    const mended = await packVersions(versions);
    await write(id, mended);
    return { bytes: mended, versions };
  };

  const bring = async (id: string, versions: readonly ArchivedVersion[]): Promise<number> => {
    const present = await load(id);
    const added = withoutKnown(versions, present.versions);
    if (added.length > 0) await write(id, Buffer.concat([present.bytes, await packVersions(added)]));
    return added.length;
  };

  const takeCopy = async (name: string, id: string): Promise<void> => {
    const copy = path.join(folder, name);
    const { versions } = await readVersions(await readFile(copy));
    await bring(id, versions);
    log.info(`${copy} was taken into the archive and is kept as ${await quarantine.move(copy)}`);
  };

  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === undefined) throw error;
    // What cannot be listed is compared with the backups all the same, and hinders no start.
    if (systemCode(error) !== 'ENOENT') log.error(`${folder} cannot be read`, error);
    return [];
  });
  const ids = names.map((name) => archiveIdOf(`history/${name}`)).filter((id) => id !== undefined);
  const reading = createLimiter(READING);
  const look = async (id: string): Promise<void> => {
    try {
      sizes.set(id, (await load(id)).bytes.length);
    } catch (error) {
      log.error(`${pathOf(id)} could not be read or mended`, error);
    }
  };
  await Promise.all(ids.map((id) => reading(() => look(id))));
  const owners = [...new Set([...ids, ...(ids.length < names.length ? documents : [])])];
  for (const name of names) {
    const id = owners.find((each) => isConflictCopyOf(name, path.basename(pathOf(each))));
    if (id !== undefined)
      await takeCopy(name, id).catch((error: unknown) => log.error(`${name} in ${folder} could not be taken in`, error));
  }

  return {
    damaged,
    beginAnew: () => sizes.clear(),
    add: (id, versions) =>
      inTurn(id, async () => {
        const { size } = await stat(pathOf(id)).catch(() => ({ size: 0 }));
        if (size < (sizes.get(id) ?? 0)) throw new Error(`${pathOf(id)} is not as Lectern left it`);
        await bring(id, versions);
      }),
    bring: (id, versions) => inTurn(id, () => bring(id, versions)),
    ids: async () =>
      (await readdir(folder).catch(ignoreMissing)).map((name) => archiveIdOf(`history/${name}`)).filter((id) => id !== undefined),
    remove: (id) =>
      inTurn(id, async () => {
        const own = path.basename(pathOf(id));
        sizes.delete(id);
        damaged.delete(id);
        for (const name of await readdir(folder).catch(ignoreMissing))
          if (name === own || isConflictCopyOf(name, own)) await rm(path.join(folder, name), { force: true });
        await syncFolder(folder).catch(ignoreMissing);
      }),
    all: (id) => inTurn(id, async () => (await load(id)).versions),
    async read(id, noteId) {
      const found: NoteVersion[] = [];
      // Also the copies that a sync tool has left since the start.
      const own = path.basename(pathOf(id));
      for (const name of (await readdir(folder).catch(ignoreMissing)).filter((each) => each === own || isConflictCopyOf(each, own))) {
        for (const { noteId: of, version } of await unpackVersions(await readFile(path.join(folder, name)))) {
          if (of === noteId && !found.some((each) => isSameVersion(each, version))) found.push(version);
        }
      }
      return found.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
    },
  };
}

async function readVersions(bytes: Buffer): Promise<{ versions: ArchivedVersion[]; isWhole: boolean }> {
  try {
    return { versions: await unpackVersions(bytes), isWhole: true };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { versions: await salvageVersions(bytes), isWhole: false };
  }
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
