import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { lockDataFolder } from '../../../electron/notebook';
import type { Locked } from '../../../electron/storage/lock';
import { bundleChild } from '../bundle';
import { openCore } from '../host-fixtures';
import { makeDataFolder, namesIn } from '../notebook/fixtures';
import { makeReadOnly, mountDisk } from './disk';

let child: string;
beforeAll(async () => {
  const bundle = await bundleChild();
  child = bundle.script;
  return bundle.remove;
});

/** A process that asks for the lock, and what it was told. */
async function lockElsewhere(localFolder: string): Promise<{ process: ChildProcess; lock: Locked }> {
  const running = spawn(process.execPath, [child, 'lock', localFolder], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void running.kill('SIGKILL'));
  const [line] = await once(createInterface(running.stdout), 'line');
  return { process: running, lock: JSON.parse(String(line)) };
}

/** Ends a process that holds the lock, without a word. */
async function kill({ process: running }: { process: ChildProcess }): Promise<void> {
  running.kill('SIGKILL');
  await once(running, 'exit');
}

const fill = (localFolder: string) => writeFile(path.join(localFolder, 'filler'), Buffer.alloc(4_000_000)).catch(() => undefined);
const makeRoom = (localFolder: string) => rm(path.join(localFolder, 'filler'));

const lockFile = (localFolder: string) => path.join(localFolder, 'lock');

it('is held by one process, which the other is told of', async () => {
  const localFolder = await makeDataFolder();
  const holder = await lockElsewhere(localFolder);
  expect(holder.lock.ok).toBe(true);
  expect(JSON.parse(await readFile(lockFile(localFolder), 'utf8'))).toMatchObject({ pid: holder.process.pid });
  const own = await lockDataFolder(localFolder);
  expect(own).toMatchObject({ ok: false, pid: holder.process.pid, message: expect.stringContaining(`process ${holder.process.pid}`) });
});

it('is free when the process that held it lets it go', async () => {
  const localFolder = await makeDataFolder();
  const holder = await lockElsewhere(localFolder);
  holder.process.stdin?.end();
  await once(holder.process, 'exit');
  expect(await namesIn(localFolder)).toEqual([]);
  const own = await lockDataFolder(localFolder);
  expect(own.ok).toBe(true);
  if (own.ok) await own.lock.release();
  expect(await namesIn(localFolder)).toEqual([]);
});

it('is taken over from a process that was killed, by one of many', async () => {
  const localFolder = await makeDataFolder();
  const holder = await lockElsewhere(localFolder);
  await kill(holder);
  const others = await Promise.all(Array.from({ length: 4 }, () => lockElsewhere(localFolder)));
  const winners = others.filter(({ lock }) => lock.ok);
  expect(winners).toHaveLength(1);
  for (const { lock } of others) if (!lock.ok) expect(lock.pid).toBe(winners[0]?.process.pid);
  expect(await namesIn(localFolder)).toEqual(['lock']);
});

it('is not given twice to one process', async () => {
  const localFolder = await makeDataFolder();
  const first = await lockDataFolder(localFolder);
  expect(first.ok).toBe(true);
  expect(await lockDataFolder(localFolder)).toMatchObject({ ok: false, pid: process.pid });
});

it.each([
  ['of another process with the same number', { started: '1' }],
  ['of before the system was started', { boot: 'another' }],
])('is taken over when it is %s', async (_, change) => {
  const localFolder = await makeDataFolder();
  await lockDataFolder(localFolder);
  const held = JSON.parse(await readFile(lockFile(localFolder), 'utf8'));
  await writeFile(lockFile(localFolder), JSON.stringify({ ...held, ...change }));
  expect((await lockDataFolder(localFolder)).ok).toBe(process.platform === 'linux' || 'boot' in change);
});

it('is taken over when it says nothing', async () => {
  const localFolder = await makeDataFolder();
  await writeFile(lockFile(localFolder), '');
  expect((await lockDataFolder(localFolder)).ok).toBe(true);
});

it('lets a lock that is no longer its own stay', async () => {
  const localFolder = await makeDataFolder();
  const lock = await lockDataFolder(localFolder);
  await writeFile(lockFile(localFolder), 'taken by another');
  if (lock.ok) await lock.lock.release();
  expect(await readFile(lockFile(localFolder), 'utf8')).toBe('taken by another');
});

