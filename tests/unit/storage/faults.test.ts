import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { lockDataFolder, openSettings, openTags } from '../../../electron/notebook';
import { bundleChild } from '../bundle';
import { create, ID, keepLog, makeDataFolder, makeNote, namesIn, notebookPath, open, putNote, readJson } from '../notebook/fixtures';
import { makeReadOnly, mountDisk } from './disk';

/** Fills the disk until `free` bytes are left; gives the room back when the returned function is called. */
async function fillDisk(folder: string, free: number): Promise<() => Promise<void>> {
  const { bavail, bsize } = await statfs(folder);
  const filler = path.join(folder, 'filler');
  await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - free)));
  return () => rm(filler);
}

describe('a killed process', () => {
  let child: string;
  beforeAll(async () => {
    const bundle = await bundleChild();
    child = bundle.script;
    return bundle.remove;
  });

  it('has lost nothing that it had reported as saved, and every file parses', async () => {
    const dataFolder = await makeDataFolder();
    const folder = path.join(dataFolder, 'notebooks');
    const notes: string[] = [];
    const tags: string[] = [];
    let cutOff = 0;
    // Ten kills, and more where too few of them came in the middle of a write.
    for (let round = 0; round < 30 && (round < 10 || cutOff < 3); round += 1) {
      // The notebooks stay small, so that there are many moments to hit.
      if (round % 5 === 0) {
        await rm(folder, { recursive: true, force: true });
        notes.length = 0;
      }
      const lines = await killAfter(spawn(process.execPath, [child, 'write', dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] }), round);
      expect(lines.filter((line) => line.startsWith('failed'))).toEqual([]);
      notes.push(...lines.filter((line) => line.startsWith('note ')).map((line) => line.slice(5)));
      tags.push(...lines.filter((line) => line.startsWith('tag ')).map((line) => line.slice(4)));
      if ((await namesIn(folder)).some((name) => !name.endsWith('.json'))) cutOff += 1;

      const store = await open(dataFolder);
      const found = new Set([...store.all()].flatMap((notebook) => notebook.notes.map(({ id }) => id)));
      expect(notes.filter((id) => !found.has(id))).toEqual([]);
      const remembered = new Set((await openTags({ dataFolder, log: keepLog() })).list().map(({ name }) => name));
      expect(tags.filter((name) => !remembered.has(name))).toEqual([]);
      expect(store.problems()).toEqual([]);
      await store.close();
      for (const name of await namesIn(folder)) {
        expect(name).toMatch(/^document-\d\.json$/);
        await readJson(path.join(folder, name));
      }
    }
    expect(notes.length).toBeGreaterThan(0);
    expect(cutOff, 'kills in the middle of a write').toBeGreaterThan(0);
  });
});

/** Kills a process a random moment after its `count`th line; every line that it said before its end. */
async function killAfter(running: ChildProcessByStdio<null, Readable, null>, count: number): Promise<string[]> {
  const lines: string[] = [];
  const reading = createInterface(running.stdout).on('line', (line) => {
    if (lines.push(line) === count + 1) setTimeout(() => running.kill('SIGKILL'), Math.random() * 20);
  });
  await once(reading, 'close');
  return lines;
}

