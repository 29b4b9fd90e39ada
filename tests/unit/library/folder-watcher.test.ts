import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { watch } from 'chokidar';
import { expect, it, onTestFinished } from 'vitest';
import { type WatchSystem, watchFolder } from '../../../electron/library/folder-watcher';
import { openTestLibrary, rowsOf, temporaryFolder } from './support';

/** What inotify says when all of the system's watches are used. */
const noWatchesLeft = (): Error =>
  Object.assign(new Error('ENOSPC: System limit for number of file watchers reached'), { code: 'ENOSPC', syscall: 'watch' });

/** A system with so few watches that folders named `sub` get none, until `free` is called. */
function smallSystem(): WatchSystem & { free(): void } {
  let isFull = true;
  return {
    watch(root, options) {
      const watcher = watch(root, options);
      watcher.on('addDir', (folder) => {
        if (isFull && path.basename(folder) === 'sub') watcher.emit('error', noWatchesLeft());
      });
      return watcher;
    },
    canWatch: () => !isFull,
    restAfter: () => 5,
    free() {
      isFull = false;
    },
  };
}

/** A folder with `a.txt` and `sub/b.txt`. */
async function twoTexts(): Promise<string> {
  const root = path.join(await temporaryFolder(), 'texts');
  await mkdir(path.join(root, 'sub'), { recursive: true });
  await writeFile(path.join(root, 'a.txt'), 'One');
  await writeFile(path.join(root, 'sub', 'b.txt'), 'Two');
  return root;
}

it('looks again and again at a folder for which no watches are left, and watches it once there are', async () => {
  const root = await twoTexts();
  const system = smallSystem();
  const told: string[] = [];
  const states: (string | undefined)[] = [];
  const watching = watchFolder({
    root,
    isElsewhere: () => false,
    onFile: (file, event) => void told.push(`${event} ${path.relative(root, file)}`),
    onRoot: () => {},
    onError: () => {},
    onUndecodable: () => {},
    onUnwatched: (by) => void states.push(by),
    system,
  });
  onTestFinished(() => watching.close());
  await watching.ready;
  expect(states).toEqual(['ENOSPC']);
  expect(new Set(told)).toEqual(new Set(['found a.txt', 'found sub/b.txt']));
  told.length = 0;

  await writeFile(path.join(root, 'sub', 'b.txt'), 'Two more');
  await writeFile(path.join(root, 'c.txt'), 'Three');
  await writeFile(path.join(root, '.hidden.txt'), 'Nobody looks at it');
  await rm(path.join(root, 'a.txt'));
  await expect.poll(() => [...told].sort()).toEqual(['changed sub/b.txt', 'found c.txt', 'gone a.txt']);
  told.length = 0;

  system.free();
  await expect.poll(() => states).toEqual(['ENOSPC', undefined]);
  await rename(path.join(root, 'c.txt'), path.join(root, 'd.txt'));
  await expect.poll(() => told).toContain('gone c.txt');
  await expect.poll(() => told).toContain('found d.txt');
  expect(told).not.toContain('gone sub/b.txt');
});

it('tells what went while a folder was watched anew', async () => {
  const root = await twoTexts();
  const system = smallSystem();
  const told: string[] = [];
  const states: (string | undefined)[] = [];
  const watching = watchFolder({
    root,
    isElsewhere: () => false,
    onFile: (file, event) => void told.push(`${event} ${path.relative(root, file)}`),
    onRoot: () => {},
    onError: () => {},
    onUndecodable: () => {},
    onUnwatched: (by) => void states.push(by),
    system: {
      ...system,
      canWatch() {
        if (!system.canWatch([])) return false;
        // Nobody looks between this and the new watch.
        void rm(path.join(root, 'a.txt'));
        return true;
      },
    },
  });
  onTestFinished(() => watching.close());
  await watching.ready;
  system.free();
  await expect.poll(() => states).toEqual(['ENOSPC', undefined]);
  await expect.poll(() => told).toContain('gone a.txt');
});

it('tells once that folders cannot be watched, and what to do, until they are; what is in them is in the list', async () => {
  const root = await twoTexts();
  const system = smallSystem();
  const { library, listener } = await openTestLibrary({ data: path.join(path.dirname(root), 'data'), folders: [root], watching: system });
  expect(Object.keys(rowsOf(library)).sort()).toEqual(['a.txt', 'sub/b.txt']);
  expect(library.problems()).toEqual([{ id: 'folders:unwatched', message: expect.stringContaining('cannot be watched') }]);
  if (process.platform === 'linux') expect(library.problems()[0]?.message).toContain('fs.inotify.max_user_watches');
  await writeFile(path.join(root, 'sub', 'c.txt'), 'Three');
  await listener.until(() => 'sub/c.txt' in rowsOf(library), 'the new text');
  await rm(path.join(root, 'a.txt'));
  await listener.until(() => !('a.txt' in rowsOf(library)), 'the list without the text');
  system.free();
  await listener.until(() => library.problems().length === 0, 'the end of the problem');
  expect(listener.told.filter(({ event }) => event === 'app.problem')).toHaveLength(1);
});

it('has nothing to tell any more when a folder that could not be watched was taken away and came back to a system with watches', async () => {
  const root = await twoTexts();
  const system = smallSystem();
  // It is only watched again since the folder came back.
  const watching = { ...system, canWatch: () => false };
  const { library, listener } = await openTestLibrary({ data: path.join(path.dirname(root), 'data'), folders: [root], watching });
  expect(library.problems()).toHaveLength(1);
  await rename(root, `${root} away`);
  await listener.until(() => library.problems().some(({ message }) => message.includes('is not there')), 'the folder that is gone');
  system.free();
  await rename(`${root} away`, root);
  await listener.until(() => library.problems().length === 0, 'the end of all problems');
  expect(Object.keys(rowsOf(library)).sort()).toEqual(['a.txt', 'sub/b.txt']);
});
