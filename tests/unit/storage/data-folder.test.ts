import { execFileSync } from 'node:child_process';
import { rename, rm, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openTags } from '../../../electron/notebook';
import { watchDataFolder } from '../../../electron/storage/data-folder';
import { DataFolderGone } from '../../../electron/storage/failures';
import { giveUp } from '../../../electron/storage/given-up';
import { createProblems } from '../../../electron/storage/problems';
import { createQuarantine } from '../../../electron/storage/quarantine';
import { create, ID, keepLog, makeDataFolder, makeNote, namesIn, none, notebookPath, open, putNote } from '../notebook/fixtures';
import { mountDisk } from './disk';

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
  const tags = await openTags({ dataFolder, folder: store.folder, log: keepLog(), patience: none });
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

it('that could not be written to is no problem any more once a notebook was saved there', async () => {
  const dataFolder = await makeDataFolder();
  const inTheWay = path.join(dataFolder, 'notebooks');
  await writeFile(inTheWay, 'a file in the way');
  const store = await open(dataFolder);
  expect(store.problems()).toMatchObject([{ id: 'data-folder' }]);
  expect(await store.apply(ID, [putNote(makeNote('words'))], create())).toMatchObject({ ok: false });
  expect(store.problems()).toMatchObject([{ id: 'data-folder' }]);
  await rm(inTheWay);
  expect(await store.apply(ID, [putNote(makeNote('words'))], create())).toMatchObject({ ok: true });
  expect(store.problems()).toEqual([]);
});

it('that is gone gets no quarantine, and no list of what the reader goes on without', async () => {
  const dataFolder = await makeDataFolder();
  const gone = { check: () => Promise.reject(new DataFolderGone('gone')) };
  const file = path.join(dataFolder, 'tags.json');
  await writeFile(file, '{');
  const quarantine = createQuarantine(dataFolder, gone);
  const writes = [
    () => quarantine.move(file),
    () => quarantine.setAside(file),
    () => quarantine.keep('tags.json', Buffer.from('{}')),
    () => quarantine.close('tags.json'),
    () => giveUp(dataFolder, gone, 'tags.json'),
  ];
  for (const write of writes) await expect(write()).rejects.toThrow(DataFolderGone);
  expect(await namesIn(dataFolder)).toEqual(['tags.json']);
});

it('whose disk is gone gets nothing of what the reader chooses about a lost notebook, and that is said', async ({ skip }) => {
  const disk = (await mountDisk(4096)) ?? skip('only root may mount a small disk');
  const dataFolder = path.join(disk, 'data');
  const first = await open(dataFolder);
  await first.apply(ID, [putNote(makeNote('words'))], create());
  await first.close();
  await writeFile(notebookPath(dataFolder), '{');
  const store = await open(dataFolder);
  expect(store.problems()).toMatchObject([{ id: `${ID}:quarantined` }]);
  execFileSync('umount', ['--lazy', disk]);
  for (const choice of ['without', 'restore'] as const)
    expect(await store.recover(`${ID}:quarantined`, choice)).toMatchObject({ ok: false, failure: { code: 'data-folder-gone' } });
  expect(await namesIn(disk)).toEqual([]);
});

it('tells once that its files cannot be watched, until all are', async () => {
  const dataFolder = await makeDataFolder();
  const events: string[] = [];
  const problems = createProblems({ onProblem: ({ id }) => events.push(id), onSolved: (id) => events.push(`${id} solved`) });
  const folder = await watchDataFolder({ dataFolder, problems, log: keepLog(), interval: null });
  folder.tellUnwatched('notebooks', 'EMFILE');
  folder.tellUnwatched('tags.json', 'EMFILE');
  expect(problems.list()).toMatchObject([{ message: expect.stringContaining('cannot be watched'), path: dataFolder }]);
  folder.tellUnwatched('tags.json', undefined);
  folder.tellUnwatched('settings.json', undefined);
  expect(events).toHaveLength(1);
  folder.tellUnwatched('notebooks', undefined);
  expect(events).toEqual(['data-folder:unwatched', 'data-folder:unwatched solved']);
});
