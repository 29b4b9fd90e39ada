import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openNotebooks, openSettings, openTags } from '../../../electron/notebook';
import { openBackups } from '../../../electron/storage/backups/backups';
import { createProblems } from '../../../electron/storage/problems';
import { makeReadOnly, mountDisk } from '../storage/disk';
import { create, ID, keepLog, makeDataFolder, makeNote, namesIn, none, notebookPath, open, putNote, readJson } from './fixtures';

const LOST = `${ID}:quarantined`;

const backUp = (dataFolder: string, at: string): Promise<void> =>
  openBackups({ dataFolder, log: keepLog(), problems: createProblems() }).run(new Date(at));

/** Notebooks with a note, backed up at noon of each of these days of November 2025, before each one note was added. */
async function withBackups(...days: number[]): Promise<string> {
  const dataFolder = await makeDataFolder();
  const store = await open(dataFolder);
  await store.apply('document-2', [putNote(makeNote('elsewhere'))], create('document-2'));
  for (const day of days) {
    await store.apply(ID, [putNote(makeNote(`of day ${day}`))], create());
    await backUp(dataFolder, `2025-11-${day}T12:00:00Z`);
  }
  await store.close();
  return dataFolder;
}

async function lose(file: string, content = '{"version": 1, "notes": ['): Promise<void> {
  await writeFile(file, content);
}

const bodies = (store: { get(id: string): { notes: { body: string }[] } | undefined }) => store.get(ID)?.notes.map(({ body }) => body);

