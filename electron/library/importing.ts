import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ImportedFile, ImportOutcome } from '../api';
import { examine, hashBytes } from './examining';
import { codeOf, fileFailures, LARGEST, writeFailure } from './failures';
import { formatOf } from './formats';
import type { Pause } from './pacing';

interface ImportOptions {
  /** The library's own folder, absolute. */
  folder: string;
  pause: Pause;
  /** The document of this content, if the library has it. */
  idWithHash(rawHash: string): string | undefined;
  /** Whether a path is or was a noted document's: a stranger there would be taken for that one, edited. */
  isKnown(path: string): boolean;
  /** Takes a new file in at once; the document that it is. */
  takeIn(path: string): Promise<string | undefined>;
}

/** Bytes of a file's name, without its extension: file systems take 255 with everything. */
const LONGEST_NAME = 180;

/** Copies one file into the library's own folder. A content that the library has is not copied again. */
export async function importFile(file: ImportedFile, options: ImportOptions): Promise<ImportOutcome> {
  const { name } = file;
  const shownName = name.split(/[/\\]/).at(-1) ?? name;
  const format = formatOf(shownName);
  if (!format) return { name, failure: fileFailures.notImportable(shownName).failure };
  if (file.bytes.length > LARGEST) return { name, failure: fileFailures.tooLarge(shownName, file.bytes.length).failure };
  const bytes = new Uint8Array(file.bytes);
  const rawHash = await hashBytes(bytes);
  const examined = await examine({ bytes, rawHash, fileName: shownName, format }, options.pause);
  if (!examined.ok) return { name, failure: examined.failure };
  const existing = options.idWithHash(rawHash);
  if (existing) return { name, documentId: existing };
  try {
    const documentId = await options.takeIn(await writeNewFile(options, safeFileName(shownName), bytes));
    return documentId ? { name, documentId } : { name, failure: fileFailures.gone(shownName).failure };
  } catch (error) {
    return { name, failure: writeFailure(shownName, error).failure };
  }
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
 * Writes a file that is whole or not there, under `name` or the next free name like it; never over another. The
 * absolute path, also of a file that is there already and has the same bytes.
 */
async function writeNewFile({ folder, isKnown }: ImportOptions, name: string, bytes: Uint8Array): Promise<string> {
  await mkdir(folder, { recursive: true });
  const temporary = path.join(folder, `.import-${randomUUID()}`);
  try {
    await writeSynced(temporary, bytes);
    for (const candidate of namesLike(name)) {
      const target = path.join(folder, candidate);
      if (isKnown(target)) continue;
      if (await claimName(temporary, target, bytes)) {
        await syncFolder(folder);
        return target;
      }
      if ((await readFile(target).catch(() => undefined))?.equals(bytes)) return target;
    }
    throw new Error('no free name is left');
  } finally {
    await rm(temporary, { force: true });
  }
}

function* namesLike(name: string): Iterable<string> {
  yield name;
  const extension = path.extname(name);
  for (let number = 2; number < 10_000; number++) yield `${path.basename(name, extension)} (${number})${extension}`;
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives the written file its name, unless a file has it: a link fails then, where a rename would overwrite. */
async function claimName(temporary: string, target: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await link(temporary, target);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error) ?? '')) throw error;
  }
  // A file system without hard links.
  try {
    await writeSynced(target, bytes);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    await rm(target, { force: true });
    throw error;
  }
}

/** Puts the new name on the disk as well. Windows cannot open a folder for that, and needs it not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
