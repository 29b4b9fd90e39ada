import { hash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { settingsSchema } from '#api';
import { sha256Schema } from '#model';
import type { ZipReader } from '../../zip-reader';
import { archiveIdOf, unpackVersions } from '../archive-file';
import { isRecord, listOf } from '../records';

export const backupFolder = (dataFolder: string): string => path.join(dataFolder, 'backups');

/** What a file of the reader's holds, counted. */
export interface Content {
  /** Notes, also deleted ones, tags, settings, or archived versions: what would be missed. */
  items: number;
  /** Of a notebook, without the deleted ones. */
  notes?: number;
}

/** A dropped file as a backup has it: its content lies once beside the zips, as `files/<sha256>`. */
export interface KeptFile {
  sha256: string;
  /** Bytes */
  size: number;
  /** The file's modification time, ms since 1970. */
  changedAt: number;
  /** When the file was last written or exchanged (ctime), ms since 1970; not in older backups. */
  stateAt?: number | undefined;
}

/** What tells whether a file is as it was. */
export interface FileState {
  /** Path in the data folder with `/`. */
  name: string;
  size: number;
  /** Its ctime, ms since 1970: a sync tool may set the modification time of another day. */
  stateAt: number;
}

/** What tells whether any of some files came, went or was written. */
export const stateOf = (files: readonly FileState[]): string =>
  hash(
    'sha256',
    files
      .map(({ name, size, stateAt }) => JSON.stringify([name, size, stateAt]))
      .sort()
      .join('\n'),
  );

/** What a backup holds, by path in the data folder with `/`. A zip that has no list (made before there were any) tells names only. */
export interface Manifest {
  contents: ReadonlyMap<string, Content | undefined>;
  files: ReadonlyMap<string, KeptFile>;
  /** `stateOf` all that was backed up; not in older backups. */
  state?: string | undefined;
}

/** The last file of each backup: its list. */
const NAME = 'manifest.json';

/** Bytes; of as many files as a backup may have it is a third of that. */
const LARGEST_MANIFEST = 64 * 1_048_576;

const manifestSchema = z.object({
  version: z.literal(1),
  contents: z.record(z.string(), z.object({ items: z.int().nonnegative(), notes: z.int().nonnegative().optional() })),
  files: z.record(
    z.string(),
    z.object({ sha256: sha256Schema, size: z.int().nonnegative(), changedAt: z.number(), stateAt: z.number().optional() }),
  ),
  state: sha256Schema.optional(),
});

export const isManifest = (name: string): boolean => name === NAME;

/** The list of a backup, as a file to be packed. */
export const manifestFile = ({ contents, files, state }: Manifest): { name: string; bytes: Buffer } => ({
  name: NAME,
  bytes: Buffer.from(JSON.stringify({ version: 1, contents: Object.fromEntries(contents), files: Object.fromEntries(files), state })),
});

/** The list of a backup. Throws when the zip is damaged; a list that makes no sense counts as none. */
export async function readManifest(zip: ZipReader): Promise<Manifest> {
  const parsed = manifestSchema.safeParse(parseJson(await zip.read(NAME)));
  const names = new Set(zip.names());
  const listed: Manifest['contents'] = parsed.success
    ? new Map(Object.entries(parsed.data.contents))
    : new Map([...names].filter(isCounted).map((name) => [name, undefined]));
  // Only what the zip really has.
  const contents = new Map([...listed].filter(([name]) => names.has(name)));
  // Archives were not always counted.
  for (const name of names) {
    if (archiveIdOf(name) === undefined || contents.get(name)) continue;
    const content = await countIn(zip, name);
    if (content) contents.set(name, content);
  }
  const files = parsed.success ? Object.entries(parsed.data.files).filter(([name]) => isDropped(name)) : [];
  return { contents, files: new Map(files), ...(parsed.success && { state: parsed.data.state }) };
}

/** What a file in a zip holds, by its own bytes; `undefined` when it is not there or of no use. */
export async function countIn(zip: Pick<ZipReader, 'read'>, name: string): Promise<Content | undefined> {
  const bytes = await zip.read(name).catch(() => undefined);
  return bytes && countContent(name, bytes);
}

/**
 * Whether a file that holds `now` lacks something of what it held `then`. Archives only grow. Of other files the reader may take what they
 * like, so for them only all of it at once counts.
 */
export const lacks = (name: string, now: Content, then: Content): boolean =>
  archiveIdOf(name) === undefined ? now.items === 0 && then.items > 0 : now.items < then.items;

/** Whether a zip has the list that Lectern's own have. Throws when it is damaged. */
export async function hasManifest(zip: ZipReader): Promise<boolean> {
  return (zip.size(NAME) ?? 0) <= LARGEST_MANIFEST && manifestSchema.safeParse(parseJson(await zip.read(NAME))).success;
}

/** The document whose notebook has this name; `undefined` for every other file. */
export const notebookIdOf = (name: string): string | undefined => /^notebooks\/([^/]+)\.json$/.exec(name)?.[1];

/** Whether a name is one of a dropped file, and leads nowhere else: a zip may come from anybody. */
const isDropped = (name: string): boolean =>
  name.startsWith('documents/') && name.split('/').every((part) => /^[^.\\/:*?"<>|\p{Cc}][^\\/:*?"<>|\p{Cc}]*$/u.test(part));

const isOfMachine = (name: string): boolean => /^machines\/[^/]+\.json$/.test(name);

const isCounted = (name: string): boolean =>
  name === 'tags.json' || name === 'settings.json' || isOfMachine(name) || notebookIdOf(name) !== undefined;

/** What a file holds; `undefined` when it is damaged, another's, or of no kind that is counted. */
export async function countContent(name: string, bytes: Uint8Array): Promise<Content | undefined> {
  if (archiveIdOf(name) !== undefined) {
    const versions = await unpackVersions(bytes).catch(() => undefined);
    return versions && { items: versions.length };
  }
  const content = isCounted(name) ? parseJson(bytes) : undefined;
  if (!isRecord(content)) return undefined;
  if (name === 'settings.json') return { items: countSettings(content) };
  if (name === 'tags.json') return { items: listOf(content.tags).length };
  // Its reader may take every folder out of it.
  if (isOfMachine(name)) return { items: 1 };
  if (content.id !== undefined && content.id !== path.posix.basename(name, '.json')) return undefined;
  const notes = listOf(content.notes).length;
  // A reader who threw everything away for good did not lose it, nor one whose words are another document's by now.
  const elsewhere = content.sameAs === undefined ? 0 : 1;
  return { items: notes + listOf(content.deletedNotes).length + listOf(content.purgedNotes).length + elsewhere, notes };
}

/** How many settings a file has, without fields that are none. */
export const countSettings = (content: object): number =>
  Object.keys(settingsSchema.shape).filter((name) => Object.hasOwn(content, name)).length;

function parseJson(bytes: Uint8Array | undefined): unknown {
  try {
    return bytes && JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
