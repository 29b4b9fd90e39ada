import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ok, type Result } from '#api';
import { isDocumentId, mergeUnreadable, sha256Schema } from '#model';
import { ignoreMissing } from '../storage/errno';
import type { FileKind } from '../storage/file-kind';
import type { Recoverable } from '../storage/losses';
import { type FileOptions, type FileStore, openFile } from '../storage/open-stored-file';
import { count, isRecord, listOf } from '../storage/records';
import { type Validated, validateBytes } from '../storage/validation';

/** Where a document was last seen on this machine, and what its file held. */
export interface Sighting {
  /** Absolute paths, the shown one first. */
  paths: readonly string[];
  rawHash: string;
}

/** What belongs to this machine alone: `machines/<id>.json`. The data folder may be synced, and other machines keep their own. */
export interface MachineStore extends FileStore {
  /** The library folders' absolute paths. */
  folders(): string[];
  setFolders(paths: readonly string[]): Promise<Result<null>>;
  /** The absolute path of the library folder where a browser saves pages. */
  inbox(): string | undefined;
  setInbox(path: string | undefined): Promise<Result<null>>;
  /** Whatever the host last gave to `setWindowState`. */
  windowState(): unknown;
  setWindowState(state: unknown): Promise<Result<null>>;
  /** Whether the reader said that a file is not the document's; and that it is not. */
  isApart(documentId: string, path: string): boolean;
  keepApart(documentId: string, path: string): Promise<Result<null>>;
  sighting(documentId: string): Sighting | undefined;
  /** Keeps where documents were seen, by their ids. */
  setSightings(sightings: ReadonlyMap<string, Sighting>): Promise<Result<null>>;
  /** Takes away where a document was seen, and which files were said not to be its own. */
  forget(documentId: string): Promise<Result<null>>;
}

export interface MachineOptions extends FileOptions {
  /** The machine's own, out of LOCAL. */
  id: string;
  /** How the machine calls itself: by it, its file is found again when its id was lost with LOCAL. */
  name: string;
  /** What earlier versions kept in `settings.json`, of whichever machine wrote there last. */
  earlier: { folders: readonly string[]; windowState: unknown };
}

/** There are thousands of them at each start: a schema for the whole of each would take a fifth of a second. */
const isSighting = (value: unknown): value is Sighting =>
  isRecord(value) &&
  Array.isArray(value['paths']) &&
  value['paths'].every((each) => typeof each === 'string') &&
  sha256Schema.safeParse(value['rawHash']).success;

/** `unreadable`: what could not be understood, as it was. */
interface MachineFile {
  version: number;
  name: string;
  folders: string[];
  /** `null`: there was one, and is none. */
  inbox?: string | null;
  windowState?: unknown;
  documents: Record<string, Sighting>;
  /** Paths of files that the reader said are not these documents'. */
  apart?: Record<string, string[]>;
  unreadable?: unknown[];
  [field: string]: unknown;
}

const VERSION = 1;
const label = 'The file of this machine';

const recovery: Recoverable<MachineFile> = {
  subject: 'machine',
  lost: label,
  holds: ({ folders }) => (folders.length > 0 ? count(folders.length, 'library folder') : 'it, without library folders'),
  isBack: ({ folders }) => (folders.length === 1 ? '1 library folder is back' : `${folders.length} library folders are back`),
  goneOn: 'Your library folders stay as they are now. The file that could not be read is still in the quarantine.',
  isLocking: false,
};

const kind: FileKind<MachineFile> = {
  label,
  validate: validateMachine,
  merge: mergeMachines,
  recovery,
};

/**
 * Everything that either has; of what both have, `other` is the newer. Folders stay in the order of `other` where it has all of them, so
 * that two states that are merged with each other come to rest.
 */
export function mergeMachines(known: MachineFile, other: MachineFile): MachineFile {
  const [before, after] = [new Set(known.folders), new Set(other.folders)];
  const unreadable = mergeUnreadable(known.unreadable, other.unreadable);
  return {
    ...known,
    ...other,
    folders: [...(after.isSupersetOf(before) ? after : before.union(after))],
    documents: { ...known.documents, ...other.documents },
    ...((known.apart || other.apart) && { apart: mergeApart(known, other) }),
    ...(unreadable.length > 0 && { unreadable }),
  };
}

