import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log';
import { isConflictCopyOf } from './conflict-copies';
import type { DataFolder } from './data-folder';
import { ignoreMissing, systemCode } from './errno';
import { syncFolder, writeNewFile } from './guarded-write';

/** A file that could not be read, and about which the reader has not chosen yet. */
export interface OpenCase {
  /** Where it is kept. */
  place: string;
  setAsideAt: Date;
}

/** `DATA/quarantine`: nothing in it is ever overwritten, changed or deleted, but what is of a document that is forgotten. */
export interface Quarantine {
  /** Moves a file there under a name of its own and returns its new path. Throws when the disk does not allow it. */
  move(file: string): Promise<string>;
  /** Keeps bytes there as a file of this name, and returns its path. Throws when the disk does not allow it. */
  keep(name: string, bytes: Uint8Array): Promise<string>;
  /** Moves a file there that could not be read: its case is open until it is closed, also after a restart. */
  setAside(file: string): Promise<string>;
  /** The newest open case of each file, by the file's path in the data folder with `/`. Throws when the folder cannot be listed. */
  openCases(): Promise<ReadonlyMap<string, OpenCase>>;
  /** The names of what it has of a document: of its notebook, its archive, and copies of them. Throws when the folder cannot be listed. */
  namesOf(documentId: string): Promise<string[]>;
  /** Deletes that. */
  forget(documentId: string): Promise<void>;
  /** The reader has chosen what becomes of the file of this path in the data folder. */
  close(name: string): Promise<void>;
}

/** Before the extension of a file that could not be read; then `-` and its folder, if it was in one: `-notebooks`. */
const UNREADABLE = '.unreadable';
/** After the name of one whose case is closed: an empty file beside it, so that it stays itself as it is. */
const CLOSED = '.closed';

const casePattern = /^(.+)-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3})Z(?:-\d+)?\.unreadable(?:-([a-z]+))?(\.[a-z]+)$/;

/** The quarantine of a data folder. Everything that writes throws also what the folder's guard throws. */
export function createQuarantine(dataFolder: string, guard: Pick<DataFolder, 'check'>): Quarantine {
  const folder = path.join(dataFolder, 'quarantine');

  const moveAs = async (file: string, mark: string): Promise<string> => {
    await guard.check();
    await mkdir(folder, { recursive: true });
    const target = await freePath(folder, path.basename(file), mark);
    await rename(file, target);
    // A second copy that cannot be taken away does no harm.
    await removeEqual(folder, target).catch(ignoreSystemError);
    await syncFolder(folder);
    return target;
  };

  const listOpen = async (): Promise<(OpenCase & { name: string })[]> => {
    const names = new Set(await readdir(folder).catch(ignoreMissing));
    return [...names].sort().flatMap((each) => {
      const [, stem, hour, minute, second, ms, parent = '', extension] = casePattern.exec(each) ?? [];
      if (stem === undefined || names.has(each + CLOSED)) return [];
      const setAsideAt = new Date(`${hour}:${minute}:${second}.${ms}Z`);
      return [{ name: path.posix.join(parent, `${stem}${extension}`), place: path.join(folder, each), setAsideAt }];
    });
  };

  const namesOf = async (id: string): Promise<string[]> =>
    (await readdir(folder).catch(ignoreMissing)).filter((name) => {
      const [, stem = ''] = namePattern.exec(name) ?? [];
      return stem === id || stem.startsWith(`${id}.`) || isConflictCopyOf(`${stem}.json`, `${id}.json`);
    });

  return {
    namesOf,
    async forget(id) {
      await guard.check();
      for (const name of await namesOf(id)) await rm(path.join(folder, name), { force: true });
      await syncFolder(folder).catch(ignoreMissing);
    },
    move: (file) => moveAs(file, ''),
    async keep(name, bytes) {
      await guard.check();
      await mkdir(folder, { recursive: true });
      const target = await freePath(folder, name, '');
      await writeNewFile(target, bytes);
      return target;
    },
    setAside: (file) => {
      const parent = path.relative(dataFolder, path.dirname(file));
      return moveAs(file, parent === '' ? UNREADABLE : `${UNREADABLE}-${parent}`);
    },
    // Names sort by their moment, so that the newest of a file comes last and stays.
    openCases: async () => new Map((await listOpen()).map(({ name, ...rest }) => [name, rest])),
    async close(name) {
      await guard.check();
      for (const each of await listOpen()) if (each.name === name) await writeFile(each.place + CLOSED, '');
      await syncFolder(folder).catch(ignoreMissing);
    },
  };
}

function ignoreSystemError(error: unknown): void {
  if (systemCode(error) === undefined) throw error;
}

/** What a name in the quarantine is made of: the file's stem, the moment of the move, then mark and extension. */
const namePattern = /^(.+)-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z(?:-\d+)?)(\..*)?$/;

/**
 * Takes away the earlier copies of the same file with the content of `target`: one that fails each day would fill the disk otherwise. Only
 * earlier ones, so that of two that are moved at the same time one stays.
 */
async function removeEqual(folder: string, target: string): Promise<void> {
  const [, stem, moment = '', rest] = namePattern.exec(path.basename(target)) ?? [];
  const bytes = await readFile(target);
  for (const name of await readdir(folder)) {
    const [, itsStem, itsMoment = '', itsRest] = namePattern.exec(name) ?? [];
    if (itsStem !== stem || itsRest !== rest || itsMoment >= moment) continue;
    const earlier = path.join(folder, name);
    if ((await stat(earlier)).size !== bytes.length || !bytes.equals(await readFile(earlier))) continue;
    await rm(earlier);
    await rm(earlier + CLOSED, { force: true });
  }
}

/** A path in `folder` that nothing has yet: the name with the moment of the move before its extension, without what a write added. */
async function freePath(folder: string, name: string, mark: string): Promise<string> {
  const extension = /\.(?:json|gz|zip)(?=\.|$)/.exec(name)?.[0] ?? path.extname(name);
  const stem = extension === '' ? name : name.slice(0, name.indexOf(extension));
  const moment = new Date().toISOString().replaceAll(':', '-').replace('.', '-');
  for (let count = 1; ; count += 1) {
    const candidate = path.join(folder, `${stem}-${moment}${count === 1 ? '' : `-${count}`}${mark}${extension}`);
    if (!(await exists(candidate))) return candidate;
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** The open cases; none, and a line in the log, when the quarantine cannot be listed: nothing may hinder the start. */
export const listOpenCases = (quarantine: Quarantine, log: Log): Promise<ReadonlyMap<string, OpenCase>> =>
  quarantine.openCases().catch((error: unknown) => {
    log.error('the quarantine could not be listed', error);
    return new Map();
  });
