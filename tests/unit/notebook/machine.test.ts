import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openMachine } from '../../../electron/notebook';
import { openBackups } from '../../../electron/storage/backups/backups';
import { createProblems } from '../../../electron/storage/problems';
import { create, ID, keepLog, makeDataFolder, makeNote, namesIn, none, open as openNotebooks, putNote, readJson } from './fixtures';

const here = 'machine-here';
const noEarlier = { folders: [], windowState: undefined };
const open = (dataFolder: string, { id = here, name = 'here', earlier = noEarlier as { folders: string[]; windowState: unknown } } = {}) =>
  openMachine({ dataFolder, id, name, earlier, log: keepLog(), patience: none });
const fileOf = (dataFolder: string, id = here) => path.join(dataFolder, 'machines', `${id}.json`);
const sighting = (...paths: string[]) => ({ paths, rawHash: 'a'.repeat(64) });

it('keeps folders, window and sightings, and makes no file before there are any', async () => {
  const dataFolder = await makeDataFolder();
  const machine = await open(dataFolder);
  expect([machine.folders(), machine.windowState(), machine.sighting(ID)]).toEqual([[], undefined, undefined]);
  await machine.setSightings(new Map());
  expect(await namesIn(dataFolder)).toEqual([]);
  await machine.setFolders(['/texts']);
  await machine.setWindowState({ x: 1 });
  await machine.setSightings(new Map([[ID, sighting('/texts/a.txt')]]));
  const bytes = await readFile(fileOf(dataFolder));
  await machine.setSightings(new Map([[ID, sighting('/texts/a.txt')]]));
  expect(await readFile(fileOf(dataFolder))).toEqual(bytes);
  expect(JSON.parse(bytes.toString())).toEqual({
    version: 1,
    name: 'here',
    folders: ['/texts'],
    windowState: { x: 1 },
    documents: { [ID]: sighting('/texts/a.txt') },
  });
  const again = await open(dataFolder);
  expect([again.folders(), again.windowState(), again.sighting(ID)]).toEqual([['/texts'], { x: 1 }, sighting('/texts/a.txt')]);
});

it('keeps which folder is the inbox, and that there is none any more', async () => {
  const dataFolder = await makeDataFolder();
  const machine = await open(dataFolder);
  await machine.setInbox(undefined);
  expect(await namesIn(dataFolder)).toEqual([]);
  await machine.setInbox('/texts/pages');
  expect((await open(dataFolder)).inbox()).toBe('/texts/pages');
  await machine.setInbox(undefined);
  expect((await open(dataFolder)).inbox()).toBeUndefined();
});

it('forgets of a document where it was seen and which files were said to be others', async () => {
  const dataFolder = await makeDataFolder();
  const machine = await open(dataFolder);
  await machine.setSightings(new Map([[ID, sighting('/texts/a.txt')]]));
  await machine.keepApart(ID, '/texts/b.txt');
  await machine.keepApart('document-2', '/texts/c.txt');
  await machine.forget(ID);
  expect(await readJson(fileOf(dataFolder))).toEqual({
    version: 1,
    name: 'here',
    folders: [],
    documents: {},
    apart: { 'document-2': ['/texts/c.txt'] },
  });
  await machine.keepApart(ID, '/texts/b.txt');
  await machine.forget(ID);
  expect(machine.isApart(ID, '/texts/b.txt')).toBe(false);
  await machine.forget('document-2');
  expect(await readFile(fileOf(dataFolder), 'utf8')).not.toContain('apart');
});

it('does not take a name of JavaScript’s own for a document', async () => {
  const machine = await open(await makeDataFolder());
  expect(machine.sighting('constructor')).toBeUndefined();
  await machine.setSightings(new Map([['constructor', sighting('/c.txt')]]));
  expect(machine.sighting('constructor')).toEqual(sighting('/c.txt'));
});

it('keeps what it cannot understand, and takes the rest', async () => {
  const dataFolder = await makeDataFolder();
  await mkdir(path.join(dataFolder, 'machines'));
  const documents = { [ID]: { ...sighting('/a.txt'), later: 1 }, 'document-2': { paths: 7 }, '../evil': sighting('/b.txt') };
  await writeFile(fileOf(dataFolder), JSON.stringify({ version: 1, folders: ['/texts', 7], documents, later: [1] }));
  const machine = await open(dataFolder);
  expect(machine.problems()[0]?.message).toContain('3 entries');
  expect(machine.folders()).toEqual(['/texts']);
  await machine.setWindowState({ x: 1 });
  expect(await readJson(fileOf(dataFolder))).toMatchObject({
    later: [1],
    documents: { [ID]: { later: 1 } },
    unreadable: [{ folders: 7 }, { documents: { 'document-2': { paths: 7 } } }, { documents: { '../evil': sighting('/b.txt') } }],
  });
});

