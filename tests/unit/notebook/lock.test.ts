import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { type DataLock, lockDataFolder } from '../../../electron/notebook';
import { makeReadOnly, mountDisk } from './disk';
import { bundleChild, makeDataFolder, namesIn } from './fixtures';

let child: string;
beforeAll(async () => {
  const bundle = await bundleChild();
  child = bundle.script;
  return bundle.remove;
});

/** A process that asks for the lock, and what it was told. */
async function lockElsewhere(dataFolder: string): Promise<{ process: ChildProcess; lock: DataLock }> {
  const running = spawn(process.execPath, [child, 'lock', dataFolder], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void running.kill('SIGKILL'));
  const [line] = await once(createInterface(running.stdout), 'line');
  return { process: running, lock: JSON.parse(String(line)) };
}

const lockFile = (dataFolder: string) => path.join(dataFolder, 'lock');

it('is held by one process, which the other is told of', async () => {
  const dataFolder = await makeDataFolder();
  const holder = await lockElsewhere(dataFolder);
  expect(holder.lock.ok).toBe(true);
  expect(JSON.parse(await readFile(lockFile(dataFolder), 'utf8'))).toMatchObject({ pid: holder.process.pid });
  const own = await lockDataFolder(dataFolder);
  expect(own).toMatchObject({ ok: false, pid: holder.process.pid, message: expect.stringContaining(`process ${holder.process.pid}`) });
});

it('is free when the process that held it lets it go', async () => {
  const dataFolder = await makeDataFolder();
  const holder = await lockElsewhere(dataFolder);
  holder.process.stdin?.end();
  await once(holder.process, 'exit');
  expect(await namesIn(dataFolder)).toEqual([]);
  const own = await lockDataFolder(dataFolder);
  expect(own.ok).toBe(true);
  if (own.ok) await own.release();
  expect(await namesIn(dataFolder)).toEqual([]);
});

it('is taken over from a process that was killed, by one of many', async () => {
  const dataFolder = await makeDataFolder();
  const holder = await lockElsewhere(dataFolder);
  holder.process.kill('SIGKILL');
  await once(holder.process, 'exit');
  const others = await Promise.all(Array.from({ length: 4 }, () => lockElsewhere(dataFolder)));
  const winners = others.filter(({ lock }) => lock.ok);
  expect(winners).toHaveLength(1);
  for (const { lock } of others) if (!lock.ok) expect(lock.pid).toBe(winners[0]?.process.pid);
  expect(await namesIn(dataFolder)).toEqual(['lock']);
});

it('is not given twice to one process', async () => {
  const dataFolder = await makeDataFolder();
  const first = await lockDataFolder(dataFolder);
  expect(first.ok).toBe(true);
  expect(await lockDataFolder(dataFolder)).toMatchObject({ ok: false, pid: process.pid });
});

it.each([
  ['of another process with the same number', { started: '1' }],
  ['of before the system was started', { boot: 'another' }],
])('is taken over when it is %s', async (_, change) => {
  const dataFolder = await makeDataFolder();
  await lockDataFolder(dataFolder);
  const held = JSON.parse(await readFile(lockFile(dataFolder), 'utf8'));
  await writeFile(lockFile(dataFolder), JSON.stringify({ ...held, ...change }));
  expect((await lockDataFolder(dataFolder)).ok).toBe(process.platform === 'linux' || 'boot' in change);
});

it('is taken over when it says nothing', async () => {
  const dataFolder = await makeDataFolder();
  await writeFile(lockFile(dataFolder), '');
  expect((await lockDataFolder(dataFolder)).ok).toBe(true);
});

it('lets a lock that is no longer its own stay', async () => {
  const dataFolder = await makeDataFolder();
  const lock = await lockDataFolder(dataFolder);
  await writeFile(lockFile(dataFolder), 'taken by another');
  if (lock.ok) await lock.release();
  expect(await readFile(lockFile(dataFolder), 'utf8')).toBe('taken by another');
});

it.for([
  ['full', (dataFolder: string) => writeFile(path.join(dataFolder, 'filler'), Buffer.alloc(2_000_000)).catch(() => undefined)],
  ['read-only', (dataFolder: string) => makeReadOnly(dataFolder, true)],
] as const)('is refused also on a %s disk, where it can be read who has it', async ([, spoil], { skip }) => {
  const dataFolder = await mountDisk(1024);
  if (!dataFolder) return skip('a disk of the test’s own can be had only by root on Linux');
  const holder = await lockElsewhere(dataFolder);
  await spoil(dataFolder);
  expect(await lockDataFolder(dataFolder)).toMatchObject({ ok: false, pid: holder.process.pid });
  holder.process.kill('SIGKILL');
  await once(holder.process, 'exit');
  expect(await lockDataFolder(dataFolder)).toMatchObject({ ok: true });
});
