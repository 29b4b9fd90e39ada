import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { type DocumentSource, type Failure, ok, type Result } from '#api';
import { type DocumentFormat, formatOf, largestDocument, titleFromName } from '#formats/list';
import type { Sketch } from '#model';
import type { DocumentText } from '../formats/document-text';
import { systemCode } from '../storage/errno';
import type { FactsCache } from './cache';
import type { ContentHashes } from './content-hashes';
import type { FileFacts } from './facts';
import { fileFailures } from './failures';
import { hashFile } from './file-bytes';
import { leadsOutside } from './folders';
import type { Reading } from './reading/reading';

interface OpenFile {
  /** To be closed by who asked for it. */
  handle: FileHandle;
  stats: Stats;
}

/** Opens a document's file; fails for what is no file, lies outside of its library folder, is too large, or cannot be read. */
export async function openFile(file: string, folder: string, format: DocumentFormat): Promise<Result<OpenFile>> {
  const name = path.basename(file);
  if (await leadsOutside(folder, file)) return fileFailures.outside(name);
  let handle: FileHandle | undefined;
  try {
    // Without waiting: opening a named pipe would otherwise wait for its writer.
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (stats.isFile() && stats.size <= largestDocument(format)) return ok({ handle, stats });
    await handle.close();
    return stats.isFile() ? fileFailures.tooLarge(name, format, stats.size) : fileFailures.unreadable(name, new Error('it is not a file'));
  } catch (error) {
    await handle?.close();
    return isGone(error) ? fileFailures.gone(name) : fileFailures.unreadable(name, error);
  }
}

interface HashedFile {
  rawHash: string;
  stats: Stats;
}

/** What a document's file holds; fails as `openFile` does. */
async function hashDocument(file: string, folder: string, format: DocumentFormat): Promise<Result<HashedFile>> {
  const opened = await openFile(file, folder, format);
  if (!opened.ok) return opened;
  const { handle, stats } = opened.value;
  try {
    return ok({ rawHash: await hashFile(handle, stats.size), stats });
  } catch (error) {
    return fileFailures.unreadable(path.basename(file), error);
  } finally {
    await handle.close();
  }
}

/**
 * A file as it is now, with the hash of what it holds; fails where it cannot be opened, and where what is known of it still holds and is
 * that it is no document. `isUnlocked`: its password was given, without which it is none.
 */
export async function lookAt(
  file: FileFacts,
  folder: string,
  { chosen, isUnlocked, hashes }: { chosen: string | undefined; isUnlocked: boolean; hashes: ContentHashes },
): Promise<Result<DocumentSource>> {
  const opened = await openFile(file.path, folder, file.format);
  if (!opened.ok) return opened;
  const { handle, stats } = opened.value;
  const { format, problem } = file;
  try {
    const now = { ...file, size: stats.size, changedAt: stats.mtimeMs };
    const isKnown = file.rawHash !== undefined && isAsItWas(file, now, chosen);
    if (isKnown && problem && !(isUnlocked && problem.code === 'document-locked')) return { ok: false, failure: problem };
    return ok({ format, rawHash: await hashes.of(file, handle, stats) });
  } catch (error) {
    return fileFailures.unreadable(path.basename(file.path), error);
  } finally {
    await handle.close();
  }
}

interface ReadingOptions {
  cache: FactsCache;
  inspect: Reading['inspect'];
  /** The encoding that the reader chose for the document at a path, or with a hash where that is known. */
  chosenFor(path: string, rawHash: string | undefined): string | undefined;
}

interface Wanted {
  path: string;
  folderId: string;
  /** The library folder that it is in, absolute. */
  folder: string;
  /** What was known of it; taken as it is unless `again`. */
  known: FileFacts | undefined;
  /** Reads the file although its size and time are as they were. */
  again: boolean;
}

interface Found {
  facts: FileFacts;
  /** The file was looked into: what was remembered of it is out of date. */
  fresh: boolean;
  /** Its text, and the sketch of that, when it was read. */
  text?: DocumentText;
  sketch?: Sketch;
}

