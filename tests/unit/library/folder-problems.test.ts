import { expect, it, onTestFinished, vi } from 'vitest';
import { FolderProblems } from '../../../electron/library/folder-problems';
import { addedFolder, type Folder } from '../../../electron/library/folders';

/** Problems with a clock of the test's own; `missing` are the paths that each folder lost. */
function open(missing: ReadonlyMap<Folder, string>) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const back: string[] = [];
  const problems = new FolderProblems({
    emit: () => {},
    missing: (id) => [...missing].flatMap(([folder, path]) => (folder.id === id ? [path] : [])),
    onBack: (folder) => void back.push(folder.path),
    unwatched: () => undefined,
  });
  onTestFinished(() => problems.close());
  /** Lets time pass until `isDone`, a look after the other. */
  const passUntil = async (isDone: () => boolean) => {
    while (!isDone()) {
      vi.advanceTimersByTime(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { problems, back, passUntil };
}

it('looks for what the folders lost as they are now, also when they change while it looks', async () => {
  const [gone, returned] = [addedFolder('/gone'), addedFolder('/returned')];
  const { problems, back, passUntil } = open(
    new Map([
      [gone, '/nowhere/a.txt'],
      [returned, import.meta.filename],
    ]),
  );
  problems.update([gone]);
  vi.advanceTimersByTime(4_000);
  // The look has begun, and asks the disk.
  problems.update([gone, returned]);
  await passUntil(() => back.length >= 2);
  expect(new Set(back)).toEqual(new Set(['/returned']));
});

it('looks for nothing any more when nothing is missing, also when that shows while it looks', async () => {
  const returned = addedFolder('/returned');
  const { problems, back, passUntil } = open(new Map([[returned, import.meta.filename]]));
  problems.update([returned]);
  vi.advanceTimersByTime(4_000);
  problems.update([]);
  await passUntil(() => back.length > 0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(vi.getTimerCount()).toBe(0);
});