it.for([
  ['full', fill],
  ['read-only', (localFolder: string) => makeReadOnly(localFolder, true)],
] as const)('is refused also on a %s disk, where it can be read who has it', async ([, spoil], { skip }) => {
  const localFolder = await mountDisk(1024);
  if (!localFolder) return skip('a disk of the test’s own can be had only by root on Linux');
  const holder = await lockElsewhere(localFolder);
  await spoil(localFolder);
  expect(await lockDataFolder(localFolder)).toMatchObject({ ok: false, pid: holder.process.pid });
  await kill(holder);
  expect(await lockDataFolder(localFolder)).toMatchObject({ ok: true });
});

describe('a lock that could not be taken, because the disk was full', () => {
  it('is taken at the first write for which there is room', async ({ skip }) => {
    const localFolder = (await mountDisk(1024)) ?? skip('a disk of the test’s own can be had only by root on Linux');
    await fill(localFolder);
    const own = await lockDataFolder(localFolder);
    if (!own.ok) expect.fail(own.message);
    expect(await own.lock.claim()).toBeUndefined();
    expect(await namesIn(localFolder)).toEqual(['filler']);
    await makeRoom(localFolder);
    expect(await Promise.all([own.lock.claim(), own.lock.claim()])).toEqual([undefined, undefined]);
    expect(await namesIn(localFolder)).toEqual(['lock']);
    expect((await lockElsewhere(localFolder)).lock).toMatchObject({ ok: false, pid: process.pid });
    await own.lock.release();
    expect(await own.lock.claim()).toBeUndefined();
    expect(await namesIn(localFolder)).toEqual([]);
  });

  it('lets nothing be written while another process has it that came when there was room', async ({ skip }) => {
    const localFolder = (await mountDisk(1024)) ?? skip('a disk of the test’s own can be had only by root on Linux');
    await fill(localFolder);
    const own = await lockDataFolder(localFolder);
    if (!own.ok) expect.fail(own.message);
    await makeRoom(localFolder);
    const holder = await lockElsewhere(localFolder);
    expect(holder.lock.ok).toBe(true);
    expect(await own.lock.claim()).toMatchObject({
      code: 'data-in-use',
      message: expect.stringMatching(new RegExp(`process ${holder.process.pid}.*are kept here`)),
    });
    await kill(holder);
    expect(await own.lock.claim()).toBeUndefined();
    expect(await namesIn(localFolder)).toEqual(['lock']);
  });
});

it('lets a core that began on a full disk keep nothing while another process has it, and everything after', async ({ skip }) => {
  const disk = (await mountDisk(2048)) ?? skip('a disk of the test’s own can be had only by root on Linux');
  await fill(disk);
  const { call, seedId, dataFolder, localFolder } = await openCore({ dataFolder: path.join(disk, 'data') });
  const documentId = await seedId();
  await makeRoom(disk);
  const holder = await lockElsewhere(localFolder);
  const save = () => call('notebook.apply', { documentId, changes: [{ type: 'set-tags', tags: ['Mine'] }] });
  expect(await save()).toMatchObject({ ok: false, failure: { code: 'data-in-use' } });
  expect(await namesIn(path.join(dataFolder, 'notebooks'))).toEqual([]);
  expect(await call('settings.update', { patch: { theme: 'night' } })).toMatchObject({ ok: false, failure: { code: 'data-in-use' } });
  await kill(holder);
  expect(await save()).toMatchObject({ ok: true });
  expect((await lockElsewhere(localFolder)).lock).toMatchObject({ ok: false, pid: process.pid });
});

it('is none where its folder cannot be made', async () => {
  const file = path.join(await makeDataFolder(), 'a file');
  await writeFile(file, '');
  const own = await lockDataFolder(path.join(file, 'local'));
  if (!own.ok) expect.fail(own.message);
  expect(await own.lock.claim()).toBeUndefined();
  await own.lock.release();
});

it('is also that of an earlier version, which runs and took it in the data folder itself', async () => {
  const earlier = await makeDataFolder();
  const other = await lockElsewhere(earlier);
  await expect(openCore({ dataFolder: earlier })).rejects.toThrow(`process ${other.process.pid}`);
  await kill(other);
  expect((await openCore({ dataFolder: earlier })).dataFolder).toBe(earlier);
});
