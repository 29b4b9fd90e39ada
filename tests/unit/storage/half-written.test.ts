import { type FileHandle, mkdir, open as openFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Notebook } from '#model';
import { type NotebookOptions, openNotebooks, openTags } from '../../../electron/notebook';
import type { Patience } from '../../../electron/storage/half-written';
import { create, ID, keepLog, makeDataFolder, makeNote, namesIn, notebookPath, putNote, readJson } from '../notebook/fixtures';

async function open(dataFolder: string, options: Partial<NotebookOptions> & { patience: Patience }) {
  const store = await openNotebooks({ dataFolder, log: keepLog(), backupDelay: null, ...options });
  onTestFinished(() => store.close());
  return store;
}

/** Waits as long for a file as the other program takes `steps`, one while each pause, and at most ten times. */
const during = (...steps: (() => Promise<unknown>)[]): Patience => ({
  period: 60_000,
  most: 2_000,
  now: Date.now,
  pause: async () => void (await steps.shift()?.()),
});

const bodies = (notebook: Notebook | undefined) => notebook?.notes.map(({ body }) => body).toSorted();
const bodiesOnDisk = async (dataFolder: string, id = ID) => bodies((await readJson(notebookPath(dataFolder, id))) as Notebook);
const quarantined = (dataFolder: string) => namesIn(path.join(dataFolder, 'quarantine'));

/** A file as another machine has it, and its first half. */
function theirs(id = ID) {
  const whole = JSON.stringify({ ...create(id)(), notes: [makeNote(`theirs ${id}`)] });
  return { whole, half: whole.slice(0, whole.length / 2) };
}

it('a file that another program is in the midst of writing is merged by a save once it is whole', async () => {
  const dataFolder = await makeDataFolder();
  const { whole, half } = theirs();
  const file = notebookPath(dataFolder);
  const store = await open(dataFolder, {
    patience: during(
      async () => {},
      () => writeFile(file, whole),
    ),
  });
  await store.apply(ID, [putNote(makeNote('ours'))], create());
  await writeFile(file, half);
  expect(await store.apply(ID, [putNote(makeNote('more'))], create())).toMatchObject({ ok: true });
  expect(await bodiesOnDisk(dataFolder)).toEqual(['more', 'ours', `theirs ${ID}`]);
  expect(store.problems()).toEqual([]);
  expect(await quarantined(dataFolder)).toEqual([]);
});

it('and by the next start', async () => {
  const dataFolder = await makeDataFolder();
  const { whole, half } = theirs();
  const file = notebookPath(dataFolder);
  await mkdir(path.dirname(file));
  await writeFile(file, half);
  const store = await open(dataFolder, { patience: during(() => writeFile(file, whole)) });
  expect(bodies(store.get(ID))).toEqual([`theirs ${ID}`]);
  expect(store.problems()).toEqual([]);
  expect(await quarantined(dataFolder)).toEqual([]);
});

it('and so with tags', async () => {
  const dataFolder = await makeDataFolder();
  const file = path.join(dataFolder, 'tags.json');
  const whole = '{"version":1,"tags":[{"name":"theirs"}]}';
  const tags = await openTags({ dataFolder, log: keepLog(), patience: during(() => writeFile(file, whole)) });
  await tags.remember(['ours']);
  await writeFile(file, whole.slice(0, 20));
  expect(await tags.remember(['more'])).toMatchObject({ ok: true });
  expect(
    tags
      .list()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['more', 'ours', 'theirs']);
  expect(tags.problems()).toEqual([]);
});

it.each([
  ['never becomes whole', during()],
  ['has been still for long', { ...during(() => Promise.reject(new Error('It was waited for.'))), now: () => Date.now() + 120_000 }],
])('a file that %s is put away and told, and our own is written, also when Lectern ends', async (_, patience) => {
  const dataFolder = await makeDataFolder();
  const store = await open(dataFolder, { patience });
  await store.apply(ID, [putNote(makeNote('ours'))], create());
  await writeFile(notebookPath(dataFolder), theirs().half);
  const saved = store.apply(ID, [putNote(makeNote('more'))], create());
  await store.close();
  expect(await saved).toMatchObject({ ok: true });
  expect(await bodiesOnDisk(dataFolder)).toEqual(['more', 'ours']);
  expect(store.problems()).toMatchObject([{ id: expect.stringContaining(`${ID}:changed-outside`) }]);
  expect(await quarantined(dataFolder)).toHaveLength(1);
});

it('files that are waited for hold up no save of another', async () => {
  const dataFolder = await makeDataFolder();
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const store = await open(dataFolder, { patience: { ...during(), pause: () => finished } });
  const ids = Array.from({ length: 6 }, (_, index) => `document-${index}`);
  await Promise.all(ids.map((id) => store.apply(id, [putNote(makeNote('ours'))], create(id))));
  const texts = new Map(ids.map((id) => [id, theirs(id)]));
  for (const [id, { half }] of texts) await writeFile(notebookPath(dataFolder, id), half);
  let answered = 0;
  const saves = ids.map((id) => store.apply(id, [putNote(makeNote('more'))], create(id)).finally(() => (answered += 1)));
  expect(await store.apply('document-9', [putNote(makeNote('elsewhere'))], create('document-9'))).toMatchObject({ ok: true });
  expect(answered).toBe(0);
  for (const [id, { whole }] of texts) await writeFile(notebookPath(dataFolder, id), whole);
  finish();
  expect((await Promise.all(saves)).every(({ ok }) => ok)).toBe(true);
  for (const id of ids) expect(await bodiesOnDisk(dataFolder, id)).toEqual(['more', 'ours', `theirs ${id}`]);
});

it('a file that another program begins to write while ours is written is merged too', async () => {
  const dataFolder = await makeDataFolder();
  const { whole, half } = theirs();
  let handle: FileHandle | undefined;
  let isBegun = false;
  const store = await open(dataFolder, {
    patience: during(async () => {
      await handle?.write(whole.slice(half.length), half.length);
      await handle?.close();
    }),
    // Asked between the look at the file and the write.
    claim: async () => {
      if (!isBegun) return undefined;
      isBegun = false;
      handle = await openFile(notebookPath(dataFolder), 'r+');
      await handle.truncate();
      await handle.write(half, 0);
      return undefined;
    },
  });
  await store.apply(ID, [putNote(makeNote('ours'))], create());
  isBegun = true;
  expect(await store.apply(ID, [putNote(makeNote('more'))], create())).toMatchObject({ ok: true });
  await store.flush();
  expect(await bodiesOnDisk(dataFolder)).toEqual(['more', 'ours', `theirs ${ID}`]);
  expect(store.problems()).toEqual([]);
  expect(await readFile(path.join(dataFolder, 'quarantine', (await quarantined(dataFolder))[0] ?? ''), 'utf8')).toBe(whole);
});
