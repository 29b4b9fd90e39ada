import { open } from 'node:fs/promises';
import path from 'node:path';
import { v7 as uuid } from 'uuid';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openBulkRecords } from '../../../electron/notebook';
import { keepLog, makeDataFolder } from './fixtures';

test('forgetting documents while another change of many is being noted loses none of its lines', async () => {
  const records = await openBulkRecords(path.join(await makeDataFolder(), 'bulk-edits'), keepLog());
  const id = uuid();
  await records.begin(id);
  const line = (index: number) => ({ documentId: String(index).padStart(32, '0'), done: [], undo: [] });
  await records.add(
    id,
    Array.from({ length: 2000 }, (_, index) => line(index)),
  );
  const forgetting = { isOver: false };
  let added = 2000;
  const adding = (async () => {
    while (!forgetting.isOver) {
      expect(await records.add(id, [line(added)])).toMatchObject({ ok: true });
      added += 1;
    }
  })();
  for (let index = 0; index < 5; index++) await records.forget(line(index).documentId);
  forgetting.isOver = true;
  await adding;
  const kept = new Set<string>();
  for await (const each of records.lines(id)) if (each && 'documentId' in each) kept.add(each.documentId);
  expect([...kept].sort()).toEqual(Array.from({ length: added - 5 }, (_, index) => line(index + 5).documentId));
});

test.skipIf(process.platform === 'win32')(
  'what was noted, and how far it is, outlives a power cut: the folder is made durable too',
  async () => {
    const folder = await makeDataFolder();
    const handle = await open(folder);
    const sync = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'sync');
    await handle.close();
    onTestFinished(() => sync.mockRestore());
    const records = await openBulkRecords(path.join(folder, 'bulk-edits'), keepLog());
    const syncsBy = async (act: () => Promise<unknown>) => {
      sync.mockClear();
      await act();
      return sync.mock.calls.length;
    };
    const id = uuid();
    expect(await syncsBy(() => records.begin(id))).toBe(1);
    expect(await syncsBy(() => records.add(id, [{ message: 'one' }]))).toBe(1);
    expect(await syncsBy(() => records.add(id, [{ message: 'two' }]))).toBe(0);
    expect(await syncsBy(() => records.mark(id, 'done'))).toBe(1);
    expect(await syncsBy(() => records.begin(uuid()))).toBe(0);
    expect(await syncsBy(() => records.remove(id))).toBe(1);
  },
);