describe('a full disk', () => {
  it('leaves the old file as it was, says so, and takes the same change when there is room', async ({ skip }) => {
    const dataFolder = (await mountDisk(1024)) ?? skip('only root may mount a small disk');
    const store = await open(dataFolder);
    await store.apply(ID, [putNote(makeNote('old '.repeat(10_000)))], create());
    const before = await readFile(notebookPath(dataFolder));
    const notebook = store.get(ID);
    const changes = [putNote(makeNote('new '.repeat(50_000)))];

    for (const free of [0, 4096, 8192, 40_960, 65_536, 131_072, 196_608]) {
      const makeRoom = await fillDisk(dataFolder, free);
      expect(await store.apply(ID, changes, create())).toMatchObject({
        ok: false,
        failure: { code: 'disk-full', message: expect.stringContaining('The disk is full') },
      });
      expect(await store.apply('document-2', changes, create('document-2'))).toMatchObject({ ok: false, failure: { code: 'disk-full' } });
      expect(await readFile(notebookPath(dataFolder))).toEqual(before);
      expect(store.get(ID)).toBe(notebook);
      expect(store.get('document-2')).toBeUndefined();
      await expect.poll(() => namesIn(path.join(dataFolder, 'notebooks'))).toEqual([`${ID}.json`]);
      await makeRoom();
    }
    expect(await store.apply(ID, changes, create())).toMatchObject({ ok: true });
    expect((await open(dataFolder)).get(ID)?.notes).toHaveLength(2);
  });

  it('keeps settings, tags and texts as they were, and opens', async ({ skip }) => {
    const dataFolder = (await mountDisk(1024)) ?? skip('only root may mount a small disk');
    const settings = await openSettings({ dataFolder, log: keepLog() });
    await settings.update({ theme: 'sepia' });
    const makeRoom = await fillDisk(dataFolder, 0);
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`a.long.name.of.some.command.${index}`, 'Mod+K']));
    expect(await settings.update({ keys: many })).toMatchObject({ ok: false, failure: { code: 'disk-full' } });
    expect((await openSettings({ dataFolder, log: keepLog() })).read().theme).toBe('sepia');
    const tags = await openTags({ dataFolder, log: keepLog() });
    expect(await tags.remember(['a'])).toMatchObject({ ok: false, failure: { code: 'disk-full' } });
    expect(tags.list()).toEqual([]);
    const store = await open(dataFolder);
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(await store.keepText(empty, '')).toMatchObject({ ok: false, failure: { code: 'disk-full' } });
    const lock = await lockDataFolder(dataFolder);
    expect(lock.ok).toBe(true);
    await makeRoom();
    expect(await store.keepText(empty, '')).toMatchObject({ ok: true });
    expect(await tags.remember(['a'])).toMatchObject({ ok: true });
    expect(await settings.update({ keys: many })).toMatchObject({ ok: true });
  });
});

describe('a read-only folder', () => {
  it('opens for reading, says what is wrong, and takes the same change when writing is allowed', async ({ skip }) => {
    const disk = await mountDisk(1024);
    if (!disk && process.getuid?.() === 0) skip('permissions do not stop root, and it may not mount');
    const dataFolder = disk ?? (await makeDataFolder());
    const first = await open(dataFolder);
    await first.apply(ID, [putNote(makeNote('old'))], create());
    const before = await readFile(notebookPath(dataFolder));
    const allowWriting = await makeReadOnly(dataFolder, disk !== undefined);
    onTestFinished(allowWriting);

    const store = await open(dataFolder);
    expect(store.get(ID)?.notes[0]?.body).toBe('old');
    expect(store.problems()[0]?.message).toContain('cannot be written to');
    expect(await lockDataFolder(dataFolder)).toMatchObject({ ok: true });
    const changes = [putNote(makeNote('new'))];
    const expected = { ok: false, failure: { code: 'disk-read-only', message: expect.stringContaining('cannot be written to') } };
    expect(await store.apply(ID, changes, create())).toMatchObject(expected);
    expect(await store.apply('document-2', changes, create('document-2'))).toMatchObject(expected);
    expect(await first.keepText('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '')).toMatchObject({ ok: false });
    expect(await readFile(notebookPath(dataFolder))).toEqual(before);

    await allowWriting();
    expect(await store.apply(ID, changes, create())).toMatchObject({ ok: true });
    expect((await open(dataFolder)).get(ID)?.notes).toHaveLength(2);
  });

  it('leaves a bad file where it is and does not change it', async ({ skip }) => {
    const disk = await mountDisk(1024);
    if (!disk && process.getuid?.() === 0) skip('permissions do not stop root, and it may not mount');
    const dataFolder = disk ?? (await makeDataFolder());
    await mkdir(path.join(dataFolder, 'notebooks'));
    await writeFile(notebookPath(dataFolder), '{');
    const allowWriting = await makeReadOnly(dataFolder, disk !== undefined);
    onTestFinished(allowWriting);
    const store = await open(dataFolder);
    expect(store.lockedBecause(ID)).toMatchObject({ code: 'notebook-quarantined' });
    await allowWriting();
    expect(await store.apply(ID, [putNote(makeNote('new'))], create())).toMatchObject({ ok: false });
    expect(await readFile(notebookPath(dataFolder), 'utf8')).toBe('{');
  });

  it('opens where the data folder cannot be made', async () => {
    const file = path.join(await makeDataFolder(), 'a file');
    await writeFile(file, '');
    const store = await open(path.join(file, 'data'));
    expect([...store.all()]).toEqual([]);
    expect(store.problems()[0]?.message).toContain('cannot be used (ENOTDIR)');
    expect(await store.apply(ID, [putNote(makeNote('new'))], create())).toMatchObject({ ok: false, failure: { code: 'write-failed' } });
  });
});