/** Opens the file of this machine. Where there is none, it begins with what is known of this machine from elsewhere. */
export async function openMachine({ id, name, earlier, ...options }: MachineOptions): Promise<MachineStore> {
  const { file, store } = await openFile<MachineFile>(`machines/${id}.json`, kind, () => 1, options);
  const isLost = store.problems().length > 0;
  const first = file.value || isLost ? emptyMachine(name) : await beginMachine(name, earlier, options);
  const now = () => file.value ?? first;
  const change = async (next: (before: MachineFile) => MachineFile): Promise<Result<null>> => {
    const written = await file.change((before = first) => next(before));
    return written.ok ? ok(null) : written;
  };
  return {
    ...store,
    folders: () => now().folders,
    setFolders: (folders) => change((before) => ({ ...before, name, folders: [...folders] })),
    inbox: () => now().inbox ?? undefined,
    async setInbox(inbox) {
      // Where there is no file yet, none is made to say that there is no inbox.
      if ((now().inbox ?? undefined) === inbox) return ok(null);
      return change((before) => ({ ...before, name, inbox: inbox ?? null }));
    },
    windowState: () => now().windowState,
    setWindowState: (windowState) =>
      change((before) => (isDeepStrictEqual(before.windowState, windowState) ? before : { ...before, name, windowState })),
    isApart: (documentId, at) => apartOf(now(), documentId).includes(at),
    keepApart: (documentId, at) =>
      change((before) => {
        const paths = apartOf(before, documentId);
        return paths.includes(at) ? before : { ...before, name, apart: { ...before.apart, [documentId]: [...paths, at] } };
      }),
    sighting: (documentId) => sightingIn(now(), documentId),
    forget: (documentId) =>
      change((before) => {
        const after = withoutSightings(before, documentId);
        return after === before ? before : { ...after, name };
      }),
    async setSightings(sightings) {
      if (sightings.size === 0) return ok(null);
      return change((before) => {
        const changed = [...sightings].filter(([documentId, sighting]) => !isSame(sightingIn(before, documentId), sighting));
        if (changed.length === 0) return before;
        return { ...before, name, documents: { ...before.documents, ...Object.fromEntries(changed) } };
      });
    },
  };
}

const emptyMachine = (name: string): MachineFile => ({ version: VERSION, name, folders: [], documents: {} });

function sightingIn({ documents }: MachineFile, documentId: string): Sighting | undefined {
  return Object.hasOwn(documents, documentId) ? documents[documentId] : undefined;
}

const apartOf = ({ apart = {} }: MachineFile, documentId: string): string[] =>
  Object.hasOwn(apart, documentId) ? (apart[documentId] ?? []) : [];

function mergeApart(known: MachineFile, other: MachineFile): MachineFile['apart'] {
  const ids = new Set([...Object.keys(known.apart ?? {}), ...Object.keys(other.apart ?? {})]);
  return Object.fromEntries([...ids].map((id) => [id, [...new Set([...apartOf(known, id), ...apartOf(other, id)])]]));
}

/** The content of a machine's file without all that it says of a document; the same object where it says nothing. */
export function withoutSightings<T extends Record<string, unknown>>(file: T, documentId: string): T {
  const fields: Record<string, unknown> = { ...file };
  let isLeft = true;
  for (const field of ['documents', 'apart']) {
    const of = fields[field];
    if (!isRecord(of) || !Object.hasOwn(of, documentId)) continue;
    isLeft = false;
    const { [documentId]: _gone, ...others } = of;
    if (field === 'apart' && Object.keys(others).length === 0) delete fields[field];
    else fields[field] = others;
  }
  return isLeft ? file : (fields as T);
}

const isSame = (one: Sighting | undefined, other: Sighting): boolean =>
  one?.rawHash === other.rawHash && isDeepStrictEqual(one.paths, other.paths);

