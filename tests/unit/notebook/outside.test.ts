import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { applyChange, type Note, type Notebook } from '#model';
import { openSettings, openTags } from '../../../electron/notebook';
import { openBackups } from '../../../electron/storage/backups/backups';
import { createProblems } from '../../../electron/storage/problems';
import { mountDisk } from '../storage/disk';
import { create, ID, keepLog, makeDataFolder, makeNote, namesIn, none, notebookPath, open, putNote, readJson } from './fixtures';

const bodies = (notebook: Notebook | undefined) => notebook?.notes.map(({ body }) => body).toSorted();
const onDisk = async (dataFolder: string, id = ID) => (await readJson(notebookPath(dataFolder, id))) as Notebook;
/** A full backup, as of noon of a day of November 2025. */
const backUp = (dataFolder: string, day: number): Promise<void> =>
  openBackups({ dataFolder, log: keepLog(), problems: createProblems() }).run(new Date(`2025-11-${day}T12:00:00Z`));

/** Changes a notebook's file as another machine does. */
async function changeElsewhere(dataFolder: string, note: Note, id = ID): Promise<void> {
  const theirs = applyChange(await onDisk(dataFolder, id), putNote(note));
  const file = notebookPath(dataFolder, id);
  await writeFile(`${file}.of-a-sync-tool`, JSON.stringify(theirs));
  await rename(`${file}.of-a-sync-tool`, file);
}

describe('a notebook that another machine wrote', () => {
  it('is read and merged before the next save, also of a scroll position', async () => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    await store.apply(ID, [putNote(makeNote('ours'))], create());
    await changeElsewhere(dataFolder, makeNote('theirs'));
    const position = { type: 'set-position' as const, position: { offset: 4, progress: 0.1 }, at: '2026-01-01T00:00:00.000Z' };
    expect(await store.apply(ID, [position], create())).toMatchObject({ ok: true });
    expect(bodies(store.get(ID))).toEqual(['ours', 'theirs']);
    expect(bodies(await onDisk(dataFolder))).toEqual(['ours', 'theirs']);
    expect(store.problems()).toEqual([]);
  });

  it('is taken in while nothing is written here, and told to whoever shows it', async () => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    await store.apply(ID, [putNote(makeNote('ours'))], create());
    const told: string[][] = [];
    store.onOutsideChange((notebook) => told.push(bodies(notebook) ?? []));
    await changeElsewhere(dataFolder, makeNote('theirs'));
    await writeFile(notebookPath(dataFolder, 'document-2'), JSON.stringify({ ...create('document-2')(), notes: [makeNote('new')] }));
    await expect.poll(() => told.toSorted()).toEqual([['new'], ['ours', 'theirs']]);
    expect(bodies(store.get('document-2'))).toEqual(['new']);
  });

  it('keeps both texts where both wrote in one note, and says so', async () => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    const note = makeNote('begun');
    await store.apply(ID, [putNote(note)], create());
    await changeElsewhere(dataFolder, { ...note, body: 'theirs', modifiedAt: '2025-11-22T10:01:00.000Z' });
    await rename(notebookPath(dataFolder), path.join(dataFolder, 'held back'));
    await store.apply(ID, [putNote({ ...note, body: 'ours', modifiedAt: '2025-11-22T10:02:00.000Z' })], create());
    await rename(path.join(dataFolder, 'held back'), notebookPath(dataFolder));
    await store.apply(ID, [{ type: 'set-status', status: 'finished' }], create());
    const [merged] = (await onDisk(dataFolder)).notes;
    expect([merged?.body, ...(merged?.history ?? []).map(({ body }) => body)]).toEqual(expect.arrayContaining(['ours', 'theirs']));
    expect(store.problems()).toMatchObject([{ message: expect.stringContaining('One note was changed on both sides') }]);
  });

  it.each([
    'document-1.sync-conflict-20260102-030405-ABCDEFG.json',
    "document-1 (Ada's conflicted copy 2026-01-02).json",
    'document-1 (1).json',
    'document-1-laptop.json',
  ])('is merged out of the conflict copy %s, which is put away', async (name) => {
    const dataFolder = await makeDataFolder();
    const first = await open(dataFolder);
    await first.apply(ID, [putNote(makeNote('ours'))], create());
    await first.close();
    const copy = { ...create()(), notes: [makeNote('theirs')] };
    await writeFile(path.join(dataFolder, 'notebooks', name), JSON.stringify(copy));
    const store = await open(dataFolder);
    expect(bodies(store.get(ID))).toEqual(['ours', 'theirs']);
    expect(await namesIn(path.join(dataFolder, 'notebooks'))).toEqual([`${ID}.json`]);
    expect((await namesIn(path.join(dataFolder, 'quarantine'))).filter((each) => each.endsWith('.json'))).toHaveLength(1);
    expect(store.problems()).toEqual([]);
  });

  it('is merged out of the conflict copies of tags and settings', async () => {
    const dataFolder = await makeDataFolder();
    const tags = await openTags({ dataFolder, log: keepLog(), patience: none });
    await tags.remember(['ours']);
    await writeFile(path.join(dataFolder, 'tags.sync-conflict-20260102-030405-ABCDEFG.json'), '{"version":1,"tags":[{"name":"theirs"}]}');
    await writeFile(path.join(dataFolder, 'settings.json'), '{"theme":"sepia"}');
    await writeFile(path.join(dataFolder, 'settings (conflicted copy 2026-01-02).json'), '{"theme":"night","language":"de"}');
    const names = (await openTags({ dataFolder, log: keepLog(), patience: none })).list().map(({ name }) => name);
    expect(names.toSorted()).toEqual(['ours', 'theirs']);
    expect((await openSettings({ dataFolder, log: keepLog(), patience: none })).read().theme).toBe('sepia');
    expect(await namesIn(dataFolder)).not.toContain('settings (conflicted copy 2026-01-02).json');
  });

  it('stays as it is where it cannot be read, beside our own which is written again', async () => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    await store.apply(ID, [putNote(makeNote('ours'))], create());
    await writeFile(notebookPath(dataFolder), '{"half');
    await store.apply(ID, [putNote(makeNote('more'))], create());
    expect(bodies(await onDisk(dataFolder))).toEqual(['more', 'ours']);
    expect(await readFile(store.problems()[0]?.path ?? '', 'utf8')).toBe('{"half');
  });
});

