import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Done, type JournalEntry, journalEntrySchema } from '#model';
import type { Log } from '../log';
import { createPause } from '../pacing';
import { ignoreMissing, systemCode } from '../storage/errno';
import { syncFolder, writeNewFile } from '../storage/guarded-write';

/** What was done in the library that no notebook tells: `DATA/journal/<machine>-<month>.jsonl`, which grows only, but where its reader wants something gone. */
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
  /** Two machines never write the same file. */
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
    const entries = waiting;
    if (entries.length === 0) return;
    try {
      await check();
      await mkdir(folder, { recursive: true });
      const byMonth = Map.groupBy(entries, ({ at }) => at.slice(0, 7));
      for (const [month, of] of byMonth) {
        await append(path.join(folder, `${machineId}-${month}.jsonl`), of);
        waiting = waiting.filter((entry) => !of.includes(entry));
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

  const removeWhere = (goes: Test): Promise<void> => {
    const remove = async (): Promise<void> => {
      await check();
      waiting = waiting.filter((entry) => !goes(entry, ''));
      for (const name of await listFiles()) {
        const file = path.join(folder, name);
        const bytes = await readFile(file);
        const rest = withoutEntries(bytes, goes);
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
      waiting.push(...done.map((each): JournalEntry => ({ ...each, id: randomUUID(), at })));
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
      const of = JSON.stringify([...[...read].map(([name, { state }]) => [name, state]), waiting.map(({ id }) => id), lost]);
      if (last?.of === of) return last;
      const byId = new Map<string, JournalEntry>();
      for (const { entries } of read.values()) for (const entry of entries) byId.set(entry.id, entry);
      for (const entry of waiting) byId.set(entry.id, entry);
      const entries = [...byId.values()].reverse();
      entries.sort((a, b) => Number(a.at < b.at) - Number(a.at > b.at));
      last = { of, entries, unreadable: lost + [...read.values()].reduce((sum, { unreadable }) => sum + unreadable, 0) };
      return last;
    },
    count: async (documentId) => (await journal.read()).entries.filter((entry) => isOf(entry, documentId)).length,
    countEarlier: async (before) => (await journal.read()).entries.filter((entry) => keepsEarlier(entry, before)).length,
    removeEarlier: (before) => removeWhere((entry) => entry !== undefined && keepsEarlier(entry, before)),
    forget: (documentId) => removeWhere(isOfDocument(documentId)),
    flush: () => writing,
  };
  return journal;
}

const isOf = (entry: JournalEntry, documentId: string): boolean => 'documentId' in entry && entry.documentId === documentId;

/** Whether an entry from before a moment keeps what something was before. */
const keepsEarlier = (entry: JournalEntry, before: string): boolean =>
  Date.parse(entry.at) < Date.parse(before) && ('from' in entry || 'to' in entry);

/** Tells of an entry, or of a line that is none that can be read. */
type Test = (entry: JournalEntry | undefined, line: string) => boolean;

/** What cannot be read and names the document may be of it. */
const isOfDocument =
  (documentId: string): Test =>
  (entry, line) =>
    entry ? isOf(entry, documentId) : line.includes(documentId);

/** A journal's file without the entries of a document; the same bytes where it has none. */
export const withoutDocument = (bytes: Buffer, documentId: string): Buffer =>
  bytes.includes(documentId) ? withoutEntries(bytes, isOfDocument(documentId)) : bytes;

function withoutEntries(bytes: Buffer, goes: Test): Buffer {
  const lines = bytes.toString().split('\n');
  const kept = lines.filter((line) => line === '' || !goes(parse(line), line));
  return kept.length === lines.length ? bytes : Buffer.from(kept.join('\n'));
}

/** The folder is not there before the first entry; a file in its place is told when something is to be written. */
function ignoreNone(error: unknown): string[] {
  return systemCode(error) === 'ENOTDIR' ? [] : ignoreMissing(error);
}

/** Appends lines and reads them back; after a failure the file ends as it did before. A line that was cut off is ended first. */
async function append(file: string, entries: readonly JournalEntry[]): Promise<void> {
  const handle = await open(file, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const end = Buffer.alloc(1);
    if (size > 0) await handle.read(end, 0, 1, size - 1);
    const isCutOff = size > 0 && end[0] !== NEW_LINE;
    const bytes = Buffer.from((isCutOff ? '\n' : '') + entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
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