describe('a notebook that could not be read', () => {
  it('is restored from the newest backup, with the file that was set aside as it was', async () => {
    const dataFolder = await withBackups(20, 21);
    await lose(notebookPath(dataFolder));
    const solved: string[] = [];
    const store = await openNotebooks({ dataFolder, log: keepLog(), patience: none, backupDelay: null, onSolved: (id) => solved.push(id) });
    onTestFinished(() => store.close());
    const [problem] = store.problems();
    expect(problem).toMatchObject({
      id: LOST,
      recovery: { subject: 'notebook', documentId: ID, title: 'report.txt', backup: '2025-11-21' },
      message: expect.stringContaining('it is not valid JSON. Nothing was deleted'),
    });
    expect(problem?.message).toContain('The backup of 21 November 2025 has 2 notes. Until you choose');
    expect([...store.identities()].map(({ id }) => id).sort()).toEqual([ID, 'document-2']);
    expect(await store.apply(ID, [putNote(makeNote('too early'))], create())).toMatchObject({ ok: false });

    expect(await store.recover(LOST, 'restore')).toEqual({
      ok: true,
      value: { documentIds: [ID], message: '2 notes on “report.txt” are back, from the backup of 21 November 2025.' },
    });
    expect(bodies(store)).toEqual(['of day 20', 'of day 21']);
    expect(store.lockedBecause(ID)).toBeUndefined();
    expect(store.problems()).toEqual([]);
    expect(solved).toEqual([LOST]);
    expect(await readFile(problem?.path ?? '', 'utf8')).toBe('{"version": 1, "notes": [');
    expect(await store.apply(ID, [putNote(makeNote('and on'))], create())).toMatchObject({ ok: true });

    const again = await open(dataFolder);
    expect(bodies(again)).toEqual(['of day 20', 'of day 21', 'and on']);
    expect(again.problems()).toEqual([]);
  });

  it.each([
    ['is of no use', async (file: string) => writeFile(file, 'no zip')],
    [
      'is damaged',
      async (file: string) => {
        const bytes = await readFile(file);
        const at = bytes.indexOf(`${ID}.json`) + 40;
        await writeFile(file, bytes.fill(0, at, at + 20));
      },
    ],
  ])('comes from an older backup where the newest %s', async (_, damage) => {
    const dataFolder = await withBackups(20, 21);
    await damage(path.join(dataFolder, 'backups', 'lectern-2025-11-21T12-00-00Z.zip'));
    await lose(notebookPath(dataFolder));
    const store = await open(dataFolder);
    expect(store.problems()[0]?.recovery?.backup).toBe('2025-11-20');
    expect(await store.recover(LOST, 'restore')).toMatchObject({ ok: true });
    expect(bodies(store)).toEqual(['of day 20']);
  });

  it('is restored also when its backup is gone by the time of the choice', async () => {
    const dataFolder = await withBackups(21);
    await lose(notebookPath(dataFolder));
    const store = await open(dataFolder);
    await rm(path.join(dataFolder, 'backups'), { recursive: true });
    expect(await store.recover(LOST, 'restore')).toMatchObject({ ok: true });
    expect(bodies(store)).toEqual(['of day 21']);
  });

  it('comes from an older backup where the newest one has a bad copy', async () => {
    const dataFolder = await withBackups(20);
    await lose(notebookPath(dataFolder), '[]');
    await backUp(dataFolder, '2025-11-21T12:00:00Z');
    const store = await open(dataFolder);
    expect(store.problems()[0]?.recovery?.backup).toBe('2025-11-20');
    await store.recover(LOST, 'restore');
    expect(bodies(store)).toEqual(['of day 20']);
  });

  it('waits for the choice over a restart', async () => {
    const dataFolder = await withBackups(21);
    await lose(notebookPath(dataFolder), '');
    await (await open(dataFolder)).close();
    const store = await open(dataFolder);
    expect(store.problems()[0]?.message).toContain('could not be read: it is empty.');
    expect(store.lockedBecause(ID)).toMatchObject({ code: 'notebook-quarantined' });
    expect(await store.recover(LOST, 'restore')).toMatchObject({ ok: true });
    expect(bodies(store)).toEqual(['of day 21']);
  });

  it('can be begun anew, for good, where there is no backup', async () => {
    const dataFolder = await withBackups();
    await lose(notebookPath(dataFolder));
    const store = await open(dataFolder);
    expect(store.problems()[0]?.recovery).toMatchObject({ subject: 'notebook', loss: 'unreadable', documentId: ID });
    expect(store.problems()[0]?.message).toContain('No backup has a copy of it.');
    expect(await store.recover(LOST, 'restore')).toMatchObject({ ok: false, failure: { code: 'backup-unreadable' } });
    expect(await store.recover(LOST, 'without')).toMatchObject({ ok: true });
    await store.close();
    const again = await open(dataFolder);
    expect(again.problems()).toEqual([]);
    expect(again.lockedBecause(ID)).toBeUndefined();
    const kept = (await namesIn(path.join(dataFolder, 'quarantine'))).filter((name) => name.endsWith('.json'));
    expect(await Promise.all(kept.map((name) => readFile(path.join(dataFolder, 'quarantine', name), 'utf8')))).toEqual([
      '{"version": 1, "notes": [',
    ]);
  });

  it('is settled once: what a second window chooses later changes nothing', async () => {
    const dataFolder = await withBackups(21);
    await lose(notebookPath(dataFolder));
    const store = await open(dataFolder);
    expect(await store.recover(LOST, 'restore')).toMatchObject({ ok: true });
    expect(await store.recover(LOST, 'without')).toMatchObject({ ok: false, failure: { code: 'problem-solved' } });
    expect(await store.recover('tags:quarantined', 'restore')).toBeUndefined();
    expect(bodies(store)).toEqual(['of day 21']);
  });

  it('stays locked, with its backup, when nothing can be written', async ({ skip }) => {
    const dataFolder = await mountDisk(1024);
    if (!dataFolder) return skip('a disk of the test’s own can be had only by root on Linux');
    const store = await open(dataFolder);
    await store.apply(ID, [putNote(makeNote('precious'))], create());
    await backUp(dataFolder, '2025-11-21T12:00:00Z');
    await lose(notebookPath(dataFolder));
    const again = await open(dataFolder);
    const allowWriting = await makeReadOnly(dataFolder, true);
    onTestFinished(allowWriting);
    expect(await again.recover(LOST, 'restore')).toMatchObject({
      ok: false,
      failure: { code: 'disk-read-only', message: expect.stringMatching(/^Nothing was restored: .*cannot be written to/) },
    });
    expect(again.problems()).toHaveLength(1);
    expect(again.lockedBecause(ID)).toMatchObject({ code: 'notebook-quarantined' });
    await allowWriting();
    expect(await again.recover(LOST, 'restore')).toMatchObject({ ok: true });
    expect(bodies(again)).toEqual(['precious']);
  });
});

