import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { makeDataFolder, namesIn, open } from './fixtures';

const text = ' date 2021-12-03 \n\nEuropean countries – “concerned” 😀\r\n\u0000';
const hash = createHash('sha256').update(text).digest('hex');
const fileOf = (dataFolder: string) => path.join(dataFolder, 'texts', `${hash}.gz`);

it('keeps a text once, and reads it back exactly', async () => {
  const dataFolder = await makeDataFolder();
  const store = await open(dataFolder);
  expect(await Promise.all([store.keepText(hash, text), store.keepText(hash, text)])).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
  ]);
  const { mtimeMs } = await stat(fileOf(dataFolder));
  const again = await open(dataFolder);
  expect(await again.keepText(hash, text)).toEqual({ ok: true, value: null });
  expect((await stat(fileOf(dataFolder))).mtimeMs).toBe(mtimeMs);
  expect(await again.readText(hash)).toEqual({ ok: true, value: text });
  expect(gunzipSync(await readFile(fileOf(dataFolder))).toString()).toBe(text);
});

it('refuses a text that is not the one of the hash', async () => {
  const dataFolder = await makeDataFolder();
  const store = await open(dataFolder);
  expect(await store.keepText(hash, `${text}.`)).toMatchObject({ ok: false, failure: { code: 'text-hash-mismatch' } });
  expect(await namesIn(path.join(dataFolder, 'texts'))).toEqual([]);
  expect(await store.readText(hash)).toMatchObject({ ok: false, failure: { code: 'document-not-found' } });
});

it.each([Buffer.from('not gzip'), Buffer.alloc(0)])('sets a damaged text aside and keeps it anew', async (damage) => {
  const dataFolder = await makeDataFolder();
  const first = await open(dataFolder);
  await first.keepText(hash, text);
  await writeFile(fileOf(dataFolder), damage);
  const store = await open(dataFolder);
  expect(await store.readText(hash)).toMatchObject({ ok: false, failure: { code: 'text-hash-mismatch' } });
  expect(await store.keepText(hash, text)).toEqual({ ok: true, value: null });
  expect(await store.readText(hash)).toEqual({ ok: true, value: text });
  expect(await namesIn(path.join(dataFolder, 'quarantine'))).toHaveLength(1);
});

it('takes no path for a hash', async () => {
  const store = await open(await makeDataFolder());
  await expect(store.readText('../settings')).rejects.toThrow();
});