/**
 * What is known of a machine without a file: what it kept itself when it had another id, else what earlier versions kept for all
 * machines. Of that, once another machine has taken its own out of it, only the folders that are here.
 */
async function beginMachine(name: string, earlier: MachineOptions['earlier'], { dataFolder, log }: FileOptions): Promise<MachineFile> {
  const others = await readMachines(path.join(dataFolder, 'machines')).catch((error: unknown) => {
    log.warn('the files of other machines could not be read', error);
    return [];
  });
  const own = others.find((each) => each.name === name);
  if (own) return own;
  const isHere = await Promise.all(earlier.folders.map(isFolder));
  const folders = earlier.folders.filter((_, index) => others.length === 0 || isHere[index]);
  return { ...emptyMachine(name), folders, ...(earlier.windowState !== undefined && { windowState: earlier.windowState }) };
}

/** What can be read of the files in `folder`, the last written first. */
async function readMachines(folder: string): Promise<MachineFile[]> {
  const names = (await readdir(folder).catch(ignoreMissing)).filter((each) => each.endsWith('.json'));
  const read = await Promise.all(
    names.map(async (each) => {
      const file = path.join(folder, each);
      const [validated, { mtimeMs }] = await Promise.all([
        readFile(file).then((bytes) => validateBytes(bytes, validateMachine)),
        stat(file),
      ]);
      return validated.kind === 'good' ? [{ value: validated.value, mtimeMs }] : [];
    }),
  );
  return read
    .flat()
    .sort((one, other) => other.mtimeMs - one.mtimeMs)
    .map(({ value }) => value);
}

const isFolder = (folder: string): Promise<boolean> =>
  stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );

/** Entries that are wrong are kept apart and do not take the others down. */
function validateMachine(content: unknown): Validated<MachineFile> {
  if (!isRecord(content)) return { kind: 'bad', reason: 'it does not hold what belongs to a machine' };
  const { version } = content;
  const wrong: unknown[] = [];
  const folders: string[] = [];
  if (content.folders !== undefined && !Array.isArray(content.folders)) wrong.push({ folders: content.folders });
  for (const folder of listOf(content.folders)) {
    if (typeof folder === 'string') folders.push(folder);
    else wrong.push({ folders: folder });
  }
  const documents: [string, Sighting][] = [];
  if (content.documents !== undefined && !isRecord(content.documents)) wrong.push({ documents: content.documents });
  for (const [id, sighting] of Object.entries(isRecord(content.documents) ? content.documents : {})) {
    if (isSighting(sighting) && isDocumentId(id)) documents.push([id, sighting]);
    else wrong.push({ documents: { [id]: sighting } });
  }
  const apart: [string, string[]][] = [];
  if (content.apart !== undefined && !isRecord(content.apart)) wrong.push({ apart: content.apart });
  for (const [id, paths] of Object.entries(isRecord(content.apart) ? content.apart : {})) {
    if (Array.isArray(paths) && paths.every((each) => typeof each === 'string') && isDocumentId(id)) apart.push([id, paths]);
    else wrong.push({ apart: { [id]: paths } });
  }
  const { apart: _apart, inbox, ...rest } = content;
  const isInbox = typeof inbox === 'string' || inbox === null;
  if (inbox !== undefined && !isInbox) wrong.push({ inbox });
  const unreadable = [...listOf(content.unreadable), ...wrong];
  const value: MachineFile = {
    ...rest,
    version: VERSION,
    name: typeof content.name === 'string' ? content.name : '',
    folders,
    ...(isInbox && { inbox }),
    documents: Object.fromEntries(documents),
    ...(apart.length > 0 && { apart: Object.fromEntries(apart) }),
    ...(unreadable.length > 0 && { unreadable }),
  };
  if (typeof version === 'number' && version > VERSION) return { kind: 'newer', value: { ...value, version } };
  const remarks =
    unreadable.length > 0
      ? [`${label} has ${count(unreadable.length, 'entry', 'entries')} that could not be read. They are kept in it as they were.`]
      : [];
  return { kind: 'good', value, remarks };
}
