import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { noCapabilities } from '#api';
import { createCore, DataFolderInUse } from '../../electron/core';
import { allRows } from './all-rows';
import { keepLog, makeFolder, makeNote, type OpenedCore, openCore } from './host-fixtures';
import { startReadingHere } from './reading-here';

const value = <T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

/** A library folder with these texts. */
async function makeLibrary(texts: Record<string, string>): Promise<string> {
  const folder = path.join(await makeFolder(), 'texts');
  await mkdir(folder);
  for (const [name, text] of Object.entries(texts)) await writeFile(path.join(folder, name), text);
  return folder;
}

/** A core over a data folder, as on a machine of its own with a library folder of its own. */
async function openOn(machine: string, dataFolder: string, library?: string): Promise<OpenedCore> {
  const opened = await openCore({ dataFolder, machine });
  if (library !== undefined && !addedFolders(opened).includes(library)) value(await opened.core.library.addFolder(library));
  await scanned(opened);
  return opened;
}

const scanned = ({ core }: OpenedCore) => expect.poll(() => core.library.scanning()).toBe(false);

const addedFolders = ({ core }: OpenedCore) =>
  core.library
    .folders()
    .filter(({ kind }) => kind === 'added')
    .map((folder) => folder.path);

const rowNamed = ({ core }: OpenedCore, name: string) => allRows(core.library).find(({ fileName }) => fileName === name);

async function putNote({ call }: OpenedCore, documentId: string, body: string): Promise<void> {
  value(await call('notebook.apply', { documentId, changes: [{ type: 'put-note', note: makeNote({ body }) }] }));
}

/** The bytes of every notebook, by name. */
async function readNotebooks(dataFolder: string): Promise<Record<string, string>> {
  const folder = path.join(dataFolder, 'notebooks');
  const names = await readdir(folder);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')])));
}

describe('two machines over one synced data folder', () => {
  it('with different library folders rewrite none of each other’s notebooks', async () => {
    const dataFolder = path.join(await makeFolder(), 'data');
    const one = await makeLibrary({ 'a.txt': 'The first text.', 'b.txt': 'The second text.' });
    const other = await makeLibrary({});
    await cp(path.join(one, 'a.txt'), path.join(other, 'renamed.txt'));
    await cp(path.join(one, 'b.txt'), path.join(other, 'b.txt'));

    const first = await openOn('first', dataFolder, one);
    const ids = ['a.txt', 'b.txt'].map((name) => rowNamed(first, name)?.id ?? '');
    for (const id of ids) await putNote(first, id, 'a note');
    await first.core.close();
    const before = await readNotebooks(dataFolder);
    expect(Object.keys(before)).toHaveLength(2);
    expect(Object.values(before).join()).not.toContain(one);

    for (const machine of ['second', 'first', 'second', 'first']) {
      const opened = await openOn(machine, dataFolder, machine === 'first' ? one : other);
      expect(addedFolders(opened)).toEqual([machine === 'first' ? one : other]);
      expect(rowNamed(opened, machine === 'first' ? 'a.txt' : 'renamed.txt')).toMatchObject({ id: ids[0], noteCount: 1, missing: false });
      for (const documentId of ids) value(await opened.call('library.open', { documentId }));
      await opened.core.close();
      expect(await readNotebooks(dataFolder)).toEqual(before);
    }
    expect(await readdir(path.join(dataFolder, 'machines'))).toHaveLength(2);
  });

  it('are both open at the same time: the second is not refused', async () => {
    const dataFolder = path.join(await makeFolder(), 'data');
    const one = await makeLibrary({ 'a.txt': 'The first text.' });
    const first = await openOn('first', dataFolder, one);
    const id = rowNamed(first, 'a.txt')?.id ?? '';
    await putNote(first, id, 'a note');
    const before = await readNotebooks(dataFolder);
    const second = await openOn('second', dataFolder, await makeLibrary({ 'a.txt': 'The first text.' }));
    expect(rowNamed(second, 'a.txt')).toMatchObject({ id, noteCount: 1 });
    for (const { call } of [first, second]) value(await call('library.open', { documentId: id }));
    expect(await readNotebooks(dataFolder)).toEqual(before);
  });

  it('with different copies of a document come to rest', async () => {
    const dataFolder = path.join(await makeFolder(), 'data');
    const one = await makeLibrary({ 'a.txt': 'The text.' });
    const other = await makeLibrary({ 'a.txt': 'The text.' });
    const first = await openOn('first', dataFolder, one);
    const id = rowNamed(first, 'a.txt')?.id ?? '';
    await putNote(first, id, 'a note');
    await first.core.close();
    await (await openOn('second', dataFolder, other)).core.close();
    await writeFile(path.join(other, 'a.txt'), 'The text, edited.');
    await (await openOn('second', dataFolder, other)).core.close();
    const edited = await readNotebooks(dataFolder);
    for (const machine of ['first', 'second', 'first']) {
      const opened = await openOn(machine, dataFolder, machine === 'first' ? one : other);
      expect(rowNamed(opened, 'a.txt')).toMatchObject({ id, noteCount: 1 });
      await opened.core.close();
      expect(await readNotebooks(dataFolder)).toEqual(edited);
    }
    // The newer copy comes to the first machine as well, under another name.
    await rm(path.join(one, 'a.txt'));
    await writeFile(path.join(one, 'new.txt'), 'The text, edited.');
    expect(rowNamed(await openOn('first', dataFolder, one), 'new.txt')).toMatchObject({ id, noteCount: 1 });
  });

  it('find a document by an older copy where it was never seen', async () => {
    const dataFolder = path.join(await makeFolder(), 'data');
    const one = await makeLibrary({ 'a.txt': 'The text.' });
    const first = await openOn('first', dataFolder, one);
    const id = rowNamed(first, 'a.txt')?.id ?? '';
    await putNote(first, id, 'a note');
    await first.core.close();
    await writeFile(path.join(one, 'a.txt'), 'The text, edited.');
    await (await openOn('first', dataFolder, one)).core.close();
    const second = await openOn('second', dataFolder, await makeLibrary({ 'old.txt': 'The text.' }));
    expect(rowNamed(second, 'old.txt')).toMatchObject({ id, noteCount: 1 });
  });
});

