import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { Beginning } from '../../../electron/library/beginning';
import { openTestLibrary, temporaryFolder } from './support';

function beginning(isAtOnce = false) {
  const scan = vi.fn();
  return { scan, beginning: new Beginning({ isAtOnce, scan }) };
}

it('scans a moment after the last thing that was waited for, once, or at the latest after a while', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const all = [beginning(), beginning(), beginning(), beginning(true)];
    const [told, waiting, closed, atOnce] = all.map((each) => each.beginning);
    const scans = () => all.map(({ scan }) => scan.mock.calls.length);
    await atOnce?.done;
    told?.now();
    told?.now();
    await told?.done;
    closed?.now();
    closed?.close();
    expect(scans()).toEqual([0, 0, 0, 1]);
    for (let times = 0; times < 3; times += 1) {
      await vi.advanceTimersByTimeAsync(300);
      told?.putOff();
    }
    expect(scans()).toEqual([0, 0, 0, 1]);
    const { promise, resolve } = Promise.withResolvers<string>();
    const awaited = told?.putOffFor(promise);
    told?.putOff();
    await vi.advanceTimersByTimeAsync(900);
    expect(scans()).toEqual([0, 0, 0, 1]);
    resolve('found');
    expect(await awaited).toBe('found');
    await vi.advanceTimersByTimeAsync(300);
    expect(scans()).toEqual([0, 0, 0, 1]);
    await vi.advanceTimersByTimeAsync(500);
    expect(scans()).toEqual([1, 0, 0, 1]);
    // Not until no timer is left: others may be waiting in this process, again and again.
    await vi.advanceTimersByTimeAsync(5_000);
    await waiting?.done;
    for (const each of all) each.beginning.putOff();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(scans()).toEqual([1, 1, 0, 1]);
  } finally {
    vi.useRealTimers();
  }
});

it('lets a window have the list of a large library before its folders are scanned, and tells nothing of what is found as it was', async () => {
  const [data, folder] = [await temporaryFolder(), await temporaryFolder()];
  for (let number = 0; number < 501; number += 1) await writeFile(path.join(folder, `${number}.txt`), `Document ${number}`);
  const first = await openTestLibrary({ data, folders: [folder] });
  await first.library.close();
  const { library, listener } = await openTestLibrary({ data, folders: [folder] }, false);
  let hasBegun = false;
  void library.begun.then(() => {
    hasBegun = true;
  });
  const page = library.page({ sort: 'title', ascending: true }, { from: 0, count: 3, locate: [] });
  expect((await page).total).toBeGreaterThan(500);
  expect(hasBegun).toBe(false);
  await library.ready;
  expect(hasBegun).toBe(true);
  await listener.until(() => listener.told.some(({ event, payload }) => event === 'library.changed' && !payload.scanning));
  const changes = listener.told.flatMap(({ event, payload }) => (event === 'library.changed' ? [payload] : []));
  // That it is scanned, and that it is over.
  expect(changes.length).toBeLessThanOrEqual(2);
  expect(changes[0]?.folders).toContainEqual(expect.objectContaining({ path: folder, documentCount: 501 }));
});
