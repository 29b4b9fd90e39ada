import path from 'node:path';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
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
