import { mkdir, readFile, rename, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { NotebookChange } from '#model';
import { openNotebooks } from '../../../../electron/notebook';
import { openBackups } from '../../../../electron/storage/backups/backups';
import { createProblems } from '../../../../electron/storage/problems';
import { openZip } from '../../../../electron/zip-reader';
import { create, ID, keepLog, makeDataFolder, makeNote, namesIn, notebookPath, open, putNote } from '../../notebook/fixtures';

const DAY = 86_400_000;

async function withNotes() {
  const dataFolder = await makeDataFolder();
  const store = await open(dataFolder);
  await store.apply(ID, [putNote(makeNote('word '.repeat(50_000)))], create());
  await store.apply('document-2', [putNote(makeNote('two'))], create('document-2'));
  await store.keepText('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '');
  // It would write what another program brings, whenever it comes to that.
  await store.close();
  await writeFile(path.join(dataFolder, 'tags.json'), '{}');
  await writeFile(path.join(dataFolder, 'other.json'), '{}');
  await mkdir(path.join(dataFolder, 'journal'));
  await writeFile(path.join(dataFolder, 'journal', 'one-2025-11.jsonl'), '{}\n');
  const problems = createProblems();
  const backups = openBackups({ dataFolder, log: keepLog(), problems });
  return { dataFolder, backups, problems, folder: path.join(dataFolder, 'backups') };
}

it('packs notebooks, tags, settings and texts so that any zip tool reads them', async () => {
  const { dataFolder, backups, folder } = await withNotes();
  await backups.run(new Date('2025-11-22T17:14:03Z'));
  expect(await namesIn(folder)).toEqual(['lectern-2025-11-22T17-14-03Z.zip']);
  const zip = unzipSync(await readFile(path.join(folder, 'lectern-2025-11-22T17-14-03Z.zip')));
  expect(Object.keys(zip).sort()).toEqual([
    'journal/one-2025-11.jsonl',
    'manifest.json',
    `notebooks/${ID}.json`,
    'notebooks/document-2.json',
    'tags.json',
    'texts/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.gz',
  ]);
  expect(Buffer.from(zip[`notebooks/${ID}.json`] ?? [])).toEqual(await readFile(notebookPath(dataFolder)));
});

it('makes one a day at most, none when nothing changed, and keeps ten', async () => {
  const { dataFolder, backups, folder } = await withNotes();
  const start = Date.now() + DAY;
  await backups.run(new Date(start));
  await backups.run(new Date(start + DAY / 2));
  expect(await namesIn(folder)).toHaveLength(1);
  await backups.run(new Date(start + 2 * DAY));
  expect(await namesIn(folder)).toHaveLength(1);
  for (let day = 2; day < 14; day += 1) {
    await utimes(notebookPath(dataFolder), new Date(start + day * DAY - 1000), new Date(start + day * DAY - 1000));
    await backups.run(new Date(start + day * DAY));
  }
  const names = await namesIn(folder);
  expect(names).toHaveLength(10);
  expect(names.at(-1)).toContain(new Date(start + 13 * DAY).toISOString().slice(0, 10));
});

it.each([
  ['the same size', (text: string) => text.replace('two', 'TWO')],
  ['another size', (text: string) => text.replace('two', 'two more')],
])('makes one for a file of %s that a sync tool brought with its old modification time', async (_, change) => {
  const { dataFolder, backups, folder } = await withNotes();
  const file = notebookPath(dataFolder, 'document-2');
  await backups.run(new Date(Date.now() + DAY));
  const { mtime } = await stat(file);
  const text = change(await readFile(file, 'utf8'));
  await writeFile(`${file}.of-a-sync-tool`, text);
  await utimes(`${file}.of-a-sync-tool`, mtime, mtime);
  await rename(`${file}.of-a-sync-tool`, file);
  await backups.run(new Date(Date.now() + 3 * DAY));
  expect(await namesIn(folder)).toHaveLength(2);
  const zip = await openZip(path.join(folder, (await namesIn(folder))[1] ?? ''));
  expect((await zip.read('notebooks/document-2.json'))?.toString()).toBe(text);
  await zip.close();
  // Touched again by nobody, it is not packed again.
  await backups.run(new Date(Date.now() + 5 * DAY));
  expect(await namesIn(folder)).toHaveLength(2);
});

it('makes one each day for as long as Lectern runs', async () => {
  const { dataFolder, backups, problems, folder } = await withNotes();
  const start = Date.now() + 1000;
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: start });
  onTestFinished(() => void vi.useRealTimers());
  onTestFinished(() => backups.close());
  const names = async () => (await namesIn(folder)).filter((name) => name.endsWith('.zip'));
  const stepUntil = async (isDone: () => Promise<boolean>) => {
    while (!(await isDone())) {
      vi.advanceTimersByTime(DAY / 8);
      // What has begun gets time of its own, which is not that of the clock above.
      await setTimeout(5);
    }
  };
  backups.schedule(10_000);
  await stepUntil(async () => (await names()).length === 1);
  const changed = new Date();
  await utimes(notebookPath(dataFolder), changed, changed);
  await stepUntil(async () => (await names()).length === 2);

  // What failed once is tried again, and is a problem no more when it went well.
  await rename(folder, `${folder}-away`);
  await writeFile(folder, 'a file in the way');
  await utimes(notebookPath(dataFolder), new Date(), new Date());
  await stepUntil(async () => problems.list().length === 1);
  await rename(folder, `${folder}-file`);
  await rename(`${folder}-away`, folder);
  await stepUntil(async () => problems.list().length === 0 && (await names()).length === 3);
});