/** The facts of a file as it is now; `undefined` when there is no file, or none that is a document. */
export async function readFacts(
  { path: file, folderId, folder, known, again }: Wanted,
  options: ReadingOptions,
): Promise<Found | undefined> {
  const { cache, inspect, chosenFor } = options;
  const format = formatOf(file);
  if (!format) return undefined;
  const fileName = path.basename(file);
  const stats = await statDocument(file, folder, fileName);
  if (stats === undefined) return undefined;
  const remembered = known ?? cache.get(file);
  const addedAt = Math.min(remembered?.addedAt ?? Number.POSITIVE_INFINITY, bornAt(stats.ok ? stats.value : undefined));
  const facts: FileFacts = {
    path: file,
    folderId,
    size: stats.ok ? stats.value.size : 0,
    changedAt: stats.ok ? stats.value.mtimeMs : 0,
    addedAt,
    format,
    title: titleFromName(fileName),
    words: 0,
  };
  if (!stats.ok) return fresh({ ...facts, problem: stats.failure });
  if (facts.size > largestDocument(format))
    return fresh({ ...facts, problem: fileFailures.tooLarge(fileName, format, facts.size).failure });
  if (!again && remembered && isAsItWas(remembered, facts, chosenFor(file, remembered.rawHash))) {
    if (!remembered.absent && remembered.folderId === folderId) return { facts: remembered, fresh: false };
    const { absent: _unreachable, ...rest } = remembered;
    return fresh({ ...rest, folderId });
  }
  const hashed = await hashDocument(file, folder, format);
  if (!hashed.ok) return hashed.failure.code === 'document-not-found' ? undefined : fresh({ ...facts, problem: hashed.failure });
  const { rawHash, stats: now } = hashed.value;
  const chosen = chosenFor(file, rawHash);
  const inspected = await inspect({ path: file, folder, format, encoding: chosen, rawHash });
  const base = { ...facts, size: now.size, changedAt: now.mtimeMs, rawHash, chosen };
  if (!inspected.ok) return fresh({ ...base, problem: inspected.failure });
  const { titles, words, metadata, text, sketch } = inspected.value;
  const [title, ...otherTitles] = titles;
  const { title: _stated, ...others } = metadata;
  const said = { ...others, title, ...(otherTitles.length > 0 && { otherTitles }) };
  const found: FileFacts = { ...base, textHash: text.textHash, words, ...said };
  return { ...fresh(found), text, sketch };
}

const fresh = (facts: FileFacts): Found => ({ facts, fresh: true });

/** `undefined` when there is no file; a failure when it cannot be looked at. */
async function statDocument(file: string, folder: string, name: string): Promise<Result<Stats> | undefined> {
  try {
    const found = await lstat(file);
    if (found.isSymbolicLink() && (await leadsOutside(folder, file))) return fileFailures.outside(name);
    const stats = found.isSymbolicLink() ? await stat(file) : found;
    return stats.isFile() ? ok(stats) : undefined;
  } catch (error) {
    return isGone(error) ? undefined : fileFailures.unreadable(name, error);
  }
}

const isAsItWas = (before: FileFacts, now: FileFacts, chosen: string | undefined): boolean =>
  before.size === now.size && before.changedAt === now.changedAt && before.chosen === chosen && !isPassing(before.problem);

/** A file that could not be read may be readable now, though nothing of it changed; so may one that was written to while it was read. */
const isPassing = (problem: Failure | undefined): boolean =>
  problem !== undefined && ['document-unreadable', 'document-changed'].includes(problem.code);

/** ENOTDIR: a folder of its path is a file now. */
const isGone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');

/** When a file came where it is (ms), as far as the file system keeps that. */
function bornAt(stats: Stats | undefined): number {
  if (!stats) return Date.now();
  return stats.birthtimeMs > 0 ? stats.birthtimeMs : stats.mtimeMs;
}
