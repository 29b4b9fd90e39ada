import { watch } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { watchFolder } from '../../../electron/storage/folder-watch';
import { keepLog, makeDataFolder } from '../notebook/fixtures';

it('ends only when nothing is being looked at any more, and looks at nothing after that', async () => {
  const folder = await makeDataFolder();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const looked: string[] = [];
  const watching = watchFolder({
    folder,
    known: () => [],
    async lookAt(name) {
      looked.push(name);
      await released;
    },
    onUnwatched: () => {},
    log: keepLog(),
  });
  // More than are looked at at the same time.
  for (let index = 0; index < 20; index += 1) await writeFile(path.join(folder, `${index}.json`), '');
  await expect.poll(() => looked.length).toBeGreaterThan(0);
  const begun = looked.length;
  let isEnded = false;
  const ended = watching.close().then(() => {
    isEnded = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isEnded).toBe(false);
  release();
  await ended;
  expect(looked).toHaveLength(begun);
  watching.restart();
  expect(looked).toHaveLength(begun);
});

it('looks for the files that it knows of when the folder was made anew without them', async () => {
  const folder = path.join(await makeDataFolder(), 'notebooks');
  await mkdir(folder);
  const looked: string[] = [];
  const watching = watchFolder({
    folder,
    known: () => ['a.json'],
    lookAt: async (name) => void looked.push(name),
    onUnwatched: () => {},
    log: keepLog(),
  });
  onTestFinished(() => watching.close());
  await writeFile(path.join(folder, 'b.json'), '');
  await expect.poll(() => looked).toEqual(['b.json']);
  await rm(folder, { recursive: true });
  await mkdir(folder);
  await expect.poll(() => looked).toContain('a.json');
});

it('outlives a folder that cannot even be looked at, and watches it again when it is back', async () => {
  const folder = path.join(await makeDataFolder(), 'notebooks');
  await mkdir(folder);
  const looked: string[] = [];
  const warned: string[] = [];
  const log = { ...keepLog(), warn: (message: string) => void warned.push(message) };
  const watching = watchFolder({
    folder,
    known: () => [],
    lookAt: async (name) => void looked.push(name),
    onUnwatched: () => {},
    log,
  });
  onTestFinished(() => watching.close());
  await writeFile(path.join(folder, 'a.json'), '');
  await rm(folder, { recursive: true });
  // Looking at it fails as on a drive that is not there any more.
  await symlink(folder, folder);
  await expect.poll(() => warned.join()).toContain('cannot be looked at');
  await rm(folder);
  await mkdir(folder);
  await writeFile(path.join(folder, 'b.json'), '');
  await expect.poll(() => looked).toContain('b.json');
});

it('looks from time to time where the system has no watches left, says so, and watches again when it has', async () => {
  const folder = await makeDataFolder();
  await writeFile(path.join(folder, 'a.json'), '1');
  const looked: string[] = [];
  const states: unknown[] = [];
  let isFull = true;
  const watching = watchFolder({
    folder,
    known: () => [],
    lookAt: async (name) => void looked.push(name),
    onUnwatched: (by) => void states.push(by),
    log: keepLog(),
    // As inotify does when too many programs watch.
    watch: ((...of: Parameters<typeof watch>) => {
      if (isFull) throw Object.assign(new Error('EMFILE: too many open files, watch'), { code: 'EMFILE', syscall: 'watch' });
      return watch(...of);
    }) as typeof watch,
    lookEvery: 5,
  });
  onTestFinished(() => watching.close());
  expect(states).toEqual(['EMFILE']);
  await writeFile(path.join(folder, 'b.json'), '2');
  await expect.poll(() => looked).toContain('b.json');
  await expect.poll(() => looked).toContain('a.json');
  looked.length = 0;
  await rm(path.join(folder, 'a.json'));
  await expect.poll(() => looked).toContain('a.json');
  isFull = false;
  await expect.poll(() => states).toEqual(['EMFILE', undefined]);
  await writeFile(path.join(folder, 'c.json'), '3');
  await expect.poll(() => looked).toContain('c.json');
});
