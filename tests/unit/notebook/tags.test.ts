import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Colour, TagChange } from '#model';
import { openTags } from '../../../electron/notebook';
import { keepLog, makeDataFolder, namesIn, none, readJson } from './fixtures';

const colour = (name: string, colour?: Colour): TagChange => ({ type: 'set-tag-colour', name, colour });
const open = (dataFolder: string) => openTags({ dataFolder, log: keepLog(), patience: none });

async function withTags(content: unknown): Promise<string> {
  const dataFolder = await makeDataFolder();
  await writeFile(path.join(dataFolder, 'tags.json'), JSON.stringify(content));
  return dataFolder;
}

it('keeps the first casing of a tag', async () => {
  const dataFolder = await makeDataFolder();
  const tags = await open(dataFolder);
  await tags.remember(['Figures', ' #ukraine / border ', 'FIGURES', '']);
  await tags.remember(['figures', 'É', 'é']);
  const expected = [{ name: 'Figures' }, { name: 'ukraine/border' }, { name: 'É' }];
  expect(tags.list()).toEqual(expected);
  expect((await open(dataFolder)).list()).toEqual(expected);
});

it('writes nothing when there is nothing new', async () => {
  const dataFolder = await makeDataFolder();
  const tags = await open(dataFolder);
  expect(await tags.remember([])).toEqual({ ok: true, value: null });
  expect(await namesIn(dataFolder)).toEqual([]);
});

it('gives and takes colours, also of a tag that it has not seen', async () => {
  const dataFolder = await makeDataFolder();
  const tags = await open(dataFolder);
  await tags.apply([colour('Figures', 'green'), colour('figures', 'pink')]);
  expect((await open(dataFolder)).list()).toEqual([{ name: 'Figures', colour: 'pink' }]);
  await tags.apply([colour('FIGURES')]);
  expect((await open(dataFolder)).list()).toEqual([{ name: 'Figures' }]);
});

it('keeps unknown fields, and entries that make no sense, in the file', async () => {
  const dataFolder = await withTags({
    version: 1,
    order: 'mine',
    tags: [{ name: 'a', icon: 'star' }, { name: 7 }, { name: 'A', colour: 'blue' }],
  });
  const tags = await open(dataFolder);
  expect(tags.list()).toEqual([{ name: 'a', icon: 'star' }]);
  expect(tags.problems()[0]?.message).toContain('2 entries');
  await tags.apply([colour('a', 'violet')]);
  expect(await readJson(path.join(dataFolder, 'tags.json'))).toEqual({
    version: 1,
    order: 'mine',
    tags: [{ name: 'a', icon: 'star', colour: 'violet' }],
    unreadable: [{ name: 7 }, { name: 'A', colour: 'blue' }],
  });
});

it('reads but never writes the file of a newer version', async () => {
  const content = { version: 2, tags: [{ name: 'a' }] };
  const dataFolder = await withTags(content);
  const tags = await open(dataFolder);
  expect(tags.list()).toEqual([{ name: 'a' }]);
  expect(await tags.remember(['b'])).toMatchObject({ ok: false, failure: { code: 'notebook-read-only' } });
  expect(await readJson(path.join(dataFolder, 'tags.json'))).toEqual(content);
});

it('sets a file that holds no tags aside', async () => {
  const dataFolder = await withTags([1]);
  const tags = await open(dataFolder);
  expect(tags.list()).toEqual([]);
  expect(await namesIn(path.join(dataFolder, 'quarantine'))).toHaveLength(1);
  expect(await tags.remember(['b'])).toMatchObject({ ok: true });
});
