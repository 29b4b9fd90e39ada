import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { settingsSchema } from '#api';
import { openSettings } from '../../../electron/notebook';
import { keepLog, makeDataFolder, namesIn, none, readJson } from './fixtures';

const open = (dataFolder: string) => openSettings({ dataFolder, log: keepLog(), patience: none });

async function withSettings(content: string): Promise<string> {
  const dataFolder = await makeDataFolder();
  await writeFile(path.join(dataFolder, 'settings.json'), content);
  return dataFolder;
}

it('has defaults, and makes no file for them', async () => {
  const dataFolder = await makeDataFolder();
  const settings = await open(dataFolder);
  expect(settings.read()).toEqual(settingsSchema.parse({}));
  expect(settings.earlierMachine()).toEqual({ folders: [], windowState: undefined });
  expect(await namesIn(dataFolder)).toEqual([]);
});

it('keeps what was set, and only that', async () => {
  const dataFolder = await makeDataFolder();
  const settings = await open(dataFolder);
  const typography = { ...settings.read().typography, size: 22 };
  await settings.update({ theme: 'night', typography });
  expect(await settings.update({ sort: 'title' })).toEqual({
    ok: true,
    value: { ...settings.read(), theme: 'night', typography, sort: 'title' },
  });
  expect(Object.keys((await readJson(path.join(dataFolder, 'settings.json'))) as object)).toEqual(['theme', 'typography', 'sort']);

  const again = await open(dataFolder);
  expect(again.read()).toEqual({ ...settingsSchema.parse({}), theme: 'night', typography, sort: 'title' });
});

it('takes the default for a value that makes no sense, keeps the others, and says so', async () => {
  const dataFolder = await withSettings(
    JSON.stringify({ theme: 'plaid', sort: 'title', typography: { size: 'huge', width: 70, kerning: 2 }, folders: ['/a', 7], later: [1] }),
  );
  const settings = await open(dataFolder);
  expect(settings.read()).toMatchObject({ theme: 'system', sort: 'title', typography: { size: 18.5, width: 70 } });
  expect(settings.earlierMachine().folders).toEqual(['/a']);
  expect(settings.problems()[0]?.message).toContain('theme, typography.size');

  await settings.update({ typography: settings.read().typography });
  expect(await readJson(path.join(dataFolder, 'settings.json'))).toMatchObject({
    theme: 'plaid',
    typography: { size: 18.5, kerning: 2 },
    later: [1],
  });
});

it('loses no collection for another one that makes no sense', async () => {
  const thesis = { name: 'Thesis', changedAt: '2026-01-01T00:00:00.000Z' };
  const dataFolder = await withSettings(JSON.stringify({ collections: { thesis, bad: { name: '' } } }));
  const settings = await open(dataFolder);
  expect(settings.read().collections).toEqual({ thesis });
  expect(settings.problems()[0]?.message).toContain('collections.bad');
  const sea = { name: 'Sea', changedAt: '2026-01-02T00:00:00.000Z' };
  await settings.update({ collections: { sea } });
  expect(await readJson(path.join(dataFolder, 'settings.json'))).toEqual({ collections: { thesis, bad: { name: '' }, sea } });
});

it.each(['{', '[]', '"settings"', ''])('sets %j aside and starts with defaults', async (content) => {
  const dataFolder = await withSettings(content);
  const settings = await open(dataFolder);
  expect(settings.read()).toEqual(settingsSchema.parse({}));
  expect(settings.problems()[0]?.message).toContain('settings.json');
  expect(await namesIn(path.join(dataFolder, 'quarantine'))).toHaveLength(1);
  expect(await settings.update({ theme: 'black' })).toMatchObject({ ok: true, value: { theme: 'black' } });
});

it('opens the state before a write that was cut off', async () => {
  const dataFolder = await withSettings('{"theme": "ni');
  await writeFile(path.join(dataFolder, 'settings.json.kept'), '{"theme":"sepia"}');
  expect((await open(dataFolder)).read().theme).toBe('sepia');
});
