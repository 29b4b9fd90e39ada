import { hash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { openReader, type Reader, type Written, without } from './reader';
import type { Fault, Random, Trial } from './trial';

type Edit = 'different notes' | 'the same note' | 'delete against edit';
/** How many of the two machines have Lectern open while the folders are synced. */
type Open = 'both closed' | 'one open' | 'both open';

const edits: Edit[] = ['different notes', 'the same note', 'delete against edit'];
const opens: Open[] = ['both closed', 'one open', 'both open'];

/** Two machines with one folder that a sync tool keeps the same. */
export const machines: Fault[] = edits.flatMap((edit) =>
  opens.map((open) => ({ group: 'f', name: `two machines, ${edit}, ${open}`, trials: 50, run: (trial: Trial) => meet(trial, edit, open) })),
);

class Machine {
  reader: Reader | undefined;
  readonly dataFolder: string;
  readonly #local: string;
  readonly #name: string;
  readonly #random: Random;
  isTold = false;

  constructor(folder: string, name: string, random: Random) {
    this.dataFolder = path.join(folder, name, 'data');
    this.#local = path.join(folder, name, 'local');
    this.#name = name;
    this.#random = random;
  }

  async open(): Promise<Reader> {
    this.reader ??= await openReader({
      dataFolder: this.dataFolder,
      localFolder: this.#local,
      machineName: this.#name,
      random: this.#random,
    });
    return this.reader;
  }

  async close(): Promise<void> {
    if (!this.reader) return;
    this.isTold ||= (await this.reader.problems()).length > 0;
    await this.reader.close();
    this.reader = undefined;
  }
}

async function meet({ folder, random }: Trial, edit: Edit, open: Open) {
  const [one, other] = [new Machine(folder, 'one', random), new Machine(folder, 'other', random)];
  const both = [one, other];
  const sync = createSync(one.dataFolder, other.dataFolder, random);
  const wanted = new Set<string>();
  const keep = (written: Written) => {
    if (!written.ok) throw new Error(written.failure.message);
    for (const word of written.words) wanted.add(word);
  };
  const first = await one.open();
  for (let count = 0; count < 3; count += 1) keep(await first.write('document-0', { tags: [random.word()] }));
  keep(await first.colourTag(random.word()));
  await one.close();
  await sync();
  const kept = open === 'both closed' ? [] : open === 'one open' ? [random.pick(both)] : both;
  for (const machine of kept) await machine.open();

  /** What was written into each note, and by whom. */
  const rewritten: { id: string; machine: Machine; body: string }[] = [];
  // Whether someone wrote into a note without knowing what the other had written there: both texts stay, which is to be told.
  let isConflict = false;
  const rounds = 1 + random.below(2);
  for (let round = 0; round < rounds; round += 1) {
    const targets = (await (await one.open()).notes()).map(({ note }) => note.id).sort();
    const id = random.pick(targets);
    const deleter = random.pick(both);
    const steps = both.map((machine) => async () => {
      const reader = await machine.open();
      const mine = await reader.notes();
      const same = mine.find(({ note }) => note.id === id);
      if (edit === 'different notes' || !same) {
        keep(await reader.write('document-0'));
        const own = mine.filter(({ note }) => targets.indexOf(note.id) % 2 === both.indexOf(machine));
        if (own.length > 0) keep(await reader.rewrite(random.pick(own), `${random.word()} of ${round}`));
      } else if (edit === 'delete against edit' && machine === deleter) keep(await reader.remove(same));
      else {
        const known = JSON.stringify(same);
        isConflict ||= rewritten.some((each) => each.id === id && each.machine !== machine && !known.includes(each.body));
        const body = random.word();
        rewritten.push({ id, machine, body });
        keep(await reader.rewrite(same, body));
      }
      keep(await reader.colourTag(random.word()));
      if (!kept.includes(machine)) await machine.close();
    });
    if (!kept.includes(one)) await one.close();
    if (random() < 0.5) steps.reverse();
    for (const step of steps) {
      await step();
      if (random() < 0.3) await sync();
    }
    if (random() < 0.5) await Promise.all([sync(), ...kept.map(async (machine) => keep(await (await machine.open()).write('document-0')))]);
    else await sync();
  }

  // Whoever has Lectern open goes on writing, and so meets what came.
  for (const machine of kept) keep(await (await machine.open()).write('document-0'));
  // In the end both are opened and closed, and synced, until nothing changes any more.
  let isSettled = false;
  for (let turn = 0; turn < 6 && !isSettled; turn += 1) {
    isSettled = true;
    for (const machine of random() < 0.5 ? both : both.toReversed()) {
      await machine.open();
      await machine.close();
      if (await sync()) isSettled = false;
    }
  }
  const lost: string[] = [];
  const states: string[] = [];
  for (const machine of both) {
    const reader = await machine.open();
    lost.push(...without(wanted, await reader.words()));
    states.push(JSON.stringify([sortNotes(await reader.notes()), [...(await reader.words())].sort()]));
    await machine.close();
  }
  if (states[0] !== states[1]) throw new Error(`The two machines do not show the same:\n${states.join('\n')}`);
  return { lost, told: edit === 'the same note' && isConflict ? both.some(({ isTold }) => isTold) : undefined };
}

const sortNotes = (notes: Awaited<ReturnType<Reader['notes']>>) =>
  notes.map(({ note }) => [note.id, note.body, note.modifiedAt]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));

