import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Failure, fail } from '#api';
import { systemCode } from './errno';
import { isRecord } from './records';

/** The lock of a data folder as one process has it, taken or still to be taken. */
export interface WriteLock {
  /**
   * Takes the lock where that was not possible before. A failure when another process has it by now: then nothing may be written.
   * Where it cannot be taken at all (a full disk), there is none to respect.
   */
  claim(): Promise<Failure | undefined>;
  release(): Promise<void>;
}

/** The lock, or who holds it instead. */
export type Locked = { ok: true; lock: WriteLock } | { ok: false; pid: number; message: string };

/** What a lock file says of its holder, so that a process of the same number is not taken for it. */
interface Holder {
  pid: number;
  /** The holder's start, in clock ticks since the system's (Linux). */
  started?: string;
  /** The system's start: its boot id (Linux), else its moment (ms since 1970). */
  boot: string | number;
  /** Makes the content of every lock another one. */
  at: string;
}

/** ms. A lock file that says nothing is being written by another process, for at most this long. */
const WRITING_TIME = 2_000;
/** ms. Moments of the system's start differ this much when the clock is put right. */
const CLOCK_SLACK = 120_000;

/**
 * Takes the lock in LOCAL, so that two writers on one machine never meet. A lock whose process has ended is taken over. Where
 * nothing can be written (read-only, full disk) only who has the lock already is refused; the lock is then taken before the first write
 * for which there is room.
 */
export async function lockDataFolder(localFolder: string): Promise<Locked> {
  let held = await take(localFolder);
  if (held.kind === 'refused') return { ok: false, pid: held.pid, message: held.message };
  let claiming: Promise<Failure | undefined> | undefined;
  let isReleased = false;
  const claim = async (): Promise<Failure | undefined> => {
    held = await take(localFolder);
    return held.kind === 'refused' ? refusedWrite(held.pid).failure : undefined;
  };
  return {
    ok: true,
    lock: {
      async claim() {
        if (held.kind === 'taken' || isReleased) return undefined;
        claiming ??= claim().finally(() => {
          claiming = undefined;
        });
        return claiming;
      },
      async release() {
        isReleased = true;
        await claiming;
        if (held.kind === 'taken') await held.release();
      },
    },
  };
}

const refusedWrite = (pid: number) =>
  fail(
    'data-in-use',
    `The last changes were not saved, because Lectern was opened a second time with these notes (process ${pid}). They are kept here and will be saved as soon as the other one is closed.`,
  );

type Taken = { kind: 'taken'; release(): Promise<void> } | { kind: 'impossible' } | Refused;
interface Refused {
  kind: 'refused';
  pid: number;
  message: string;
}

async function take(localFolder: string): Promise<Taken> {
  const file = path.join(localFolder, 'lock');
  const own = `${JSON.stringify(await describeSelf())}\n`;
  const mine = `${file}.${process.pid}-${randomUUID()}`;
  const taken: Taken = { kind: 'taken', release: () => release(file, own) };
  try {
    await mkdir(localFolder, { recursive: true });
    await writeWhole(mine, own);
    for (;;) {
      if (await claimName(mine, file)) return taken;
      const holder = await readHolder(file);
      if (holder === 'gone') continue;
      const refusal = await refusalBy(holder);
      if (refusal) return refusal;
      if (await takeOver(file, mine, holder)) return taken;
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return (await refusalBy(await readHolder(file).catch(() => 'gone' as const))) ?? { kind: 'impossible' };
  } finally {
    await rm(mine, { force: true }).catch(() => undefined);
  }
}

/** Says who holds the lock that versions before LOCAL took in the data folder itself, when that process runs. */
export async function refusalByEarlier(dataFolder: string): Promise<string | undefined> {
  const holder = await readHolder(path.join(dataFolder, 'lock')).catch(() => 'gone' as const);
  return (await refusalBy(holder))?.message;
}

/** Says who holds the lock, when that process runs. */
async function refusalBy(holder: Holder | 'gone' | undefined): Promise<Refused | undefined> {
  if (!holder || holder === 'gone' || !(await isAlive(holder))) return undefined;
  const { pid } = holder;
  return {
    kind: 'refused',
    pid,
    message: `Lectern is already open with these notes (process ${pid}). Use that window, or close it first; two at once could overwrite each other’s notes.`,
  };
}

/** Gives the prepared file the lock's name, when nothing has it. The content is there from the first moment. */
async function claimName(mine: string, file: string): Promise<boolean> {
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
  }
  // No hard links on this file system: made empty, then written.
  try {
    await writeWhole(file, await readFile(mine, 'utf8'));
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Replaces a dead process's lock. Only one process at a time may try, or one could take away the lock that another has
 * just made: the file `lock.takeover` sees to that. `false`: look again.
 */
async function takeOver(file: string, mine: string, dead: Holder | undefined): Promise<boolean> {
  const gate = `${file}.takeover`;
  try {
    await writeWhole(gate, await readFile(mine, 'utf8'));
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    const other = await readHolder(gate);
    if (other !== 'gone' && !(other && (await isAlive(other)))) await rm(gate, { force: true });
    else await wait(20);
    return false;
  }
  try {
    const now = await readHolder(file);
    if (now === 'gone' || now?.at !== dead?.at || now?.pid !== dead?.pid) return false;
    await rename(mine, file);
    return true;
  } finally {
    await unlink(gate);
  }
}

async function release(file: string, own: string): Promise<void> {
  const held = await readFile(file, 'utf8').catch(() => '');
  if (held === own) await rm(file, { force: true });
}

/** `undefined`: the file stays without sense, so it is nobody's. */
async function readHolder(file: string): Promise<Holder | 'gone' | undefined> {
  for (;;) {
    let text: string;
    let age: number;
    try {
      text = await readFile(file, 'utf8');
      age = Date.now() - (await stat(file)).mtimeMs;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return 'gone';
      throw error;
    }
    const holder = parseHolder(text);
    if (holder || age > WRITING_TIME || age < 0) return holder;
    await wait(50);
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || typeof value.pid !== 'number' || typeof value.at !== 'string') return undefined;
    const { pid, started, boot, at } = value;
    if (typeof boot !== 'string' && typeof boot !== 'number') return undefined;
    return { pid, at, boot, started: typeof started === 'string' ? started : undefined };
  } catch {
    return undefined;
  }
}

const describeSelf = async (): Promise<Holder> => ({
  pid: process.pid,
  started: (await readProcess(process.pid))?.started,
  boot: await readBoot(),
  at: new Date().toISOString(),
});

/** Whether the process that made the lock still runs: its number does, since the same start, on the same start of the system. */
async function isAlive({ pid, started, boot }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    if (systemCode(error) === 'ESRCH') return false;
  }
  const now = await readBoot();
  if (typeof now === 'number' && typeof boot === 'number' ? Math.abs(now - boot) > CLOCK_SLACK : now !== boot) return false;
  const found = await readProcess(pid);
  if (!found) return true;
  // A zombie has ended; it only waits for its parent to ask how.
  return found.state !== 'Z' && (started === undefined || found.started === started);
}

/** The 3rd and 22nd field of /proc/PID/stat (proc(5)); the name before them may hold spaces and parentheses. */
async function readProcess(pid: number): Promise<{ state?: string; started?: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields && { state: fields[0], started: fields[19] };
}

async function readBoot(): Promise<string | number> {
  const id = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined);
  return id?.trim() ?? Date.now() - os.uptime() * 1000;
}

/** Fails with EEXIST when the file is there. */
async function writeWhole(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