describe('a conflict that is merged while Lectern closes', () => {
  it('is told at each start, in every window, until it is put away in one', async () => {
    const dataFolder = path.join(await makeFolder(), 'data');
    const first = await openOn('first', dataFolder, await makeLibrary({ 'a.txt': 'A text.', 'b.txt': 'Another text.' }));
    const notes = await Promise.all(
      ['a.txt', 'b.txt'].map(async (name) => {
        const documentId = rowNamed(first, name)?.id ?? '';
        const note = makeNote({ body: 'begun' });
        const put = async (body: string, modifiedAt: string) =>
          value(await first.call('notebook.apply', { documentId, changes: [{ type: 'put-note', note: { ...note, body, modifiedAt } }] }));
        await put('begun', note.modifiedAt);
        const file = path.join(dataFolder, 'notebooks', `${documentId}.json`);
        const begun = await readFile(file, 'utf8');
        await put('ours', '2026-01-03T00:00:00.000Z');
        return { file, theirs: begun.replace('begun', 'theirs').replaceAll(note.modifiedAt, '2026-01-02T12:00:00.000Z') };
      }),
    );
    for (const { file, theirs } of notes) await writeFile(file, theirs);
    await first.core.close();

    const problems = async ({ call }: OpenedCore) => (await call('app.info', {})).problems;
    const conflict = { message: expect.stringContaining('One note was changed on both sides') };
    await (await openOn('first', dataFolder)).core.close();
    const third = await openOn('first', dataFolder);
    expect(await problems(third)).toMatchObject([conflict, conflict]);
    const solved: unknown[] = [];
    third.core.subscribe('another window', (event, payload) => event === 'app.problem-solved' && solved.push(payload));
    const [one, two] = await problems(third);
    await third.call('app.dismiss', { problemId: one?.id });
    expect(solved).toEqual([{ id: one?.id }]);
    await third.core.close();
    expect(await problems(await openOn('first', dataFolder))).toEqual([two]);
  });
});

