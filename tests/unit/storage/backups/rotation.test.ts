import { copyFile, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { validateNotebook } from '../../../../electron/notebook/repair-notebook';
import { openBackups } from '../../../../electron/storage/backups/backups';
import { findCopy } from '../../../../electron/storage/backups/copies';
import { knownBackups } from '../../../../electron/storage/backups/known';
import { giveUp } from '../../../../electron/storage/given-up';
import { createProblems } from '../../../../electron/storage/problems';
import { validateBytes } from '../../../../electron/storage/validation';
import {
  always,
  create,
  ID,
  keepLog,
  makeDataFolder,
  makeNote,
  namesIn,
  notebookPath,
  open,
  putNote,
  readJson,
} from '../../notebook/fixtures';

const DAY = 86_400_000;
const FIRST = Date.parse('2025-11-01T12:00:00Z');
const NAME = `notebooks/${ID}.json`;

/** Two notebooks and tags, and the days that pass: on each, the other notebook changes and a backup is made. */
async function withDays() {
  const dataFolder = await makeDataFolder();
  const store = await open(dataFolder);
  await store.apply(ID, [putNote(makeNote('of the first day'))], create());
  await store.apply('document-2', [putNote(makeNote('elsewhere'))], create('document-2'));
  // An open store would write again what is gone.
  await store.close();
  await writeFile(path.join(dataFolder, 'tags.json'), JSON.stringify({ version: 1, tags: [{ name: 'history' }] }));
  const log = keepLog();
  const backups = openBackups({ dataFolder, log, problems: createProblems() });
  const backUp = async (day: number, hour = 0) => {
    const at = new Date(FIRST + day * DAY + hour * 3_600_000);
    const changed = new Date(at.getTime() - 1000);
    await utimes(notebookPath(dataFolder, 'document-2'), changed, changed);
    await backups.run(at);
  };
  const days = async (from: number, to: number) => {
    for (let day = from; day <= to; day += 1) await backUp(day);
  };
  const zips = async () => (await namesIn(path.join(dataFolder, 'backups'))).filter((name) => name.endsWith('.zip'));
  const copy = (name = NAME) =>
    findCopy({
      dataFolder,
      name,
      before: new Date(FIRST + 1000 * DAY),
      validate: (bytes) => validateBytes(bytes, (content) => validateNotebook(ID, content)),
      log,
    });
  return { dataFolder, file: notebookPath(dataFolder), backUp, days, zips, copy, log };
}

describe('of a notebook that is lost on the second day, the last copy is still there after twelve', () => {
  it.each<[string, (file: string) => Promise<unknown>]>([
    ['gone', (file) => rm(file)],
    ['cut off', (file) => writeFile(file, '{"version": 1, "no')],
    ['empty', (file) => writeFile(file, '')],
    ['without its notes', async (file) => writeFile(file, JSON.stringify({ ...Object(await readJson(file)), notes: [] }))],
    ['with something else for its notes', async (file) => writeFile(file, JSON.stringify({ ...Object(await readJson(file)), notes: {} }))],
    ['with the content of another', async (file) => writeFile(file, await readFile(file.replace(ID, 'document-2')))],
  ])('%s', async (_, lose) => {
    const { file, days, zips, copy } = await withDays();
    await days(1, 1);
    await lose(file);
    await days(2, 13);
    expect((await copy())?.value.notes[0]?.body).toBe('of the first day');
    // And nothing more than that is kept.
    expect(await zips()).toHaveLength(11);
  });

  it('also when a newer backup has it, but damaged', async () => {
    const { dataFolder, file, days, zips, copy } = await withDays();
    await days(1, 2);
    await rm(file);
    const newer = path.join(dataFolder, 'backups', 'lectern-2025-11-03T12-00-00Z.zip');
    const bytes = await readFile(newer);
    const at = bytes.indexOf(NAME) + NAME.length + 5;
    await writeFile(newer, bytes.fill(0, at, at + 20));
    await days(3, 14);
    expect((await zips())[0]).toContain('2025-11-02');
    expect((await copy())?.value.notes).toHaveLength(1);
  });

  it('and so with tags', async () => {
    const { dataFolder, days, zips } = await withDays();
    await days(1, 1);
    await writeFile(path.join(dataFolder, 'tags.json'), '{"version":1,"tags":[]}');
    await days(2, 13);
    expect((await zips())[0]).toContain('2025-11-02');
  });
});

it('lets the copy go once the reader has chosen to go on without', async () => {
  const { dataFolder, file, days, zips } = await withDays();
  await days(1, 1);
  await rm(file);
  await days(2, 13);
  await giveUp(dataFolder, always, NAME, new Date(FIRST + 13 * DAY));
  await days(14, 14);
  expect(await zips()).toHaveLength(10);
  expect((await zips())[0]).not.toContain('2025-11-02');
});

it('keeps the last of each of ten days, and the newest three, when several are made in a day', async () => {
  const { dataFolder, days, backUp, zips } = await withDays();
  await days(1, 11);
  const folder = path.join(dataFolder, 'backups');
  const name = (day: number, hour: number) => `lectern-2025-11-${String(day).padStart(2, '0')}T${hour}-00-00Z.zip`;
  // As they are made when Lectern ends.
  for (const [day, hour] of [
    [11, 18],
    [12, 13],
    [12, 14],
    [12, 15],
  ] as const)
    await copyFile(path.join(folder, name(12, 12)), path.join(folder, name(day, hour)));
  await backUp(12, 5);
  expect(await zips()).toEqual([
    ...[4, 5, 6, 7, 8, 9, 10].map((day) => name(day, 12)),
    name(11, 18),
    name(12, 14),
    name(12, 15),
    name(13, 17),
  ]);
});

describe('what the backups know', () => {
  it('is told by their lists: the newest copy of each file, with the number of notes', async () => {
    const { dataFolder, file, days, log } = await withDays();
    await days(1, 1);
    await rm(file);
    await days(2, 3);
    const known = await knownBackups({ dataFolder, log }).list();
    expect(known.get(NAME)).toEqual({ madeAt: new Date(FIRST + DAY), content: { items: 1, notes: 1 } });
    expect(known.get('notebooks/document-2.json')?.madeAt).toEqual(new Date(FIRST + 3 * DAY));
    expect(known.get('tags.json')?.content).toEqual({ items: 1 });
  });

  it('is the newest copy that has something in it', async () => {
    const { dataFolder, file, days, log } = await withDays();
    await days(1, 1);
    await writeFile(file, JSON.stringify({ ...Object(await readJson(file)), notes: [] }));
    await days(2, 3);
    expect((await knownBackups({ dataFolder, log }).list()).get(NAME)?.madeAt).toEqual(new Date(FIRST + DAY));
  });

  it('is not what the reader goes on without', async () => {
    const { dataFolder, file, days, log } = await withDays();
    await days(1, 1);
    await rm(file);
    await giveUp(dataFolder, always, NAME, new Date(FIRST + 2 * DAY));
    expect((await knownBackups({ dataFolder, log }).list()).has(NAME)).toBe(false);
  });

  it('is told by names alone where the backup was made before there were lists', async () => {
    const { dataFolder, file, zips, days, log } = await withDays();
    await days(1, 1);
    const [name = ''] = await zips();
    const notebook = await readFile(file);
    await writeFile(path.join(dataFolder, 'backups', name), zipSync({ [NAME]: notebook, 'tags.json': Buffer.from('{}') }));
    expect([...(await knownBackups({ dataFolder, log }).list())]).toEqual(
      [NAME, 'tags.json'].map((each) => [each, { madeAt: new Date(FIRST + DAY), content: undefined }]),
    );
    await rm(file);
    await days(2, 13);
    expect((await zips())[0]).toBe(name);
  });

  it('is nothing where there is no backup, and passes over one that cannot be read', async () => {
    const { dataFolder, days, log } = await withDays();
    expect((await knownBackups({ dataFolder, log }).list()).size).toBe(0);
    await days(1, 1);
    await writeFile(path.join(dataFolder, 'backups', 'lectern-2025-11-09T12-00-00Z.zip'), 'no zip');
    expect((await knownBackups({ dataFolder, log }).list()).size).toBe(3);
  });
});
