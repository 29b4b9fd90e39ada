import { createHash, randomUUID } from 'node:crypto';
import { constants, copyFile, link, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type ImportOutcome, ok, type Result, type UploadedFile } from '#api';
import { formatOf, largestDocument } from '#formats/list';
import { systemCode } from '../storage/errno';
import { syncFolder } from '../storage/guarded-write';
import { fileFailures, writeFailure } from './failures';
import { hashFile } from './file-bytes';
import type { Reading } from './reading/reading';

interface ImportOptions {
  /** The library's own folder, absolute. */
  folder: string;
  inspect: Reading['inspect'];
  /** The document of this content, if the library has it. */
  idWithHash(rawHash: string): string | undefined;
  /** Whether a path is or was that of a noted document with another content: a stranger there would be taken for that one, edited. */
  isAnothers(path: string, rawHash: string): boolean;
  /** Takes a new file in at once; the document that it is. */
  takeIn(path: string): Promise<string | undefined>;
}

/** Bytes of a file's name, without its extension: file systems take 255 with everything. */
const LONGEST_NAME = 180;

/** What the files being received are named like; a start takes away those that an earlier end left. */
const RECEIVED = '.import-';

/** Hours after which a file that was being received is taken for left behind. */
const ABANDONED = 24;

/** The bytes stopped coming: the sender's fault, and none of the disk's. */
class SourceFailed extends Error {}

/**
 * Copies one file into the library's own folder, by a file beside it. A content that the library has is not copied again.
 * Throws what the file's bytes throw as they come.
 */
export async function importFile(file: UploadedFile, options: ImportOptions): Promise<ImportOutcome> {
  const { name } = file;
  const shownName = name.split(/[/\\]/).at(-1) ?? name;
  const format = formatOf(shownName);
  if (!format) return { name, failure: fileFailures.notImportable(shownName).failure };
  const largest = largestDocument(format);
  if ((file.size ?? 0) > largest) return { name, failure: fileFailures.tooLarge(shownName, format, file.size ?? 0).failure };
  const received = path.join(options.folder, `${RECEIVED}${randomUUID()}`);
  try {
    await mkdir(options.folder, { recursive: true });
    const content = await receive(file, received, largest);
    if (content.size > largest) return { name, failure: fileFailures.tooLarge(shownName, format, content.size).failure };
    const { rawHash } = content;
    const inspected = await options.inspect({ path: received, folder: options.folder, fileName: shownName, format, rawHash });
    if (!inspected.ok) return { name, failure: inspected.failure };
    const existing = options.idWithHash(rawHash);
    if (existing) return { name, documentId: existing, wasKnown: true };
    const target = await giveName(options, received, safeFileName(shownName), content);
    const documentId = await options.takeIn(target);
    return documentId ? { name: path.basename(target), documentId } : { name, failure: fileFailures.gone(shownName).failure };
  } catch (error) {
    if (error instanceof SourceFailed) throw error.cause;
    return { name, failure: writeFailure(shownName, error).failure };
  } finally {
    // What cannot be removed now is removed at a later start.
    await rm(received, { force: true }).catch(() => undefined);
  }
}

/** What a file holds. */
interface Content {
  /** Bytes */
  size: number;
  rawHash: string;
}

/** Writes the bytes of a file to the disk as they come; what they were, when they are no more than `largest`. */
async function receive({ chunks }: UploadedFile, to: string, largest: number): Promise<Content> {
  const handle = await open(to, 'wx');
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of markFailures(chunks)) {
      size += chunk.length;
      if (size > largest) break;
      hash.update(chunk);
      await handle.appendFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { size, rawHash: hash.digest('hex') };
}

async function* markFailures(chunks: UploadedFile['chunks']): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    throw new SourceFailed('The bytes stopped coming', { cause });
  }
}

/** Takes away what was being received when Lectern, or its machine, ended. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(RECEIVED)) continue;
    const file = path.join(folder, name);
    // Another machine may be at work in a folder that is synced.
    if (Date.now() - (await stat(file)).mtimeMs > ABANDONED * 3_600_000) await rm(file, { force: true });
  }
}

/** Removes files of the library's own folder, as far as that goes. */
export async function removeFiles(paths: readonly string[]): Promise<Result<null>> {
  for (const file of paths) {
    try {
      await rm(file, { force: true });
    } catch (error) {
      return fileFailures.notRemovable(path.basename(file), error);
    }
  }
  return ok(null);
}

/** A file name that Windows, macOS and Linux take, and that is not hidden; the extension stays. */
export function safeFileName(name: string): string {
  const extension = path.extname(name);
  const stem = path
    .basename(name, extension)
    .normalize('NFC')
    .replace(/[\p{Cc}<>:"|?*/\\]+/gu, ' ')
    .replace(/\s+/g, ' ')
    // Looks for the end only from where a run begins.
    .replace(/^[\s.]+|(?<![\s.])[\s.]+$/g, '');
  const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=$|\.)/i.test(stem);
  return `${cutToBytes(reserved ? `_${stem}` : stem, LONGEST_NAME) || 'document'}${extension}`;
}

function cutToBytes(text: string, most: number): string {
  let cut = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > most) break;
    cut += segment;
  }
  return cut.trimEnd();
}

/**
 * Gives the whole file `received` the name `name`, or the next free name like it; never over another. The absolute path,
 * also of a file that is there already and has the same bytes.
 */
async function giveName({ folder, isAnothers }: ImportOptions, received: string, name: string, content: Content): Promise<string> {
  for (const candidate of namesLike(name)) {
    const target = path.join(folder, candidate);
    if (isAnothers(target, content.rawHash)) continue;
    if (await claimName(received, target)) {
      await syncFolder(folder);
      return target;
    }
    if (await holds(target, content)) return target;
  }
  throw new Error('no free name is left');
}

async function holds(file: string, { size, rawHash }: Content): Promise<boolean> {
  try {
    if ((await stat(file)).size !== size) return false;
    const handle = await open(file);
    return await hashFile(handle, size)
      .then((hash) => hash === rawHash)
      .finally(() => handle.close());
  } catch {
    return false;
  }
}

function* namesLike(name: string): Iterable<string> {
  yield name;
  const extension = path.extname(name);
  for (let number = 2; number < 10_000; number++) yield `${path.basename(name, extension)} (${number})${extension}`;
}

/** Gives the written file its name, unless a file has it: a link fails then, where a rename would overwrite. */
async function claimName(written: string, target: string): Promise<boolean> {
  try {
    await link(written, target);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(systemCode(error) ?? '')) throw error;
  }
  // A file system without hard links.
  try {
    await copyFile(written, target, constants.COPYFILE_EXCL);
    await syncFile(target);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    await rm(target, { force: true });
    throw error;
  }
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
