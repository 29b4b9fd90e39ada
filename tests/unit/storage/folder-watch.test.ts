import { mkdir, rm, writeFile } from 'node:fs/promises';
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
  const watching = watchFolder({ folder, known: () => ['a.json'], lookAt: async (name) => void looked.push(name), log: keepLog() });
  onTestFinished(() => watching.close());
  await writeFile(path.join(folder, 'b.json'), '');
  await expect.poll(() => looked).toEqual(['b.json']);
  await rm(folder, { recursive: true });
  await mkdir(folder);
  await expect.poll(() => looked).toContain('a.json');
});