it('is not put off by a clock that was wrong once', async () => {
  const { backups, folder } = await withNotes();
  await backups.run(new Date('2099-01-01T00:00:00Z'));
  await backups.run();
  expect(await namesIn(folder)).toHaveLength(2);
  await backups.run();
  expect(await namesIn(folder)).toHaveLength(2);
});

it('lets no backup go while it cannot be known what is awaited of them', async () => {
  const { dataFolder, backups, folder } = await withNotes();
  await writeFile(path.join(dataFolder, 'quarantine'), 'a file in the way');
  for (let day = 1; day <= 12; day += 1) {
    const at = Date.now() + day * DAY;
    await utimes(notebookPath(dataFolder), new Date(at - 1000), new Date(at - 1000));
    await backups.run(new Date(at));
  }
  expect(await namesIn(folder)).toHaveLength(12);
});

it('makes none of nothing', async () => {
  const dataFolder = await makeDataFolder();
  await openBackups({ dataFolder, log: keepLog(), problems: createProblems() }).run();
  expect(await namesIn(dataFolder)).toEqual([]);
});

it('tells of a failure instead of throwing', async () => {
  const { dataFolder, backups, problems } = await withNotes();
  await writeFile(path.join(dataFolder, 'backups'), 'a file in the way');
  await backups.run();
  expect(problems.list()[0]?.message).toContain('backup');
});

it('is broken off by closing, and leaves nothing behind', async () => {
  const { backups, problems, folder } = await withNotes();
  const running = backups.run();
  await backups.close();
  await running;
  expect(await namesIn(folder)).toEqual([]);
  expect(problems.list()).toEqual([]);
});

describe('at the end', () => {
  // A backup's name tells whole seconds.
  const ago = (hours: number) => new Date(Math.floor(Date.now() / 1000) * 1000 - hours * 3_600_000);

  async function endWith(changes: readonly NotebookChange[], { earlier, timeAtEnd }: { earlier?: Date; timeAtEnd?: number } = {}) {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    await store.apply(ID, [putNote(makeNote('before'))], create());
    if (earlier) {
      await utimes(notebookPath(dataFolder), earlier, earlier);
      await openBackups({ dataFolder, log: keepLog(), problems: createProblems() }).run(earlier);
    }
    await store.close();
    const ending = await openNotebooks({ dataFolder, log: keepLog(), backupDelay: 3_600_000, timeAtEnd });
    if (changes.length > 0) await ending.apply(ID, changes, create());
    await ending.close();
    return namesIn(path.join(dataFolder, 'backups'));
  }

  const notes = (number: number) => Array.from({ length: number }, (_, index) => putNote(makeNote(`note ${index}`)));

  it('a backup is made when there is none yet', async () => {
    expect(await endWith([])).toHaveLength(1);
  });

  it.each([
    ['much was written', notes(20), 1, 2],
    ['little was written but the newest is old', notes(1), 7, 2],
  ])('a backup is made when %s', async (_, changes, age, count) => {
    expect(await endWith(changes, { earlier: ago(age) })).toHaveLength(count);
  });

  it.each<[string, readonly NotebookChange[], number]>([
    ['little was written since a new one', notes(19), 1],
    ['nothing was written', [], 30],
    [
      'the reader only scrolled',
      Array(50).fill({ type: 'set-position', position: { offset: 1, progress: 0 }, at: new Date().toISOString() }),
      1,
    ],
  ])('none is made when %s', async (_, changes, age) => {
    expect(await endWith(changes, { earlier: ago(age) })).toHaveLength(1);
  });

  it('it is broken off when its time is over, and leaves nothing behind', async () => {
    expect(await endWith(notes(50), { timeAtEnd: 0 })).toEqual([]);
  });
});

it('keeps the backups from before a file was lost for as long as the reader has not chosen', async () => {
  const { dataFolder, backups, folder } = await withNotes();
  await backups.run(new Date('2025-11-01T09:00:00Z'));
  await writeFile(notebookPath(dataFolder), '{');
  const store = await open(dataFolder);
  const runLater = async (from: number) => {
    for (let day = from; day < from + 12; day += 1) {
      const at = Date.now() + day * DAY;
      await utimes(notebookPath(dataFolder, 'document-2'), new Date(at - 1000), new Date(at - 1000));
      await backups.run(new Date(at));
    }
  };
  await runLater(1);
  expect(await namesIn(folder)).toHaveLength(11);
  expect((await namesIn(folder))[0]).toBe('lectern-2025-11-01T09-00-00Z.zip');
  await store.recover(`${ID}:quarantined`, 'without');
  await runLater(20);
  const zips = (await namesIn(folder)).filter((name) => name.endsWith('.zip'));
  expect(zips).toHaveLength(10);
  expect(zips[0]).not.toContain('2025-11-01');
});

it('sees damage in a zip', async () => {
  const { backups, folder } = await withNotes();
  await backups.run();
  const [name = ''] = await namesIn(folder);
  const file = path.join(folder, name);
  const bytes = await readFile(file);
  const at = bytes.indexOf('document-2.json') + 20;
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  await writeFile(file, bytes);
  const zip = await openZip(file);
  await expect(zip.read('notebooks/document-2.json')).rejects.toThrow();
  expect(await zip.read('notebooks/absent.json')).toBeUndefined();
  await zip.close();
  await truncate(file, 1000);
  await expect(openZip(file)).rejects.toThrow('signature not found');
});
