import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type BackupSummary, fail, ok, type Result } from '#api';
import { type ArchivedVersion, documentIdSchema, type Notebook, sha256Schema, type TagDetails } from '#model';
import type { Log } from '../log';
import { archiveIdOf, archiveName, unpackVersions } from '../storage/archive-file';
import { backupMoment, listBackups, openBackup, withZip } from '../storage/backups/copies';
import { backupFolder, type KeptFile, notebookIdOf, readManifest } from '../storage/backups/manifest';
import { systemCode } from '../storage/errno';
import { count } from '../storage/records';
import { validateBytes } from '../storage/validation';
import { foreignLimits, openZip, ZipLimitError, type ZipReader } from '../zip-reader';
import { validateNotebook } from './repair-notebook';
import { validateTags } from './tags';

const decompress = promisify(gunzip);

/** Bytes that a kept text may have. */
const LONGEST_TEXT = 256 * 1_048_576;

/** Everything of the reader's that a backup holds, until it is closed. */
export interface BackupContents {
  madeAt: Date | undefined;
  notebooks: Notebook[];
  tags: TagDetails[];
  /** Dropped files, by path in the data folder with `/`. Their content is not in the zip. */
  files: ReadonlyMap<string, KeptFile>;
  /** The documents of which it has archived versions that can be read. */
  archives: string[];
  /** The archived versions of such a document's notes. */
  versions(documentId: string): Promise<ArchivedVersion[]>;
  /** What could not be read and is left out, as whole sentences. */
  notices: string[];
  /** A kept text, not yet compared with its hash; `undefined` when there is none. Throws when it is damaged. */
  text(textHash: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** The backups of a data folder, the newest first, by their lists. */
export async function summariseBackups(dataFolder: string, log: Log): Promise<BackupSummary[]> {
  const summaries: BackupSummary[] = [];
  for (const { path: file, madeAt } of (await listBackups(backupFolder(dataFolder))).reverse()) {
    const summary = { name: path.basename(file), madeAt: madeAt.toISOString() };
    try {
      const { contents, files } = await withZip(file, readManifest);
      const notebooks = [...contents].filter(([name]) => notebookIdOf(name) !== undefined);
      const isCounted = notebooks.every(([, content]) => content !== undefined);
      const notes = notebooks.reduce((sum, [, content]) => sum + (content?.notes ?? 0), 0);
      summaries.push({ ...summary, documents: notebooks.length, ...(isCounted && { notes, files: files.size }) });
    } catch (error) {
      log.warn(`the backup ${file} could not be read`, error);
      summaries.push({ ...summary, problem: `It cannot be read: ${whyUnreadable(error)}.` });
    }
  }
  return summaries;
}

/** Opens a backup of a data folder by its name. Fails with `backup-unreadable`. */
export async function openOwnBackup(dataFolder: string, name: string): Promise<Result<BackupContents>> {
  const own = (await listBackups(backupFolder(dataFolder))).find((backup) => path.basename(backup.path) === name);
  if (!own) return fail('backup-unreadable', 'This backup is no longer there. Newer ones have taken its place.');
  return openContents(() => openBackup(own.path), name);
}

/** Opens a zip that the reader brought. Fails with `backup-unreadable` when it is none of Lectern's, or damaged as a whole. */
export const openForeignBackup = (name: string, bytes: Uint8Array): Promise<Result<BackupContents>> =>
  openContents(
    () => openZip(bytes, foreignLimits),
    name,
    ' If it is a backup of your own, copy it under its own name into the folder “backups” of your data: it is listed here then.',
  );

async function openContents(open: () => Promise<ZipReader>, name: string, whereTooLarge = ''): Promise<Result<BackupContents>> {
  let zip: ZipReader;
  try {
    zip = await open();
  } catch (error) {
    const advice = error instanceof ZipLimitError ? whereTooLarge : '';
    return fail('backup-unreadable', `“${name}” could not be opened: ${whyUnreadable(error)}. Nothing was changed.${advice}`);
  }
  try {
    if (!zip.names().some((each) => notebookIdOf(each) !== undefined || each === 'tags.json')) {
      await zip.close();
      return fail('backup-unreadable', `“${name}” is not a backup of Lectern’s: it holds no notebooks. Nothing was changed.`);
    }
    return ok({
      ...(await readContents(zip)),
      madeAt: backupMoment(name),
      versions: (id) => readArchive(zip, id),
      text: (hash) => readText(zip, hash),
      close: zip.close,
    });
  } catch (error) {
    await zip.close();
    throw error;
  }
}

/** As part of a sentence for the reader. */
function whyUnreadable(error: unknown): string {
  const code = systemCode(error);
  if (code !== undefined) return `the system refused it (${code})`;
  return error instanceof ZipLimitError
    ? `${error.message}, which is more than Lectern unpacks of a zip that may come from anybody`
    : 'it is damaged, or no zip file';
}

async function readContents(zip: ZipReader): Promise<Pick<BackupContents, 'notebooks' | 'tags' | 'files' | 'archives' | 'notices'>> {
  const notebooks: Notebook[] = [];
  const unread = { bad: 0, newer: 0 };
  for (const name of zip.names()) {
    const id = documentIdSchema.safeParse(notebookIdOf(name)).data;
    if (id === undefined) continue;
    const bytes = await zip.read(name).catch(() => undefined);
    const validated = bytes && validateBytes(bytes, (content) => validateNotebook(id, content));
    if (validated?.kind === 'good') notebooks.push(validated.value);
    else unread[validated?.kind === 'newer' ? 'newer' : 'bad'] += 1;
  }
  const tagBytes = await zip.read('tags.json').catch(() => undefined);
  const tags = tagBytes && validateBytes(tagBytes, validateTags);
  const { files } = await readManifest(zip).catch(() => ({ files: new Map<string, KeptFile>() }));
  const archives: string[] = [];
  let damaged = 0;
  for (const id of zip.names().map(archiveIdOf)) {
    if (id === undefined) continue;
    if (await readArchive(zip, id).catch(() => undefined)) archives.push(id);
    else damaged += 1;
  }
  const notices = [
    ...(unread.bad > 0
      ? [`${count(unread.bad, 'notebook')} in this backup could not be read and ${unread.bad === 1 ? 'is' : 'are'} left out.`]
      : []),
    ...(unread.newer > 0
      ? [`${count(unread.newer, 'notebook')} in this backup came from a newer version of Lectern. Update Lectern to restore them.`]
      : []),
    ...(damaged > 0
      ? [`The old versions of notes on ${count(damaged, 'document')} in this backup could not be read and are left out.`]
      : []),
  ];
  return { notebooks, tags: tags?.kind === 'good' ? tags.value.tags : [], files, archives, notices };
}

async function readArchive(zip: ZipReader, id: string): Promise<ArchivedVersion[]> {
  const packed = await zip.read(archiveName(id));
  return packed ? unpackVersions(packed) : [];
}

async function readText(zip: ZipReader, textHash: string): Promise<string | undefined> {
  const packed = await zip.read(`texts/${sha256Schema.parse(textHash)}.gz`);
  return packed && (await decompress(packed, { maxOutputLength: LONGEST_TEXT })).toString();
}
