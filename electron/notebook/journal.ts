import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Done, type JournalEntry, journalEntrySchema } from '#model';
import type { Log } from '../log';
import { createPause, filterInSlices, type Pause, slicesOf, sortInSlices } from '../pacing';
import { ignoreMissing, systemCode } from '../storage/errno';
import { syncFolder, writeNewFile } from '../storage/guarded-write';

/**
 * What was done in the library that no notebook tells: `DATA/journal/<machine>-<month>.jsonl`. Each machine appends to its own files alone;
 * what the reader wants gone is taken out of the files of all machines, which are written anew for it.
 */
export interface Journal {
  /** Keeps what was just done, in the background. What cannot be written is logged, still listed, and tried again with the next. */
  add(done: readonly Done[]): void;
  /** All entries of all machines, the newest first, and how many lines could not be read. The same array while nothing is new. */
  read(): Promise<JournalContents>;
  /** How many entries are of a document. */
  count(documentId: string): Promise<number>;
  /** How many entries from before a moment keep what something was before: tags, titles, colours. */
  countEarlier(before: string): Promise<number>;
  /** Takes these out of all files. Throws the system's error. */
  removeEarlier(before: string): Promise<void>;
  /** Takes the entries of a document out of all files. Throws the system's error. */
  forget(documentId: string): Promise<void>;
  /** Resolves when what was added is written, or could not be. */
  flush(): Promise<void>;
}

export interface JournalContents {
  entries: readonly JournalEntry[];
  unreadable: number;
}

interface JournalOptions {
  dataFolder: string;
  /** Names the files that this machine appends to. */
  machineId: string;
  /** Throws when nothing may be written into the data folder. */
  check(): Promise<void>;
  now?(): Date;
  log: Log;
}

/** A file as it was read. */
interface ReadFile {
  /** Tells one state of the file from another. */
  state: string;
  entries: readonly JournalEntry[];
  unreadable: number;
}

const NEW_LINE = 10;

export function createJournal({ dataFolder, machineId, check, now = () => new Date(), log }: JournalOptions): Journal {
  const folder = path.join(dataFolder, 'journal');
  const pause = createPause();
  /** In their order; not on the disk yet. */
  let waiting: JournalEntry[] = [];
  let writing = Promise.resolve();
  let files = new Map<string, ReadFile>();
  let last: (JournalContents & { of: string }) | undefined;

  const writeWaiting = async (): Promise<void> => {
    const entries = [...waiting];
    if (entries.length === 0) return;
    try {
      await check();
      await mkdir(folder, { recursive: true });
      const byMonth = Map.groupBy(entries, ({ at }) => at.slice(0, 7));
      for (const [month, of] of byMonth) {
        await append(path.join(folder, `${machineId}-${month}.jsonl`), await linesOf(of, pause));
        const written = new Set(of);
        waiting = waiting.filter((entry) => !written.has(entry));
      }
    } catch (error) {
      log.error(`${entries.length} entries of the journal could not be written yet`, error);
    }
  };

  const readOne = async (name: string): Promise<ReadFile> => {
    const file = path.join(folder, name);
    const { size, mtimeMs } = await stat(file);
    const state = `${size} ${mtimeMs}`;
    const known = files.get(name);
    if (known?.state === state) return known;
    const entries: JournalEntry[] = [];
    let unreadable = 0;
    for (const line of (await readFile(file, 'utf8')).split('\n')) {
      if (line === '') continue;
      await pause();
      const entry = parse(line);
      if (entry) entries.push(entry);
      else unreadable += 1;
    }
    return { state, entries, unreadable };
  };

  const listFiles = async (): Promise<string[]> =>
    (await readdir(folder).catch(ignoreNone)).filter((each) => each.endsWith('.jsonl')).sort();

  const countWhere = async (counts: (entry: JournalEntry) => boolean): Promise<number> =>
    (await filterInSlices((await journal.read()).entries, counts, pause)).length;

  const removeWhere = (goes: (line: string) => boolean, isGoing: (entry: JournalEntry) => boolean): Promise<void> => {
    const remove = async (): Promise<void> => {
      await check();
      waiting = waiting.filter((entry) => !isGoing(entry));
      for (const name of await listFiles()) {
        const file = path.join(folder, name);
        const bytes = await readFile(file);
        const rest = await withoutEntries(bytes, goes, pause);
        if (rest !== bytes) await writeNewFile(file, rest);
      }
    };
    const done = writing.then(remove);
    writing = done.catch(() => undefined);
    return done;
  };

  const journal: Journal = {
    add(done) {
      const at = now().toISOString();
      for (const each of done) waiting.push({ ...each, id: randomUUID(), at });
      writing = writing.then(writeWaiting);
    },
    async read() {
      await writing;
      const read = new Map<string, ReadFile>();
      let lost = 0;
      for (const name of await listFiles()) {
        try {
          read.set(name, await readOne(name));
        } catch (error) {
          if (systemCode(error) === 'ENOENT') continue;
          log.error(`${name} in the journal could not be read`, error);
          lost += 1;
        }
      }
      files = read;
      const unwritten = [...waiting];
      const of = JSON.stringify([...[...read].map(([name, { state }]) => [name, state]), unwritten.map(({ id }) => id), lost]);
      if (last?.of === of) return last;
      const byId = new Map<string, JournalEntry>();
      for (const { entries } of [...read.values(), { entries: unwritten }])
        for (const [, slice] of slicesOf(entries)) {
          for (const entry of slice) byId.set(entry.id, entry);
          await pause();
        }
      const entries = await sortInSlices([...byId.values()].reverse(), (a, b) => Number(a.at < b.at) - Number(a.at > b.at), pause);
      last = { of, entries, unreadable: lost + [...read.values()].reduce((sum, { unreadable }) => sum + unreadable, 0) };
      return last;
    },
    count: (documentId) => countWhere((entry) => isOf(entry, documentId)),
    countEarlier: (before) => countWhere((entry) => keepsEarlier(entry, before)),
    removeEarlier: (before) =>
      removeWhere(
        (line) => keepsEarlier(parse(line), before),
        (entry) => keepsEarlier(entry, before),
      ),
    forget: (documentId) => removeWhere(isLineOf(documentId), (entry) => isOf(entry, documentId)),
    flush: () => writing,
  };
  return journal;
}