describe('a notebook that is gone at the start', () => {
  async function withNotebooks(count: number): Promise<string> {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    for (let index = 0; index < count; index += 1)
      await store.apply(`document-${index}`, [putNote(makeNote(`words ${index}`))], create(`document-${index}`));
    await store.close();
    await backUp(dataFolder, 20);
    return dataFolder;
  }

  it('is told and offered from the backup; nothing is written there before', async () => {
    const dataFolder = await withNotebooks(2);
    await rm(notebookPath(dataFolder, 'document-1'));
    const store = await open(dataFolder);
    expect(store.problems()).toMatchObject([
      {
        id: 'document-1:quarantined',
        message: expect.stringContaining('is no longer in the data folder'),
        recovery: { loss: 'missing', backup: '2025-11-20' },
      },
    ]);
    expect(await store.apply('document-1', [putNote(makeNote('too early'))], create('document-1'))).toMatchObject({ ok: false });
    expect(await store.recover('document-1:quarantined', 'restore')).toMatchObject({ ok: true });
    expect(bodies(await onDisk(dataFolder, 'document-1'))).toEqual(['words 1']);
    expect((await open(dataFolder)).problems()).toEqual([]);
  });

  it('is brought back with all others that went with it, in one step', async () => {
    const dataFolder = await withNotebooks(25);
    await rm(path.join(dataFolder, 'notebooks'), { recursive: true });
    const store = await open(dataFolder);
    expect(store.problems()).toMatchObject([{ id: 'notebooks:missing', message: expect.stringContaining('25 documents') }]);
    const recovered = await store.recover('notebooks:missing', 'restore');
    expect(recovered?.ok && recovered.value.documentIds).toHaveLength(25);
    expect(store.problems()).toEqual([]);
    expect(await namesIn(path.join(dataFolder, 'notebooks'))).toHaveLength(25);
    expect([...(await open(dataFolder)).all()]).toHaveLength(25);
  });

  it('is not asked about again once the reader went on without', async () => {
    const dataFolder = await withNotebooks(2);
    await rm(notebookPath(dataFolder, 'document-1'));
    const store = await open(dataFolder);
    expect(await store.recover('document-1:quarantined', 'without')).toMatchObject({ ok: true });
    await store.close();
    const again = await open(dataFolder);
    expect(again.problems()).toEqual([]);
    expect(again.lockedBecause('document-1')).toBeUndefined();
  });

  it.each([
    ['an empty list', { notes: [] }],
    ['no list', { notes: {} }],
  ])('is offered from the backup also where its notes became %s', async (_, emptied) => {
    const dataFolder = await withNotebooks(1);
    await writeFile(notebookPath(dataFolder, 'document-0'), JSON.stringify({ ...(await onDisk(dataFolder, 'document-0')), ...emptied }));
    const store = await open(dataFolder);
    const told = store.problems().find(({ recovery }) => recovery);
    expect(told).toMatchObject({ message: expect.stringContaining('was emptied'), recovery: { loss: 'emptied' } });
    expect(await store.apply('document-0', [putNote(makeNote('new'))], create('document-0'))).toMatchObject({ ok: true });
    expect(await store.recover(told?.id ?? '', 'restore')).toMatchObject({ ok: true });
    expect(bodies(await onDisk(dataFolder, 'document-0'))).toEqual(['new', 'words 0']);
  });

  it.each([
    ['nothing', {}],
    ['something else', { notes: [] }],
  ])('is told of settings too where their file has %s', async (_, content) => {
    const dataFolder = await withNotebooks(1);
    await (await openSettings({ dataFolder, log: keepLog(), patience: none })).update({ theme: 'sepia' });
    await backUp(dataFolder, 22);
    await writeFile(path.join(dataFolder, 'settings.json'), JSON.stringify(content));
    const settings = await openSettings({ dataFolder, log: keepLog(), patience: none });
    expect(settings.problems()).toMatchObject([{ recovery: { loss: 'emptied' } }]);
    expect(await settings.recover(settings.problems()[0]?.id ?? '', 'restore')).toMatchObject({ ok: true });
    expect(settings.read().theme).toBe('sepia');
  });

  it('comes back by itself where two notebooks changed places', async () => {
    const dataFolder = await withNotebooks(2);
    const [one, other] = [notebookPath(dataFolder, 'document-0'), notebookPath(dataFolder, 'document-1')];
    await rename(one, `${one}.aside`);
    await rename(other, one);
    await rename(`${one}.aside`, other);
    const store = await open(dataFolder);
    expect(bodies(store.get('document-0'))).toEqual(['words 0']);
    expect(bodies(store.get('document-1'))).toEqual(['words 1']);
    expect(bodies(await onDisk(dataFolder, 'document-0'))).toEqual(['words 0']);
    expect(store.problems()).toEqual([]);
  });

  it('is offered from the backup where another document’s was copied over it', async () => {
    const dataFolder = await withNotebooks(2);
    await copyFile(notebookPath(dataFolder, 'document-0'), notebookPath(dataFolder, 'document-1'));
    const store = await open(dataFolder);
    expect(store.problems()).toMatchObject([{ message: expect.stringContaining('the notes of another document') }]);
    expect(await store.recover('document-1:quarantined', 'restore')).toMatchObject({ ok: true });
    expect(bodies(store.get('document-1'))).toEqual(['words 1']);
    expect(bodies(store.get('document-0'))).toEqual(['words 0']);
  });
});

