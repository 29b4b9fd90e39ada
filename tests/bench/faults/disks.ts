import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../../../electron/storage/errno';
import { failing } from './failing-calls';
import { fillLibrary, makeLibrary, openReader, type Reader, type Written, without } from './reader';
import type { Fault, Random, Trial } from './trial';

/** Disks that are full, fail or go. Small disks need root. */
export const disks: Fault[] = [
  { group: 'b', name: 'full disk, at random fill levels', needsDisk: true, trials: 120, run: fillUp },
  { group: 'c', name: 'failing and short writes while saving', trials: 120, run: (trial) => failCalls(trial, false) },
  { group: 'c', name: 'failing calls also at the start', trials: 60, run: (trial) => failCalls(trial, true) },
  { group: 'c', name: 'disk made read-only', needsDisk: true, trials: 20, run: makeReadOnly },
  {
    group: 'd',
    name: 'data folder removed while running',
    trials: 20,
    run: (trial) => takeFolder(trial, (folder) => rm(folder, { recursive: true })),
  },
  {
    group: 'd',
    name: 'data folder renamed while running',
    trials: 20,
    run: (trial) => takeFolder(trial, (folder) => rename(folder, `${folder} of before`)),
  },
  { group: 'd', name: 'disk unmounted while running', needsDisk: true, trials: 20, run: unmount },
];

function mountDisk({ folder, onEnd }: Trial, kilobytes: number): string {
  const disk = path.join(folder, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk]);
  onEnd(() => execFileSync('umount', ['--lazy', disk]));
  return disk;
}

function unlessFull(error: unknown): void {
  if (systemCode(error) !== 'ENOSPC') throw error;
}

/** Something that a reader does, which may fail and be done again. */
type Act = () => Promise<Written>;

/** A few acts at random, each with its own words: done again, it is the same. */
async function chooseActs(reader: Reader, random: Random, count: number): Promise<Act[]> {
  const present = await reader.notes();
  return Array.from({ length: count }, (): Act => {
    const word = random.word();
    // No two bodies have words in common: less than a version is worth would go without one.
    const body = `${word} ${`${word.slice(1, 9)} `.repeat(random.below(2_500))}`;
    const chance = random();
    if (chance < 0.4) return () => reader.write(`document-${random.below(5)}`, { body });
    if (chance < 0.7 && present.length > 0) {
      const located = random.pick(present);
      return () => reader.rewrite(located, body);
    }
    return chance < 0.85 ? () => reader.colourTag(word) : () => reader.setKey(word);
  });
}

/** Does them; keeps the words that are reported as saved, and gives back those acts that failed, each with a sentence for the reader. */
async function doAll(acts: readonly Act[], saved: Set<string>): Promise<Act[]> {
  const failed: Act[] = [];
  for (const act of acts) {
    const written = await act();
    if (written.ok) for (const word of written.words) saved.add(word);
    else if (written.failure.message === '') throw new Error('A failure without a sentence');
    else failed.push(act);
  }
  return failed;
}

async function fillUp(trial: Trial) {
  const { random, folder } = trial;
  const disk = mountDisk(trial, 3_000);
  const dataFolder = path.join(disk, 'data');
  // Half of the time LOCAL, with its lock, is on the same disk.
  const localFolder = path.join(random() < 0.5 ? disk : folder, 'local');
  const saved = await makeLibrary(dataFolder, random);
  let reader = await openReader({ dataFolder, localFolder, random });
  const { bavail, bsize } = await statfs(disk);
  const filler = path.join(disk, 'filler');
  // Lectern itself may have taken some of the room by now.
  await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - random.below(25) * 4096))).catch(unlessFull);
  const failed = await doAll(await chooseActs(reader, random, 12), saved);
  const lost = without(saved, await reader.words());
  if (random() < 0.5) {
    // A window that closes on a full disk cannot save what failed; what was reported as saved is there at the next start.
    await reader.close();
    reader = await openReader({ dataFolder, localFolder, random });
    lost.push(...without(saved, await reader.words()));
    await rm(filler);
  } else {
    await rm(filler);
    const again = await doAll(failed, saved);
    if (again.length > 0) throw new Error('With room again, it could not be saved');
  }
  const more = await reader.write('document-1');
  if (!more.ok) throw new Error(more.failure.message);
  await reader.close();
  return {
    lost: [...lost, ...(await missingAtNextStart(dataFolder, [...saved, ...more.words], random))],
    told: failed.length > 0 ? true : undefined,
  };
}

