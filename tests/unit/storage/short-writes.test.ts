import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Store from 'electron-store';
import { afterEach, expect, it, vi } from 'vitest';
import { create, ID, makeDataFolder, makeNote, namesIn, notebookPath, open, putNote } from '../notebook/fixtures';

/**
 * What a full disk does to `writeSync`, everywhere and for every user: it writes as much as there is room for and says
 * how much that was. `atomically` takes the function when it is imported, so it is replaced before.
 */
const disk = vi.hoisted(() => {
  const fs = process.getBuiltinModule('node:fs');
  const state = { room: Number.POSITIVE_INFINITY, afterWrite: () => undefined as unknown };
  const { writeSync, renameSync } = fs;
  fs.writeSync = ((file: number, data: string) => writeSync(file, Buffer.from(data).subarray(0, state.room))) as typeof fs.writeSync;
  fs.renameSync = (from, to) => {
    renameSync(from, to);
    state.afterWrite();
  };
  return state;
});

afterEach(() => {
  disk.room = Number.POSITIVE_INFINITY;
  disk.afterWrite = () => undefined;
});

it('is what makes electron-store lose a file without an error', async () => {
  const cwd = await makeDataFolder();
  const store = new Store({ cwd, name: 'alone' });
  store.set('notes', 'precious');
  disk.room = 10;
  store.set('more', 'x');
  expect(() => store.get('notes')).toThrow('not valid JSON');
});

it.each([0, 1, 10, 200])('never costs a notebook when %i bytes are written', async (room) => {
  const dataFolder = await makeDataFolder();
  const store = await open(dataFolder);
  await store.apply(ID, [putNote(makeNote('old'))], create());
  const before = await readFile(notebookPath(dataFolder));
  const changes = [putNote(makeNote('new'))];
  disk.room = room;
  expect(await store.apply(ID, changes, create())).toMatchObject({
    ok: false,
    failure: { code: 'write-not-verified', message: expect.stringContaining('put back') },
  });
  expect(await store.apply('document-2', changes, create('document-2'))).toMatchObject({ ok: false });
  expect(await readFile(notebookPath(dataFolder))).toEqual(before);
  expect(await namesIn(path.join(dataFolder, 'notebooks'))).toEqual([`${ID}.json`]);
  expect(store.get(ID)?.notes).toHaveLength(1);

  disk.room = Number.POSITIVE_INFINITY;
  expect(await store.apply(ID, changes, create())).toMatchObject({ ok: true });
  expect((await open(dataFolder)).get(ID)?.notes).toHaveLength(2);
});

it.each(['EIO', 'ENOSPC', 'EDQUOT', 'EROFS'])(
  'puts the old file back when the system says %s after the new one is in place',
  async (code) => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    await store.apply(ID, [putNote(makeNote('old'))], create());
    const before = await readFile(notebookPath(dataFolder));
    disk.afterWrite = () => {
      throw Object.assign(new Error(code), { code, syscall: 'rename' });
    };
    expect(await store.apply(ID, [putNote(makeNote('new'))], create())).toMatchObject({ ok: false });
    expect(await readFile(notebookPath(dataFolder))).toEqual(before);
    expect(await namesIn(path.join(dataFolder, 'notebooks'))).toEqual([`${ID}.json`]);
  },
);

it('puts the old file back before it lets a bug through', async () => {
  const dataFolder = await makeDataFolder();
  const store = await open(dataFolder);
  await store.apply(ID, [putNote(makeNote('old'))], create());
  const before = await readFile(notebookPath(dataFolder));
  disk.afterWrite = () => {
    throw new TypeError('a bug');
  };
  await expect(store.apply(ID, [putNote(makeNote('new'))], create())).rejects.toThrow('a bug');
  expect(await readFile(notebookPath(dataFolder))).toEqual(before);
  disk.afterWrite = () => undefined;
  expect(await store.apply(ID, [putNote(makeNote('new'))], create())).toMatchObject({ ok: true });
});