describe('a data folder that goes while Lectern runs', () => {
  /** 25 notebooks, tags and settings in a folder that may be moved. */
  async function running(parent: string) {
    const dataFolder = path.join(parent, 'data');
    await mkdir(dataFolder, { recursive: true });
    const store = await open(dataFolder);
    for (let index = 0; index < 25; index += 1)
      await store.apply(`document-${index}`, [putNote(makeNote(`words ${index}`))], create(`document-${index}`));
    const tags = await openTags({ dataFolder, folder: store.folder, log: keepLog(), patience: none });
    await tags.remember(['a tag']);
    return { dataFolder, store, tags };
  }

  it.each([
    ['removed', (folder: string) => rm(folder, { recursive: true })],
    ['renamed', (folder: string) => rename(folder, `${folder} of before`)],
    ['emptied of its notebooks', (folder: string) => rm(path.join(folder, 'notebooks'), { recursive: true })],
  ])('and was %s: everything in memory is written again, and told', async (how, go) => {
    const { dataFolder, store } = await running(await makeDataFolder());
    await go(dataFolder);
    expect(await store.apply('document-3', [putNote(makeNote('more'))], create('document-3'))).toMatchObject({ ok: true });
    await expect.poll(() => namesIn(path.join(dataFolder, 'notebooks'))).toHaveLength(25);
    await store.flush();
    // What another machine writes into the new folder is seen as before.
    await expect
      .poll(
        async () => {
          await changeElsewhere(dataFolder, makeNote('theirs'), 'document-4');
          return bodies(store.get('document-4'));
        },
        { interval: 1_000 },
      )
      .toContain('theirs');
    if (!how.startsWith('emptied')) expect(store.problems()).toMatchObject([{ message: expect.stringContaining('written there again') }]);
    const again = await open(dataFolder);
    expect([...again.all()]).toHaveLength(25);
    expect(bodies(again.get('document-3'))).toEqual(['more', 'words 3']);
    expect((await openTags({ dataFolder, log: keepLog(), patience: none })).list()).toMatchObject([{ name: 'a tag' }]);
  });

  it.each([
    ['notebooks', (folder: string) => rm(path.join(folder, 'notebooks'), { recursive: true })],
    ['one notebook', (folder: string) => rm(notebookPath(folder, 'document-3'))],
    ['tags', (folder: string) => rm(path.join(folder, 'tags.json'))],
  ])('and lost its %s right before Lectern is closed: they are written again', async (_, go) => {
    const parent = await makeDataFolder();
    const { dataFolder, store, tags } = await running(parent);
    await go(dataFolder);
    await tags.flush();
    await store.close();
    expect(await namesIn(path.join(dataFolder, 'notebooks'))).toHaveLength(25);
    expect(bodies(await onDisk(dataFolder, 'document-3'))).toEqual(['words 3']);
    expect((await openTags({ dataFolder, log: keepLog(), patience: none })).list()).toMatchObject([{ name: 'a tag' }]);
  });

  it('with its disk: nothing is written into the empty mount point, and all of it when the disk is back', async ({ skip }) => {
    const disk = (await mountDisk(4096)) ?? skip('only root may mount a small disk');
    const { dataFolder, store } = await running(disk);
    const { execFileSync } = await import('node:child_process');
    const elsewhere = await makeDataFolder();
    execFileSync('mount', ['--bind', disk, elsewhere]);
    onTestFinished(() => void execFileSync('umount', ['--lazy', elsewhere]));
    execFileSync('umount', ['--lazy', disk]);
    const changes = [putNote(makeNote('written meanwhile'))];
    expect(await store.apply('document-3', changes, create('document-3'))).toMatchObject({
      ok: false,
      failure: { code: 'data-folder-gone', message: expect.stringContaining('do not close Lectern') },
    });
    expect(store.problems()).toMatchObject([{ id: 'data-folder:gone' }]);
    expect(await namesIn(disk)).toEqual([]);
    await mkdir(dataFolder);
    expect(await store.apply('document-3', changes, create('document-3'))).toMatchObject({ ok: false });
    expect(await namesIn(dataFolder)).toEqual([]);
    execFileSync('mount', ['--bind', elsewhere, disk]);
    expect(await store.apply('document-3', changes, create('document-3'))).toMatchObject({ ok: true });
    expect(store.problems()).toEqual([]);
    expect(bodies(await onDisk(dataFolder, 'document-3'))).toEqual(['words 3', 'written meanwhile']);
  });
});