it('of a newer version is used, not changed', async () => {
  const dataFolder = await makeDataFolder();
  await mkdir(path.join(dataFolder, 'machines'));
  await writeFile(fileOf(dataFolder), JSON.stringify({ version: 2, folders: ['/texts'] }));
  const machine = await open(dataFolder);
  expect(machine.folders()).toEqual(['/texts']);
  expect(await machine.setFolders([])).toMatchObject({ ok: false, failure: { code: 'notebook-read-only' } });
});

describe('a machine without a file', () => {
  it('takes every folder and the window out of the settings of an earlier version, also one that is not there today', async () => {
    const machine = await open(await makeDataFolder(), { earlier: { folders: ['/unmounted'], windowState: { x: 1 } } });
    expect([machine.folders(), machine.windowState()]).toEqual([['/unmounted'], { x: 1 }]);
  });

  it('takes only the folders that it has, once another machine has taken its own', async () => {
    const dataFolder = await makeDataFolder();
    const earlier = { folders: [dataFolder, '/of/the/other'], windowState: undefined };
    const other = await open(dataFolder, { id: 'machine-there', name: 'there', earlier });
    await other.setWindowState({ x: 1 });
    expect((await open(dataFolder, { earlier })).folders()).toEqual([dataFolder]);
  });

  it('goes on with its own when its id was lost, whatever other machines or earlier versions have', async () => {
    const dataFolder = await makeDataFolder();
    await (await open(dataFolder)).setFolders(['/unmounted']);
    await (await open(dataFolder, { id: 'machine-there', name: 'there' })).setFolders(['/there']);
    const again = await open(dataFolder, { id: 'machine-new', earlier: { folders: ['/removed'], windowState: undefined } });
    expect(again.folders()).toEqual(['/unmounted']);
    expect((await readJson(fileOf(dataFolder, 'machine-there'))) as object).toMatchObject({ folders: ['/there'] });
  });

  it('begins also where the other machines’ files cannot be read', async () => {
    const dataFolder = await makeDataFolder();
    await mkdir(path.join(dataFolder, 'machines', 'a folder.json'), { recursive: true });
    await writeFile(fileOf(dataFolder, 'machine-there'), '{');
    expect((await open(dataFolder, { earlier: { folders: ['/texts'], windowState: undefined } })).folders()).toEqual(['/texts']);
  });
});

describe('the file of a machine that could not be read', () => {
  it('comes back from a backup, with every folder; what was seen since is the newer', async () => {
    const dataFolder = await makeDataFolder();
    await (await openNotebooks(dataFolder)).apply(ID, [putNote(makeNote('a note'))], create());
    const before = await open(dataFolder);
    await before.setFolders(['/texts', '/more']);
    await before.setSightings(
      new Map([
        [ID, sighting('/texts/a.txt')],
        ['document-2', sighting('/texts/b.txt')],
      ]),
    );
    await openBackups({ dataFolder, log: keepLog(), problems: createProblems() }).run(new Date('2025-11-21T12:00:00Z'));
    await writeFile(fileOf(dataFolder), '{"version": 1,');

    const machine = await open(dataFolder, { earlier: { folders: ['/removed'], windowState: undefined } });
    expect(machine.problems()).toMatchObject([
      { message: expect.stringContaining('has 2 library folders'), recovery: { subject: 'machine', backup: '2025-11-21' } },
    ]);
    expect(machine.folders()).toEqual([]);
    await machine.setFolders(['/new']);
    await machine.setSightings(new Map([[ID, sighting('/new/a.txt')]]));
    const [{ id: problemId } = { id: '' }] = machine.problems();
    expect(await machine.recover('settings:quarantined', 'restore')).toBeUndefined();
    expect(await machine.recover(problemId, 'restore')).toEqual({
      ok: true,
      value: '2 library folders are back, from the backup of 21 November 2025.',
    });
    expect(machine.folders()).toEqual(['/texts', '/more', '/new']);
    expect(machine.sighting(ID)).toEqual(sighting('/new/a.txt'));
    expect(machine.sighting('document-2')).toEqual(sighting('/texts/b.txt'));
    expect(machine.problems()).toEqual([]);
    await rm(path.join(dataFolder, 'backups'), { recursive: true });
  });

  it('is begun anew when there is no backup', async () => {
    const dataFolder = await makeDataFolder();
    await mkdir(path.join(dataFolder, 'machines'));
    await writeFile(fileOf(dataFolder), '[]');
    const machine = await open(dataFolder);
    expect(machine.problems()).toHaveLength(1);
    expect(await machine.setFolders(['/texts'])).toMatchObject({ ok: true });
    expect((await open(dataFolder)).folders()).toEqual(['/texts']);
  });
});
