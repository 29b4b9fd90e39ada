import './failing-calls';
import { hash } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { damage } from './damage';
import { disks } from './disks';
import { kills } from './kills';
import { machines } from './machines';
import { missing } from './missing';
import { createRandom, type Fault } from './trial';

interface Count {
  fault: Fault;
  survived: number;
  lost: number;
  told: number;
  /** How often there was something to tell. */
  toTell: number;
}

/**
 * `npm run bench -- --faults [--only a,'full disk'] [--seed N]`: tries faults for real, against the core and the browser host, and prints what came of
 * them as a table in Markdown. Exits with 1 when a word was lost, something was not told or Lectern did not survive.
 */
async function main(): Promise<void> {
  const options = { faults: { type: 'boolean' }, only: { type: 'string' }, seed: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const only = values.only?.split(',');
  const all = [...kills, ...disks, ...missing, ...damage, ...machines].sort((one, other) => one.group.localeCompare(other.group));
  const counts: Count[] = [];
  const canMount = process.platform === 'linux' && process.getuid?.() === 0;
  const left = all.filter(({ needsDisk, name, group }) => {
    if (only && !only.some((each) => each === group || name.includes(each))) return false;
    if (!needsDisk || canMount) return true;
    process.stderr.write(`${name}: left out, since it takes root on Linux\n`);
    return false;
  });
  // Two groups at a time; those of one group wait for each other, since failing calls can be made to fail for one folder only.
  const groups = Object.values(Object.groupBy(left, ({ group }) => group));
  const tryGroups = async (): Promise<void> => {
    for (let group = groups.shift(); group; group = groups.shift()) for (const fault of group) counts.push(await tryFault(fault, seed));
  };
  await Promise.all([tryGroups(), tryGroups()]);
  counts.sort((one, other) => all.indexOf(one.fault) - all.indexOf(other.fault));
  const rows = counts.map(({ fault: { name, trials }, survived, lost, told, toTell }) => [
    name,
    trials,
    survived,
    lost,
    toTell === 0 ? 'nothing to tell' : told === toTell && toTell === trials ? told : `${told} of ${toTell}`,
  ]);
  const lines = [['fault', 'tried', 'survived', 'lost', 'told'], ['---', '---:', '---:', '---:', '---:'], ...rows];
  process.stdout.write(`${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\nSeed ${seed}.\n`);
  const isWell = counts.every(({ fault, survived, lost, told, toTell }) => survived === fault.trials && lost === 0 && told === toTell);
  process.exit(isWell ? 0 : 1);
}

/** Tries a fault as often as it says; each trial has its own folder and chance, so that it can be repeated by its seed. */
async function tryFault(fault: Fault, seed: number): Promise<Count> {
  const count: Count = { fault, survived: 0, lost: 0, told: 0, toTell: 0 };
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-faults-'));
  const started = performance.now();
  try {
    for (let index = 0; index < fault.trials; index += 1) await tryOnce(fault, index, path.join(folder, String(index)), seed, count);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  process.stderr.write(`${fault.name}: ${((performance.now() - started) / 1_000).toFixed(0)} s\n`);
  return count;
}

async function tryOnce(fault: Fault, index: number, folder: string, seed: number, count: Count): Promise<void> {
  const ends: (() => unknown)[] = [];
  const complain = (sentence: string) => process.stderr.write(`${fault.name}, trial ${index}, seed ${seed}: ${sentence}\n`);
  try {
    await mkdir(folder, { recursive: true });
    const random = createRandom(hash('sha256', `${fault.name} ${seed} ${index}`, 'buffer').readUInt32LE());
    const { lost, told } = await fault.run({ index, folder, random, onEnd: (action) => void ends.push(action) });
    const words = new Set(lost).size;
    count.survived += 1;
    count.lost += words;
    if (words > 0) complain(`lost ${words}: ${lost.slice(0, 3).join(' ')}`);
    if (told !== undefined) count.toTell += 1;
    if (told) count.told += 1;
    else if (told === false) complain('not told');
  } catch (error) {
    complain(`did not survive: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  } finally {
    for (const end of ends.toReversed()) await end();
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