describe('data of a version before machines/', () => {
  it('is taken over: folders and window out of the settings, paths out of the notebooks, which stay as they are', async () => {
    const dataFolder = path.join(await makeFolder(), 'data');
    const library = await makeLibrary({ 'a.txt': 'The text.' });
    const first = await openOn('first', dataFolder, library);
    const id = rowNamed(first, 'a.txt')?.id ?? '';
    await putNote(first, id, 'a note');
    await first.core.close();
    // As the earlier version left it, with a file that was edited since.
    const [name = ''] = await readdir(path.join(dataFolder, 'notebooks'));
    const file = path.join(dataFolder, 'notebooks', name);
    const { identity, ...rest } = JSON.parse(await readFile(file, 'utf8'));
    const { fileName: _none, ...earlier } = identity;
    const paths = [path.join(library, 'a.txt')];
    await writeFile(file, JSON.stringify({ ...rest, identity: { ...earlier, paths } }));
    await writeFile(path.join(dataFolder, 'settings.json'), JSON.stringify({ folders: [library], windowState: { x: 1 } }));
    for (const later of ['machines', 'backups']) await rm(path.join(dataFolder, later), { recursive: true });
    await writeFile(path.join(library, 'a.txt'), 'The text, edited.');

    const second = await openOn('first', dataFolder);
    expect(second.core.machine.folders()).toEqual([library]);
    expect(second.core.machine.windowState()).toEqual({ x: 1 });
    expect(rowNamed(second, 'a.txt')).toMatchObject({ id, noteCount: 1 });
    await expect.poll(() => second.core.machine.sighting(id)?.paths).toEqual(paths);
    await expect
      .poll(async () => JSON.parse(await readFile(file, 'utf8')).identity)
      .toMatchObject({ paths, fileName: 'a.txt', history: [{}] });
    await second.core.close();
    expect(JSON.parse(await readFile(path.join(dataFolder, 'settings.json'), 'utf8'))).toEqual({
      folders: [library],
      windowState: { x: 1 },
    });

    // From then on by this machine's own path, whatever the notebook says.
    await rename(path.join(library, 'a.txt'), path.join(library, 'b.txt'));
    await (await openOn('first', dataFolder)).core.close();
    await writeFile(path.join(library, 'b.txt'), 'The text, edited again.');
    expect(rowNamed(await openOn('first', dataFolder), 'b.txt')).toMatchObject({ id, noteCount: 1 });
  });
});

describe('LOCAL', () => {
  it('holds what is not to be synced, and the data folder does not', async () => {
    const { core, dataFolder, localFolder, seedId } = await openCore();
    await seedId();
    expect((await readdir(localFolder)).sort()).toEqual(expect.arrayContaining(['files.sqlite', 'index.sqlite', 'lock', 'machine-id']));
    expect((await readdir(dataFolder)).sort()).toEqual(['documents', 'notebooks']);
    const id = await readFile(path.join(localFolder, 'machine-id'), 'utf8');
    await core.close();
    await openCore({ dataFolder });
    expect(await readFile(path.join(localFolder, 'machine-id'), 'utf8')).toBe(id);
  });

  it('takes the place of what an earlier version kept in the data folder, of which only its own is removed', async () => {
    const { core, dataFolder } = await openCore();
    await core.close();
    await mkdir(path.join(dataFolder, 'logs'));
    const derived = ['lock', 'lock.takeover', 'index.sqlite', 'index.sqlite-wal', 'logs/lectern.log'];
    for (const name of [...derived, 'lock.txt', 'logs/of-the-reader.log']) await writeFile(path.join(dataFolder, name), 'x');
    await openCore({ dataFolder });
    expect((await readdir(dataFolder)).sort()).toEqual(['documents', 'lock.txt', 'logs', 'notebooks']);
    expect(await readdir(path.join(dataFolder, 'logs'))).toEqual(['of-the-reader.log']);
  });

  it('leaves a folder alone that was never Lectern’s', async () => {
    const dataFolder = await makeFolder();
    await writeFile(path.join(dataFolder, 'lock'), 'the reader’s own');
    await openCore({ dataFolder });
    expect(await readFile(path.join(dataFolder, 'lock'), 'utf8')).toBe('the reader’s own');
  });

  it('that cannot be made is told, and Lectern goes on without, as the same machine', async () => {
    const folder = await makeFolder();
    const dataFolder = path.join(folder, 'data');
    await writeFile(path.join(folder, 'file'), '');
    const start = () =>
      createCore({
        dataFolder,
        localFolder: path.join(folder, 'file', 'local'),
        seedsFolder: path.join(folder, 'seeds'),
        workersFolder: folder,
        startReading: startReadingHere,
        version: '0',
        capabilities: noCapabilities,
        log: keepLog(),
      });
    const library = await makeLibrary({ 'a.txt': 'The text.' });
    const core = await start();
    expect(await core.handle('app.info', {}, 'test')).toMatchObject({ problems: [{ id: 'local-folder' }] });
    value(await core.library.addFolder(library));
    await core.close();
    const again = await start();
    expect(again.machine.folders()).toEqual([library]);
    await again.close();
  });

  it('of one data folder is one for all who open it on a machine', async () => {
    const { dataFolder } = await openCore();
    await expect(openCore({ dataFolder })).rejects.toThrow(DataFolderInUse);
  });
});
