import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../log';
import { ignoreMissing, systemCode } from '../errno';
import { readGivenUp } from '../given-up';
import { syncFolder } from '../guarded-write';
import { interruptedFileOf } from '../interrupted-writes';
import { createLimiter } from '../limiter';
import type { Problems } from '../problems';
import { createQuarantine } from '../quarantine';
import { writeZip, type ZipInput } from '../zip/writer';
import { listBackups, verifyZip, withZip } from './copies';
import { type DroppedFile, keepFiles, listDropped, removeUnnamed } from './files';
import {
  backupFolder,
  type Content,
  countContent,
  type FileState,
  type KeptFile,
  type Manifest,
  manifestFile,
  readManifest,
  stateOf,
} from './manifest';
import { type Forgotten, findHolding, type Rewritten, rewriteBackups, UNFINISHED } from './rewrite';
import { chooseOutdated } from './rotation';

/** Zips of everything of the reader's in `DATA/backups`, with the dropped files beside them. */
export interface Backups {
  /** Makes today's backup after `delay` ms, in the background, and from then on each day's while Lectern runs, and one at the end. */
  schedule(delay: number): void;
  /** Makes a backup when there is none of the last day and something is not as the newest has it. A failure is told, not thrown. */
  run(now?: Date): Promise<void>;
  /** Counts what the reader wrote: many changes are backed up at the end also when today's backup was made. */
  count(changes: number): void;
  /** The backups that hold something, and those that cannot be read; paths. */
  holding(forgotten: Forgotten): Promise<{ holding: string[]; unreadable: string[] }>;
  /** Takes something out of all backups (`rewriteBackups`), between two that are made. Throws as that does. */
  forget(forgotten: Forgotten): Promise<Rewritten>;
  /** Where backups are scheduled, makes a last one when it is due, for as long as there is time. Breaks off what is not done by then. */
  close(): Promise<void>;
}

const DAY = 86_400_000;
/** ms until it is looked again whether a backup is due, or can be made by now. */
const INTERVAL = 3_600_000;
/** An evening's work: so many changes are not left to tomorrow's backup. */
const MANY_CHANGES = 20;
/** ms after which the newest backup is old enough that whatever changed is worth another at the end. */
const OLD_AT_END = 6 * 3_600_000;
/** ms that a backup at the end may take: nobody waits long for a window to close. */
const TIME_AT_END = 4_000;
/** Of a zip without its 64-bit extension, which some tools do not read. */
const MOST_FILES = 65_000;
/** Bytes of texts in one backup. They can be made again from the documents while those are unchanged; notes cannot. */
const MOST_TEXT = 1_000_000_000;
/** Files whose state is asked for at the same time. */
const LOOKING = 32;

interface BackupOptions {
  dataFolder: string;
  /** Throws when nothing may be written into the data folder. */
  check?(): Promise<void>;
  log: Log;
  problems: Problems;
  /** ms */
  timeAtEnd?: number;
}