async function missingAtNextStart(dataFolder: string, words: Iterable<string>, random: Random): Promise<string[]> {
  const reader = await openReader({ dataFolder, random });
  await reader.restoreAll();
  const lost = without(words, await reader.words());
  await reader.close();
  return lost;
}

async function failCalls({ folder, random, onEnd }: Trial, atStart: boolean) {
  const dataFolder = path.join(folder, 'data');
  const saved = await makeLibrary(dataFolder, random);
  const stop = () => {
    failing.folder = undefined;
  };
  onEnd(stop);
  const fail = () => {
    Object.assign(failing, { folder: dataFolder, random, likelihood: 0.02 + random() * 0.3, count: 0 });
  };
  if (atStart) fail();
  let reader: Reader | undefined;
  try {
    reader = await openReader({ dataFolder, localFolder: path.join(folder, 'local'), random });
  } catch (error) {
    // It may refuse to start with the system's error, which the hosts tell; it may not do harm.
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
  }
  fail();
  const failed = reader ? await doAll(await chooseActs(reader, random, 12), saved) : [];
  stop();
  const count = failing.count;
  const told = count > 0 && (failed.length > 0 || !reader || (await reader.problems()).length > 0);
  if (reader && !atStart && (await doAll(failed, saved)).length > 0) throw new Error('It could not be saved when nothing failed any more');
  await reader?.close();
  // A failure that Lectern could get over needs no telling.
  return { lost: await missingAtNextStart(dataFolder, saved, random), told: told ? true : undefined };
}

async function makeReadOnly(trial: Trial) {
  const { random, folder } = trial;
  const disk = mountDisk(trial, 3_000);
  const dataFolder = path.join(disk, 'data');
  const localFolder = path.join(folder, 'local');
  const saved = await makeLibrary(dataFolder, random);
  const reader = await openReader({ dataFolder, localFolder, random });
  const acts = await chooseActs(reader, random, 8);
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  const failed = await doAll(acts, saved);
  execFileSync('mount', ['-o', 'remount,rw', disk]);
  const told = failed.length === acts.length;
  if ((await doAll(failed, saved)).length > 0) throw new Error('It could not be saved when writing was allowed again');
  await reader.close();
  return { lost: await missingAtNextStart(dataFolder, saved, random), told };
}

/** The folder goes; one act later everything is there again. */
async function takeFolder({ folder, random }: Trial, take: (dataFolder: string) => Promise<void>) {
  const dataFolder = path.join(folder, 'data');
  const reader = await openReader({ dataFolder, localFolder: path.join(folder, 'local'), random });
  const saved = await fillLibrary(reader, random, 10);
  await take(dataFolder);
  if ((await doAll(await chooseActs(reader, random, 1), saved)).length > 0) throw new Error('It could not be saved');
  const told = (await reader.problems()).some(({ message }) => message.includes('written there again'));
  await reader.close();
  return { lost: await missingAtNextStart(dataFolder, saved, random), told };
}

async function unmount(trial: Trial) {
  const { folder, random, onEnd } = trial;
  const disk = mountDisk(trial, 4_096);
  const dataFolder = path.join(disk, 'data');
  const reader = await openReader({ dataFolder, localFolder: path.join(folder, 'local'), random });
  const saved = await fillLibrary(reader, random, 10);
  const elsewhere = path.join(folder, 'elsewhere');
  await mkdir(elsewhere);
  execFileSync('mount', ['--bind', disk, elsewhere]);
  onEnd(() => execFileSync('umount', ['--lazy', elsewhere]));
  execFileSync('umount', ['--lazy', disk]);
  const acts = await chooseActs(reader, random, 4);
  // Half of the time another program makes the folder in the empty mount point.
  const isMade = random() < 0.5;
  if (isMade) await mkdir(dataFolder);
  const failed = await doAll(acts, saved);
  const told = failed.length === acts.length && (await reader.problems()).some(({ id }) => id === 'data-folder:gone');
  const written = isMade ? await readdir(dataFolder) : await readdir(disk);
  execFileSync('mount', ['--bind', elsewhere, disk]);
  if (written.length > 0) throw new Error(`Into the empty mount point was written: ${written}`);
  if ((await doAll(failed, saved)).length > 0) throw new Error('It could not be saved when the disk was back');
  await reader.close();
  return { lost: await missingAtNextStart(dataFolder, saved, random), told };
}