describe('tags that could not be read', () => {
  it('come back beside those that were written since', async () => {
    const dataFolder = await withBackups();
    const file = path.join(dataFolder, 'tags.json');
    const tags = [{ name: 'Figures', colour: 'green' }, { name: 'Border', colour: 'blue' }, { name: 7 }];
    await writeFile(file, JSON.stringify({ version: 1, order: 'mine', tags }));
    await backUp(dataFolder, '2025-11-21T12:00:00Z');
    await lose(file, '\0\0');
    const store = await openTags({ dataFolder, log: keepLog(), patience: none });
    expect(store.problems()[0]).toMatchObject({ id: 'tags:quarantined', recovery: { subject: 'tags', backup: '2025-11-21' } });
    await store.remember(['figures', 'New']);
    await store.apply([{ type: 'set-tag-colour', name: 'border', colour: 'pink' }]);

    // The choice is there still after a restart, though the file has been written anew and a backup made of that.
    await backUp(dataFolder, new Date(Date.now() + 60_000).toISOString());
    const again = await openTags({ dataFolder, log: keepLog(), patience: none });
    expect(again.problems()).toHaveLength(1);
    expect(await again.recover('notebook:quarantined', 'restore')).toBeUndefined();
    expect(await again.recover('tags:quarantined', 'restore')).toEqual({
      ok: true,
      value: '2 tags are back, from the backup of 21 November 2025.',
    });
    const expected = [{ name: 'Figures', colour: 'green' }, { name: 'New' }, { name: 'Border', colour: 'pink' }];
    expect(again.list()).toEqual(expected);
    expect(await readJson(file)).toEqual({ version: 1, order: 'mine', tags: expected, unreadable: [{ name: 7 }] });
    expect(again.problems()).toEqual([]);
    expect((await openTags({ dataFolder, log: keepLog(), patience: none })).problems()).toMatchObject([{ id: 'tags:partly-unreadable' }]);
  });

  it('are told once when there is no backup', async () => {
    const dataFolder = await makeDataFolder();
    await lose(path.join(dataFolder, 'tags.json'));
    const store = await openTags({ dataFolder, log: keepLog(), patience: none });
    expect(store.problems()).toHaveLength(1);
    expect(store.problems()[0]?.recovery).toBeUndefined();
    expect((await openTags({ dataFolder, log: keepLog(), patience: none })).problems()).toEqual([]);
  });
});

describe('settings that could not be read', () => {
  it('come back where they were not set anew, with every key', async () => {
    const dataFolder = await withBackups();
    const before = await openSettings({ dataFolder, log: keepLog(), patience: none });
    await before.update({ theme: 'sepia', sort: 'title', keys: { undo: 'Mod+Q', find: 'F3' } });
    await backUp(dataFolder, '2025-11-21T12:00:00Z');
    await lose(path.join(dataFolder, 'settings.json'));
    const store = await openSettings({ dataFolder, log: keepLog(), patience: none });
    await store.update({ theme: 'night', keys: { undo: 'Mod+U' } });
    expect(await store.recover('settings:quarantined', 'restore')).toMatchObject({ ok: true });
    expect(store.read()).toMatchObject({ theme: 'night', sort: 'title', keys: { undo: 'Mod+U', find: 'F3' } });
  });

  it('stay as they are when the reader wants that, and it is not asked again', async () => {
    const dataFolder = await withBackups();
    const file = path.join(dataFolder, 'settings.json');
    await writeFile(file, '{"theme":"sepia"}');
    await backUp(dataFolder, '2025-11-21T12:00:00Z');
    await lose(file);
    const store = await openSettings({ dataFolder, log: keepLog(), patience: none });
    // Its name would do for the id of a document.
    expect((await open(dataFolder)).problems()).toEqual([]);
    expect(await store.recover('settings:quarantined', 'without')).toMatchObject({ ok: true });
    expect(store.read().theme).toBe('system');
    expect((await openSettings({ dataFolder, log: keepLog(), patience: none })).problems()).toEqual([]);
  });
});
