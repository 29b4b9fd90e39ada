import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openBackups } from '../../../electron/storage/backups/backups';
import { createProblems } from '../../../electron/storage/problems';
import { fillLibrary, makeLibrary, openReader, type Reader, without, wordsInBackups, wordsOnDisk } from './reader';
import type { Fault, Random, Trial } from './trial';

const DAY = 86_400_000;

type Take = (dataFolder: string, random: Random) => Promise<void>;

const takeNotebooks: Take = (dataFolder) => rm(path.join(dataFolder, 'notebooks'), { recursive: true });
const takeOne: Take = async (dataFolder, random) => {
  const names = await readdir(path.join(dataFolder, 'notebooks'));
  await rm(path.join(dataFolder, 'notebooks', random.pick(names)));
};
const takeFile =
  (name: string): Take =>
  (dataFolder) =>
    rm(path.join(dataFolder, name));

const taken: [name: string, take: Take][] = [
  ['notebooks/', takeNotebooks],
  ['one notebook', takeOne],
  ['tags.json', takeFile('tags.json')],
  ['settings.json', takeFile('settings.json')],
];

/** Files that other programs take away. */
export const missing: Fault[] = [
  ...taken.map(([name, take]) => ({
    group: 'd',
    name: `${name} removed while closed`,
    trials: 25,
    run: (trial: Trial) => whileClosed(trial, take),
  })),
  ...taken.map(([name, take]) => ({
    group: 'd',
    name: `${name} removed while running`,
    trials: 25,
    run: (trial: Trial) => whileRunning(trial, take),
  })),
  { group: 'd', name: 'archives of versions removed, truncated or damaged while closed', trials: 40, run: archivesGone },
  { group: 'g', name: 'twelve days of backups, a notebook gone on day 2', trials: 20, run: twelveDays },
];

async function whileClosed({ folder, random }: Trial, take: Take) {
  const dataFolder = path.join(folder, 'data');
  await makeLibrary(dataFolder, random, 1 + random.below(5));
  // Some words more, which no backup has yet.
  const later = await openReader({ dataFolder, random });
  await later.write('document-0');
  await later.close();
  await take(dataFolder, random);
  const wanted = new Set([...(await wordsInBackups(dataFolder)), ...(await wordsOnDisk(dataFolder))]);
  const reader = await openReader({ dataFolder, random });
  const told = (await reader.problems()).some(({ recovery }) => recovery?.loss === 'missing');
  await reader.restoreAll();
  const lost = without(wanted, await reader.words());
  await reader.close();
  const again = await openReader({ dataFolder, random });
  lost.push(...without(wanted, await again.words()));
  const problems = await again.problems();
  await again.close();
  if (problems.length > 0) throw new Error(`Told again after it was restored: ${JSON.stringify(problems)}`);
  return { lost, told };
}

/** Notes on two documents, of each of which ten versions are in the archive and in a backup. */
async function archivesGone({ folder, random }: Trial) {
  const dataFolder = path.join(folder, 'data');
  const wanted = new Set<string>();
  const first = await openReader({ dataFolder, random });
  for (const documentId of ['document-0', 'document-1']) {
    const history = Array.from({ length: 60 }, (_, hour) => ({
      at: new Date(Date.UTC(2026, 0, 1, hour)).toISOString(),
      colour: 'green' as const,
      body: random.word(),
      tags: [],
    }));
    const written = await first.write(documentId, { history });
    if (!written.ok) throw new Error(written.failure.message);
    for (const word of written.words) wanted.add(word);
  }
  await first.flush();
  await first.close();
  const archives = (await readdir(path.join(dataFolder, 'history'))).map((name) => path.join(dataFolder, 'history', name));
  const file = random.pick(archives);
  const bytes = await readFile(file);
  const harms = [
    () => rm(path.join(dataFolder, 'history'), { recursive: true }),
    () => rm(file),
    () => truncate(file, random.below(bytes.length - 1)),
    () => {
      // Anywhere after the header of the gzip member, of which some bytes say nothing.
      const at = 10 + random.below(bytes.length - 10);
      bytes[at] = ((bytes[at] ?? 0) + 1 + random.below(255)) % 256;
      return writeFile(file, bytes);
    },
  ];
  await random.pick(harms)();
  const reader = await openReader({ dataFolder, random });
  const told = (await reader.problems()).length > 0;
  await reader.restoreAll();
  const lost = without(wanted, await reader.words());
  await reader.close();
  const again = await openReader({ dataFolder, random });
  lost.push(...without(wanted, await again.words()));
  const asked = (await again.problems()).filter(({ recovery }) => recovery);
  await again.close();
  if (asked.length > 0) throw new Error(`Asked again after it was restored: ${JSON.stringify(asked)}`);
  return { lost, told };
}

/** What is in memory is written again, also where Lectern is closed at once. */
async function whileRunning({ folder, random }: Trial, take: Take) {
  const dataFolder = path.join(folder, 'data');
  const reader = await openReader({ dataFolder, random });
  const wanted = await fillLibrary(reader, random, 5);
  await take(dataFolder, random);
  const more = random() < 0.7 ? await reader.write('document-1') : undefined;
  if (more && !more.ok) throw new Error(more.failure.message);
  for (const word of more?.words ?? []) wanted.add(word);
  await reader.close();
  const again = await openReader({ dataFolder, random });
  const lost = without(wanted, await again.words());
  await again.close();
  return { lost, told: undefined };
}

/** The reader chooses nothing, and goes on writing; on the last day the notebook comes back out of a backup. */
async function twelveDays({ folder, random }: Trial) {
  const dataFolder = path.join(folder, 'data');
  const log = { error: () => undefined, warn: () => undefined, info: () => undefined };
  const start = Date.now() - 14 * DAY;
  const wanted = new Set<string>();
  const write = async (reader: Reader, documentId: string) => {
    const written = await reader.write(documentId);
    if (!written.ok) throw new Error(written.failure.message);
    for (const word of written.words) wanted.add(word);
  };
  let told = true;
  for (let day = 1; day <= 12; day += 1) {
    const reader = await openReader({ dataFolder, random });
    if (day === 1) for (const word of await fillLibrary(reader, random, 4)) wanted.add(word);
    await write(reader, 'document-3');
    if (day > 2) told &&= (await reader.problems()).some(({ recovery }) => recovery?.loss === 'missing');
    await reader.flush();
    await openBackups({ dataFolder, log, problems: createProblems() }).run(new Date(start + day * DAY));
    await reader.close();
    if (day === 2) await rm(path.join(dataFolder, 'notebooks', `document-${random.below(3)}.json`));
  }
  const reader = await openReader({ dataFolder, random });
  await reader.restoreAll();
  const lost = without(wanted, await reader.words());
  await reader.close();
  return { lost, told };
}