/** The backups of a data folder. */
export function openBackups({ dataFolder, check = async () => {}, log, problems, timeAtEnd = TIME_AT_END }: BackupOptions): Backups {
  const folder = backupFolder(dataFolder);
  const quarantine = createQuarantine(dataFolder, { check });
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isScheduled = false;
  let running = Promise.resolve();
  /** A backup is made, or something is taken out of all of them. */
  const inTurn = createLimiter(1);
  let written = 0;

  const make = async (now: Date, isDue: (age: number) => boolean): Promise<void> => {
    await check();
    const files = await listFiles(dataFolder, log);
    const dropped = await listDropped(dataFolder);
    // One from the future is of a time when the clock was wrong.
    const newest = (await listBackups(folder)).findLast(({ madeAt }) => madeAt <= now);
    const age = newest === undefined ? Infinity : now.getTime() - newest.madeAt.getTime();
    if (files.length + dropped.length === 0 || !isDue(age)) return;
    const before = newest && (await withZip(newest.path, readManifest).catch(() => undefined));
    const state = stateOf([...files, ...dropped]);
    if (before?.state === state) return;
    const counted = written;
    await mkdir(folder, { recursive: true });
    await removeUnfinished(folder);
    const kept = await keepDropped(dropped, before?.files);
    const name = `lectern-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
    const unfinished = path.join(folder, `${name}${UNFINISHED}`);
    const contents = new Map<string, Content>();
    try {
      await verifyZip(
        unfinished,
        await writeZip(unfinished, readFiles(files, contents, { files: kept, state }), abort.signal),
        abort.signal,
      );
      await rename(unfinished, path.join(folder, `${name}.zip`));
      await syncFolder(folder);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    written -= counted;
    log.info(`backup ${name}.zip of ${files.length} files and ${kept.size} dropped ones`);
    await rotate(contents);
  };

  /** Keeps the dropped files; one that cannot be is told, and hinders no backup of the notes. */
  const keepDropped = async (dropped: readonly DroppedFile[], before: Manifest['files'] = new Map()): Promise<Map<string, KeptFile>> => {
    const { files, failed } = await keepFiles({ dataFolder, dropped, before, signal: abort.signal, log });
    const [first] = failed;
    if (!first) problems.solve('backup-files');
    else if (!problems.list().some(({ id }) => id === 'backup-files')) {
      const others = failed.length === 1 ? '' : ` and ${failed.length - 1} more`;
      problems.add({
        id: 'backup-files',
        message: `“${path.posix.basename(first.name)}”${others} could not be copied into the backups (${systemCode(first.error) ?? 'there is not enough room, or the copy did not read back'}). Your notes are backed up; it is tried again with the next backup.`,
        path: folder,
      });
    }
    return files;
  };

  /** Takes away the backups that are outdated, and the dropped files that none names any more; nothing while it cannot be known what is wanted. */
  const rotate = async (present: ReadonlyMap<string, Content>): Promise<void> => {
    const openCases = await quarantine.openCases().catch((error: unknown) => log.warn('the quarantine could not be listed', error));
    if (!openCases) return;
    const givenUp = await readGivenUp(dataFolder);
    const outdated = await chooseOutdated({ backups: await listBackups(folder), present, openCases, givenUp, log });
    for (const { path: file } of outdated) await rm(file);
    await removeOrphans();
  };

  /** Takes away the dropped files that no backup names any more; nothing while a backup cannot be read. */
  const removeOrphans = async (): Promise<void> => {
    const named = new Set<string>();
    for (const { path: file } of await listBackups(folder)) {
      const manifest = await withZip(file, readManifest).catch((error: unknown) => log.warn(`the backup ${file} could not be read`, error));
      if (!manifest) return;
      for (const { sha256 } of manifest.files.values()) named.add(sha256);
    }
    await removeUnnamed(dataFolder, named);
  };

  const attempt = async (now: Date, isDue: (age: number) => boolean): Promise<void> => {
    try {
      await inTurn(() => make(now, isDue));
      problems.solve('backup');
    } catch (error) {
      if (abort.signal.aborted) return;
      log.error('the backup failed', error);
      // Told once, not at every try.
      if (problems.list().some(({ id }) => id === 'backup')) return;
      problems.add({
        id: 'backup',
        message: `Today’s backup of your notes could not be made (${systemCode(error) ?? 'it did not read back as it was written'}). The notes themselves are saved. It is tried again within the hour.`,
        path: folder,
      });
    }
  };

  const run = (now = new Date()): Promise<void> => attempt(now, (age) => age >= DAY);

  const schedule = (delay: number): void => {
    isScheduled = true;
    timer = setTimeout(() => {
      running = run().then(() => {
        if (!abort.signal.aborted) schedule(INTERVAL);
      });
    }, delay);
    timer.unref();
  };

  return {
    schedule,
    run,
    count(changes) {
      written += changes;
    },
    holding: (forgotten) => findHolding(folder, forgotten),
    forget: (forgotten) =>
      inTurn(async () => {
        await check();
        const rewritten = await rewriteBackups(folder, forgotten, { signal: abort.signal, log });
        await removeOrphans();
        return rewritten;
      }),
    async close() {
      clearTimeout(timer);
      if (!isScheduled) abort.abort();
      const limit = setTimeout(() => {
        log.info('there was no time left for a backup');
        abort.abort();
      }, timeAtEnd);
      await running;
      clearTimeout(timer);
      if (!abort.signal.aborted) await attempt(new Date(), (age) => age >= OLD_AT_END || written >= MANY_CHANGES);
      clearTimeout(limit);
      abort.abort();
    },
  };
}

interface ListedFile extends FileState {
  path: string;
  /** Its modification time, ms since 1970. */
  changedAt: number;
}

/** What goes into a backup: tags and settings, what belongs to each machine, every notebook with its old versions, the journals, then the texts while there is room, the newest first. */
async function listFiles(dataFolder: string, log: Log): Promise<ListedFile[]> {
  const list = async (under: string, extension: string) => {
    const names = (await readdir(path.join(dataFolder, under)).catch(ignoreMissing)).filter((name) => name.endsWith(extension));
    const looking = createLimiter(LOOKING);
    const found = names.map((name) =>
      looking(async () => {
        const file = path.join(dataFolder, under, name);
        const stats = await stat(file).catch(ignoreMissing);
        if (!('mtimeMs' in stats)) return [];
        return [{ name: path.posix.join(under, name), path: file, changedAt: stats.mtimeMs, size: stats.size, stateAt: stats.ctimeMs }];
      }),
    );
    return (await Promise.all(found)).flat();
  };
  const own = (await list('.', '.json')).filter(({ name }) => name === 'tags.json' || name === 'settings.json');
  const machines = (await list('machines', '.json')).filter(({ name }) => interruptedFileOf(name) === undefined);
  const notebooks = (await list('notebooks', '.json')).filter(({ name }) => interruptedFileOf(name) === undefined);
  if (notebooks.length === 0) return [];
  const history = await list('history', '.gz');
  const journal = await list('journal', '.jsonl');
  const before = [...own, ...machines, ...notebooks, ...history, ...journal];
  const texts = (await list('texts', '.gz')).sort((one, other) => other.changedAt - one.changedAt);
  let size = 0;
  const fitting = texts.filter((text, index) => {
    size += text.size;
    return size <= MOST_TEXT && before.length + index < MOST_FILES;
  });
  if (fitting.length < texts.length) log.warn(`${texts.length - fitting.length} kept texts do not fit into the backup`);
  return [...before, ...fitting];
}

/** Reads the files one after the other, without those that are gone by now, notes what they hold, and ends with the list of it. */
async function* readFiles(
  files: readonly ListedFile[],
  contents: Map<string, Content>,
  rest: Omit<Manifest, 'contents'>,
): AsyncIterable<ZipInput> {
  for (const { name, path: file, changedAt } of files) {
    const bytes = await readFile(file).catch((error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error;
      return undefined;
    });
    if (!bytes) continue;
    const content = await countContent(name, bytes);
    if (content) contents.set(name, content);
    yield { name, bytes, mtime: new Date(changedAt) };
  }
  yield manifestFile({ contents, ...rest });
}

async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (name.endsWith(UNFINISHED)) await rm(path.join(folder, name));
}
