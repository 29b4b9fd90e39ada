import { copyFile, readdir, readFile, rename, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeLibrary, openReader, without, wordsInBackups, wordsOnDisk } from './reader';
import type { Fault, Random, Trial } from './trial';

type Harm = (files: string[], random: Random) => Promise<void>;

const truncateOne: Harm = async (files, random) => {
  const file = random.pick(files);
  await truncate(file, random.below((await readFile(file)).length - 2));
};
const flipBytes: Harm = async (files, random) => {
  const file = random.pick(files);
  const bytes = await readFile(file);
  // Half of the time it stays readable text, so that less of it strikes the eye.
  const isText = random() < 0.5;
  for (let count = 1 + random.below(20); count > 0; count -= 1)
    bytes[random.below(bytes.length)] = isText ? 32 + random.below(95) : random.below(256);
  await writeFile(file, bytes);
};
const empty: Harm = (files, random) => writeFile(random.pick(files), random.pick(['[]', '{}', '', 'null', '{"notes":[]}']));
const emptyNotes: Harm = async (files, random) => {
  const file = random.pick(files);
  const notebook = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...notebook, notes: random.pick([[], {}, null]), deletedNotes: [] }));
};
const exchange: Harm = async (files) => {
  const [one = '', other = ''] = files;
  await rename(one, `${one}.aside`);
  await rename(other, one);
  await rename(`${one}.aside`, other);
};
const copyOver: Harm = async (files) => {
  const [one = '', other = ''] = files;
  await copyFile(one, other);
};

/** Files that are damaged while Lectern is closed. */
export const damage: Fault[] = [
  { group: 'e', name: 'a file truncated', trials: 40, run: (trial) => damaged(trial, truncateOne, 'always') },
  { group: 'e', name: 'random bytes changed', trials: 60, run: (trial) => damaged(trial, flipBytes, 'when-hidden') },
  { group: 'e', name: 'a file emptied (nothing, `[]`, `{}`, `null`)', trials: 30, run: (trial) => damaged(trial, empty, 'always') },
  { group: 'e', name: 'a notebook’s notes emptied', trials: 20, run: (trial) => damaged(trial, emptyNotes, 'always', true) },
  { group: 'e', name: 'two notebooks exchanged', trials: 20, run: (trial) => damaged(trial, exchange, 'when-hidden', true) },
  { group: 'e', name: 'one notebook copied over another', trials: 20, run: (trial) => damaged(trial, copyOver, 'always', true) },
  { group: 'i', name: 'leftovers of cut-off writes in random combinations', trials: 100, run: leftovers },
];

/**
 * Lost is what a backup or the damaged files have and what is neither shown after restoring, nor in the quarantine. A byte that is changed
 * within a word leaves a whole file with another word: nobody can tell that, and the backup has the word.
 */
async function damaged({ folder, random }: Trial, harm: Harm, telling: 'always' | 'when-hidden', onlyNotebooks = false) {
  const dataFolder = path.join(folder, 'data');
  await makeLibrary(dataFolder, random, 3);
  const later = await openReader({ dataFolder, random });
  await later.write('document-0');
  await later.close();
  await harm(await listFiles(dataFolder, onlyNotebooks), random);
  const inFiles = await wordsOnDisk(dataFolder);
  const inBackups = await wordsInBackups(dataFolder);
  const reader = await openReader({ dataFolder, random });
  const problems = await reader.problems();
  await reader.restoreAll();
  const shown = await reader.words();
  const onDisk = await wordsOnDisk(dataFolder);
  const kept = await wordsInBackups(dataFolder);
  await reader.close();
  const lost = [...without(inFiles, new Set([...shown, ...onDisk])), ...without(inBackups, new Set([...shown, ...kept]))];
  // A restore brings back what a backup has, but where a file is whole with other words: that nobody can tell.
  if (telling === 'always') lost.push(...without(inBackups, shown));
  if (problems.length > 0) return { lost, told: true };
  const hidden = without(inFiles, shown);
  return { lost, told: telling === 'always' || hidden.length > 0 ? false : undefined };
}

/** Notebooks first, in random order. */
async function listFiles(dataFolder: string, onlyNotebooks: boolean): Promise<string[]> {
  const notebooks = (await readdir(path.join(dataFolder, 'notebooks'))).sort().map((name) => path.join(dataFolder, 'notebooks', name));
  return onlyNotebooks ? notebooks : [...notebooks, path.join(dataFolder, 'tags.json'), path.join(dataFolder, 'settings.json')];
}

/** Temporary and kept files beside a notebook that is whole, damaged or not there, each an earlier or a later state, whole or not. */
async function leftovers({ folder, random }: Trial) {
  const dataFolder = path.join(folder, 'data');
  const file = path.join(dataFolder, 'notebooks', 'document-0.json');
  await makeLibrary(dataFolder, random, 1);
  const states: Buffer[] = [];
  for (let count = 0; count < 3; count += 1) {
    states.push(await readFile(file));
    const reader = await openReader({ dataFolder, random });
    await reader.write('document-0');
    await reader.close();
  }
  states.push(await readFile(file));
  // What the file holds in the end: the one before last at the earliest, as every leftover is of one write.
  const cut = (bytes: Buffer) => (random() < 0.3 ? bytes.subarray(0, random.below(bytes.length)) : bytes);
  const names = ['.kept', '.tmp-1234567890abcdef', '.tmp-1234567891abcdef', '.tmp-0234567890abcdef'].filter(() => random() < 0.6);
  for (const name of names) {
    await writeFile(file + name, cut(random.pick(states)));
    const time = new Date(Date.now() + (random() - 0.5) * 1e7);
    await utimes(file + name, time, time);
  }
  const chance = random();
  if (chance < 0.4) await writeFile(file, cut(random.pick(states)));
  const onDisk = await wordsOnDisk(dataFolder);
  const reader = await openReader({ dataFolder, random });
  const problems = await reader.problems();
  await reader.restoreAll();
  const shown = await reader.words();
  const after = await wordsOnDisk(dataFolder);
  const inBackups = await wordsInBackups(dataFolder);
  await reader.close();
  const left = (await readdir(path.join(dataFolder, 'notebooks'))).filter((name) => name !== 'document-0.json');
  if (left.length > 0) throw new Error(`${left} is left`);
  const again = await openReader({ dataFolder, random });
  const lost = [...without(shown, await again.words()), ...without(onDisk, new Set([...shown, ...after])), ...without(inBackups, shown)];
  await again.close();
  return { lost, told: lost.length > 0 ? problems.length > 0 : undefined };
}