describe('what goes out of a notebook', () => {
  it('is in the archive from the fifty-first version of a note on', async () => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    const note = makeNote('version 0');
    for (let hour = 0; hour < 60; hour += 1) {
      const at = new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
      const before = store.get(ID)?.notes[0]?.modifiedAt;
      await store.apply(ID, [{ type: 'put-note', note: { ...note, body: `version ${hour}`, modifiedAt: at }, basedOn: before }], create());
      await store.flush();
    }
    const kept = store.get(ID)?.notes[0]?.history.map(({ body }) => body) ?? [];
    const archived = (await store.archivedVersions(ID, note.id)).map(({ body }) => body);
    expect(kept).toHaveLength(50);
    expect([...archived, ...kept]).toEqual(Array.from({ length: 59 }, (_, hour) => `version ${hour}`));
    expect((await stat(path.join(dataFolder, 'history', `${ID}.jsonl.gz`))).size).toBeGreaterThan(0);
  });

  it('is in the quarantine once, however often the same content comes', async () => {
    const dataFolder = await makeDataFolder();
    for (let round = 0; round < 3; round += 1) {
      await mkdir(path.join(dataFolder, 'notebooks'), { recursive: true });
      await writeFile(notebookPath(dataFolder), '{"never readable');
      await (await open(dataFolder)).close();
    }
    expect((await namesIn(path.join(dataFolder, 'quarantine'))).filter((name) => name.endsWith('.json'))).toHaveLength(1);
  });
});

it('keeps both of two files that are set aside at once with the same content', async () => {
  const dataFolder = await makeDataFolder();
  await mkdir(path.join(dataFolder, 'notebooks'));
  for (let index = 0; index < 20; index += 1) await writeFile(notebookPath(dataFolder, `document-${index}`), '{"never readable');
  expect((await open(dataFolder)).problems()).toHaveLength(20);
  expect((await namesIn(path.join(dataFolder, 'quarantine'))).filter((name) => name.endsWith('.json'))).toHaveLength(20);
});

it('does not let what is left of an older write replace a whole notebook', async () => {
  const dataFolder = await makeDataFolder();
  const store = await open(dataFolder);
  await store.apply(ID, [putNote(makeNote('whole'))], create());
  await store.close();
  const leftover = `${notebookPath(dataFolder)}.tmp-1234567890abcdef`;
  await writeFile(leftover, JSON.stringify({ ...create()(), notes: [makeNote('left over')] }));
  expect(bodies((await open(dataFolder)).get(ID))).toEqual(['left over', 'whole']);
});
