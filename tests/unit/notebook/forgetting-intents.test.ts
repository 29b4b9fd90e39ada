import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openForgettingIntents } from '../../../electron/notebook';
import { makeDataFolder } from './fixtures';

const at = '2026-11-22T12:00:00.000Z';
const intent = (...copies: string[]) => ({ at, texts: [], copies });

test('a synced file never names a copy outside of the folder of the copies, on whichever system, and takes no other intent down', async () => {
  const dataFolder = await makeDataFolder();
  const outside = ['../x', 'a/../../x', '..\\..\\x', 'a\\..\\..\\x', 'a/..\\..\\x', '/x', '\\x', 'C:\\x', 'c:x', ''];
  const documents = Object.fromEntries([
    ...outside.map((name, index) => [`document-${index}`, intent(name)]),
    ['document-good', intent('a/b..c.txt', '..d.txt')],
    ['document-other', { at: 'yesterday' }],
  ]);
  await mkdir(path.join(dataFolder, 'backups'), { recursive: true });
  await writeFile(path.join(dataFolder, 'backups', 'forgetting.json'), JSON.stringify({ version: 1, documents }));
  const intents = openForgettingIntents(dataFolder, async () => {});
  expect([...(await intents.list())]).toEqual([['document-good', intent('a/b..c.txt', '..d.txt')]]);
});