const isOf = (entry: JournalEntry, documentId: string): boolean =>
  ('documentId' in entry && entry.documentId === documentId) || ('fromId' in entry && entry.fromId === documentId);

/** Whether an entry from before a moment keeps what something was before. */
const keepsEarlier = (entry: JournalEntry | undefined, before: string): boolean =>
  entry !== undefined && ('from' in entry || 'to' in entry) && Date.parse(entry.at) < Date.parse(before);

/** Whether a line is of a document. One that cannot be read and names it may be. */
const isLineOf =
  (documentId: string) =>
  (line: string): boolean => {
    const entry = line.includes(documentId) ? parse(line) : undefined;
    return entry ? isOf(entry, documentId) : line.includes(documentId);
  };

/** A journal's file without the entries of a document; the same bytes where it has none. */
export const withoutDocument = async (bytes: Buffer, documentId: string, pause: Pause): Promise<Buffer> =>
  bytes.includes(documentId) ? withoutEntries(bytes, isLineOf(documentId), pause) : bytes;

async function withoutEntries(bytes: Buffer, goes: (line: string) => boolean, pause: Pause): Promise<Buffer> {
  const lines = bytes.toString().split('\n');
  const kept = await filterInSlices(lines, (line) => line === '' || !goes(line), pause);
  return kept.length === lines.length ? bytes : Buffer.from(kept.join('\n'));
}

async function linesOf(entries: readonly JournalEntry[], pause: Pause): Promise<string> {
  const lines: string[] = [];
  for (const [, slice] of slicesOf(entries)) {
    lines.push(slice.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    await pause();
  }
  return lines.join('');
}

/** The folder is not there before the first entry; a file in its place is told when something is to be written. */
function ignoreNone(error: unknown): string[] {
  return systemCode(error) === 'ENOTDIR' ? [] : ignoreMissing(error);
}

/** Appends lines and reads them back; after a failure the file ends as it did before. A line that was cut off is ended first. */
async function append(file: string, lines: string): Promise<void> {
  const handle = await open(file, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const end = Buffer.alloc(1);
    if (size > 0) await handle.read(end, 0, 1, size - 1);
    const isCutOff = size > 0 && end[0] !== NEW_LINE;
    const bytes = Buffer.from((isCutOff ? '\n' : '') + lines);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
      const written = Buffer.alloc(bytes.length);
      await handle.read(written, 0, bytes.length, size);
      if (!written.equals(bytes)) throw new Error(`${file} does not read back as it was written`);
    } catch (error) {
      await handle.truncate(size);
      throw error;
    }
    if (size === 0) await syncFolder(path.dirname(file));
  } finally {
    await handle.close();
  }
}

function parse(line: string): JournalEntry | undefined {
  try {
    return journalEntrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
