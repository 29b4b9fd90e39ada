import { hash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log';
import { type Backup, backupFolder, listBackups, namesInZip } from './backup-copies';
import { orNothing, systemCode } from './failures';
import { syncFolder } from './guarded-write';
import { leftoverOwner } from './leftovers';
import type { Problems } from './problems';
import { createQuarantine } from './quarantine';
import { openZip } from './zip-reader';
import { writeZip } from './zip-writer';

/** Zips of everything of the reader's, in `DATA/backups`. */
export interface Backups {
  /** Makes today's backup after `delay` ms, in the background, and from then on each day's while Lectern runs. */
  schedule(delay: number): void;
  /** Makes a backup when there is none of the last day and something changed since the newest. A failure is told, not thrown. */
  run(now?: Date): Promise<void>;
  /** Breaks a running backup off. */
  close(): Promise<void>;
}

const KEPT = 10;
const DAY = 86_400_000;
/** ms until it is looked again whether a backup is due, or can be made by now. */
const INTERVAL = 3_600_000;
/** Of a zip without its 64-bit extension. */
const MOST_FILES = 65_000;
/** Bytes of texts in one backup. They can be made again from the documents while those are unchanged; notes cannot. */
const MOST_TEXT = 1_000_000_000;
const UNFINISHED = '.zip.unfinished';

/** The backups of a data folder. */
export function openBackups({ dataFolder, log, problems }: { dataFolder: string; log: Log; problems: Problems }): Backups {
  const folder = backupFolder(dataFolder);
  const quarantine = createQuarantine(dataFolder);
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  const make = async (now: Date): Promise<void> => {
    const files = await listFiles(dataFolder, log);
    // One from the future is of a time when the clock was wrong.
    const newest = (await listBackups(folder)).findLast(({ madeAt }) => madeAt <= now);
    const isRecent = newest !== undefined && now.getTime() - newest.madeAt.getTime() < DAY;
    const isUnchanged = newest !== undefined && files.every(({ changedAt }) => changedAt <= newest.madeAt.getTime());
    if (files.length === 0 || isRecent || isUnchanged) return;
    await mkdir(folder, { recursive: true });
    await removeUnfinished(folder);
    const name = `lectern-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
    const unfinished = path.join(folder, `${name}${UNFINISHED}`);
    try {
      await verify(unfinished, await writeZip(unfinished, files, abort.signal), abort.signal);
      await rename(unfinished, path.join(folder, `${name}.zip`));
      await syncFolder(folder);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    for (const old of (await listBackups(folder)).slice(0, -KEPT)) if (!(await isAwaited(old))) await rm(old.path);
    log.info(`backup ${name}.zip of ${files.length} files`);
  };

  /** Whether a backup is from before a file was set aside that the reader may still want out of it, or that cannot be known. */
  const isAwaited = async ({ path: file, madeAt }: Backup): Promise<boolean> => {
    const cases = await quarantine.openCases().catch((error: unknown) => log.warn('the quarantine could not be listed', error));
    if (!cases) return true;
    const lost = [...cases].filter(([, { setAsideAt }]) => setAsideAt > madeAt);
    if (lost.length === 0) return false;
    const names = await namesInZip(file).catch((error: unknown): string[] => {
      log.warn(`the backup ${file} could not be read`, error);
      return [];
    });
    return lost.some(([name]) => names.includes(name));
  };

  const run = async (now = new Date()): Promise<void> => {
    try {
      await make(now);
      problems.solve('backup');
    } catch (error) {
      if (abort.signal.aborted) return;
      log.error('the backup failed', error);
      // Told once, not at every try.
      if (problems.list().some(({ id }) => id === 'backup')) return;
      problems.add({
        id: 'backup',
        message: `Today's backup of your notes could not be made (${systemCode(error) ?? 'it did not read back as it was written'}). The notes themselves are saved. It is tried again within the hour.`,
        path: folder,
      });
    }
  };

  const schedule = (delay: number): void => {
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
    async close() {
      clearTimeout(timer);
      abort.abort();
      await running;
    },
  };
}

/** What goes into a backup: tags and settings, what belongs to each machine, every notebook, then the texts while there is room, the newest first. */
async function listFiles(dataFolder: string, log: Log): Promise<{ name: string; path: string; changedAt: number }[]> {
  const list = async (under: string, extension: string) => {
    const names = (await readdir(path.join(dataFolder, under)).catch(orNothing)).filter((name) => name.endsWith(extension));
    const found: { name: string; path: string; changedAt: number; size: number }[] = [];
    for (const name of names) {
      const file = path.join(dataFolder, under, name);
      const stats = await stat(file).catch(orNothing);
      if ('mtimeMs' in stats) found.push({ name: path.posix.join(under, name), path: file, changedAt: stats.mtimeMs, size: stats.size });
    }
    return found;
  };
  const own = (await list('.', '.json')).filter(({ name }) => name === 'tags.json' || name === 'settings.json');
  const machines = (await list('machines', '.json')).filter(({ name }) => leftoverOwner(name) === undefined);
  const notebooks = (await list('notebooks', '.json')).filter(({ name }) => leftoverOwner(name) === undefined);
  if (notebooks.length === 0) return [];
  const texts = (await list('texts', '.gz')).sort((one, other) => other.changedAt - one.changedAt);
  let size = 0;
  const fitting = texts.filter((text, index) => {
    size += text.size;
    return size <= MOST_TEXT && own.length + machines.length + notebooks.length + index < MOST_FILES;
  });
  if (fitting.length < texts.length) log.warn(`${texts.length - fitting.length} kept texts do not fit into the backup`);
  return [...own, ...machines, ...notebooks, ...fitting];
}

async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (name.endsWith(UNFINISHED)) await rm(path.join(folder, name));
}

/** Reads a zip back; throws when it is not exactly the files of these SHA-256s. */
async function verify(file: string, digests: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
  const zip = await openZip(file);
  try {
    if (zip.names().length !== digests.size) throw new Error(`${file} does not hold what was packed`);
    for (const [name, digest] of digests) {
      signal.throwIfAborted();
      const bytes = await zip.read(name);
      if (!bytes || hash('sha256', bytes, 'hex') !== digest) throw new Error(`${name} in ${file} does not read back as it was packed`);
    }
  } finally {
    await zip.close();
  }
}
