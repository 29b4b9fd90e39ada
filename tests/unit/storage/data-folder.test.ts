import { rename } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openTags } from '../../../electron/notebook';
import { create, keepLog, makeDataFolder, makeNote, open, putNote } from '../notebook/fixtures';

/** Lets `stat` of one path fail for the rest of the test, as a failing disk does. */
function failStat(place: string): () => void {
  const { promises } = process.getBuiltinModule('node:fs');
  const { stat } = promises;
  const restore = () => {
    promises.stat = stat;
    syncBuiltinESMExports();
  };
  promises.stat = ((file, options) =>
    file === place
      ? Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'stat' }))
      : stat(file, options)) as typeof stat;
  syncBuiltinESMExports();
  onTestFinished(restore);
  return restore;
}

it('that is renamed while several files are saved at the same time hinders none of them', async () => {
  const dataFolder = path.join(await makeDataFolder(), 'data');
  const store = await open(dataFolder);
  const tags = await openTags({ dataFolder, folder: store.folder, log: keepLog() });
  const ids = ['document-1', 'document-2', 'document-3', 'document-4'];
  const save = () => ids.map((id) => store.apply(id, [putNote(makeNote('words'))], create(id)));
  await Promise.all([...save(), tags.remember(['a tag'])]);
  await rename(dataFolder, `${dataFolder} of before`);
  const saved = await Promise.all([...save(), tags.remember(['another tag'])]);
  expect(saved.map(({ ok }) => ok)).toEqual(saved.map(() => true));
});

it('that cannot be looked at is not taken for one that was removed', async () => {
  const dataFolder = await makeDataFolder();
  const store = await open(dataFolder);
  await store.apply('document-1', [putNote(makeNote('words'))], create());
  const restore = failStat(dataFolder);
  expect(await store.apply('document-1', [putNote(makeNote('more'))], create())).toMatchObject({ ok: false });
  expect(store.problems()).toEqual([]);
  restore();
  expect(await store.apply('document-1', [putNote(makeNote('more'))], create())).toMatchObject({ ok: true });
  expect(store.problems()).toEqual([]);
});