/** What a folder holds: the digest of each file by its path. */
type Listing = Map<string, string>;

/**
 * Syncs two folders as Syncthing does: what changed on one side only is copied or deleted on the other; where both changed, the newer one
 * stands and the other becomes a conflict copy on both. Answers whether they differed. Backups and the quarantine are synced like all else.
 */
function createSync(one: string, other: string, random: Random): () => Promise<boolean> {
  let known: Listing = new Map();
  return async (): Promise<boolean> => {
    const [ours, theirs] = [await list(one), await list(other)];
    const now: Listing = new Map();
    const names = [...new Set([...ours.keys(), ...theirs.keys(), ...known.keys()])];
    if (random() < 0.5) names.reverse();
    for (const name of names) {
      const [here, there, before] = [ours.get(name), theirs.get(name), known.get(name)];
      const [file, copy] = [path.join(one, name), path.join(other, name)];
      if (here === there) {
        if (here !== undefined) now.set(name, here);
      } else if (there === before) {
        if (here !== undefined) await put(file, copy, there, now, name, before);
        else await take(copy, there, now, name);
      } else if (here === before) {
        if (there !== undefined) await put(copy, file, here, now, name, before);
        else await take(file, here, now, name);
      } else if (here === undefined) await put(copy, file, here, now, name, before);
      else if (there === undefined) await put(file, copy, there, now, name, before);
      else {
        const isOlder = (await changedAt(file)) < (await changedAt(copy));
        const [winner, loser] = isOlder ? [copy, file] : [file, copy];
        const aside = conflictName(loser, random);
        await rename(loser, aside).catch(ignoreGone);
        const twin = path.join(path.dirname(winner), path.basename(aside));
        await put(aside, twin, undefined, now, path.join(path.dirname(name), path.basename(aside)), undefined);
        await put(winner, loser, undefined, now, name, before);
      }
    }
    known = now;
    return names.some((name) => ours.get(name) !== theirs.get(name));
  };
}

/** Copies a file as it is by now, but not over what was changed since it was looked at. */
async function put(from: string, to: string, expected: string | undefined, now: Listing, name: string, before: string | undefined) {
  const temporary = path.join(path.dirname(to), `.syncthing.${path.basename(to)}.tmp`);
  try {
    await mkdir(path.dirname(to), { recursive: true });
    await copyFile(from, temporary);
    const time = await changedAt(from);
    await utimes(temporary, time / 1_000, time / 1_000);
    const digest = await digestOf(temporary);
    if ((await digestOf(to).catch(() => undefined)) !== expected) {
      await rm(temporary);
      if (before !== undefined) now.set(name, before);
      return;
    }
    await rename(temporary, to);
    if (digest !== undefined) now.set(name, digest);
  } catch (error) {
    ignoreGone(error);
    if (before !== undefined) now.set(name, before);
  }
}

async function take(file: string, expected: string | undefined, now: Listing, name: string): Promise<void> {
  if ((await digestOf(file).catch(() => undefined)) === expected) await rm(file, { force: true });
  else if (expected !== undefined) now.set(name, expected);
}

function conflictName(file: string, random: Random): string {
  const { dir, name, ext } = path.parse(file);
  const number = String(random.below(1e6)).padStart(6, '0');
  return path.join(dir, `${name}.sync-conflict-20260102-${number}-ABCDEFG${ext}`);
}

async function list(folder: string): Promise<Listing> {
  const listing: Listing = new Map();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.startsWith('.syncthing')) continue;
    const file = path.join(entry.parentPath, entry.name);
    const digest = await digestOf(file).catch(() => undefined);
    if (digest !== undefined) listing.set(path.relative(folder, file), digest);
  }
  return listing;
}

const digestOf = async (file: string): Promise<string> => hash('sha256', await readFile(file));

const changedAt = async (file: string): Promise<number> => (await stat(file)).mtimeMs;

function ignoreGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
