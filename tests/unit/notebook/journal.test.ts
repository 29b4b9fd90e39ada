import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createJournal, type Journal } from '../../../electron/notebook/journal';
import { keepLog } from '../host-fixtures';
import { turnsDuring } from '../turns';

async function makeData(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-journal-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const open = (dataFolder: string, machine = 'one', now = '2026-11-22T12:00:00.000Z', log = keepLog()): Journal =>
  createJournal({ dataFolder, machineId: machine, check: async () => {}, now: () => new Date(now), log });

const coloured = (name: string) => ({ type: 'tag-coloured', name, to: 'pink' }) as const;
const names = async (journal: Journal) => {
  const { entries, unreadable } = await journal.read();
  return { names: entries.map((entry) => ('name' in entry ? entry.name : entry.type)), unreadable };
};

test('what was done is kept, a file for each machine and month, and read with the newest first', async () => {
  const data = await makeData();
  const journal = open(data);
  journal.add([coloured('a'), coloured('b')]);
  await journal.flush();
  const next = open(data, 'one', '2026-12-01T00:00:00.000Z');
  next.add([coloured('c')]);
  const other = open(data, 'two', '2026-11-30T00:00:00.000Z');
  other.add([coloured('d')]);
  await Promise.all([next.flush(), other.flush()]);
  expect((await readdir(path.join(data, 'journal'))).sort()).toEqual(['one-2026-11.jsonl', 'one-2026-12.jsonl', 'two-2026-11.jsonl']);
  expect(await names(next)).toEqual({ names: ['c', 'd', 'b', 'a'], unreadable: 0 });
  expect(await names(open(data))).toEqual({ names: ['c', 'd', 'b', 'a'], unreadable: 0 });
});

test('a line that is damaged or cut off is passed over and counted, and what comes after it is kept', async () => {
  const data = await makeData();
  const journal = open(data);
  journal.add([coloured('a')]);
  await journal.flush();
  const file = path.join(data, 'journal', 'one-2026-11.jsonl');
  await appendFile(file, 'no line of ours\n{"type":"tag-coloured","na');
  const again = open(data);
  again.add([coloured('b')]);
  expect(await names(again)).toEqual({ names: ['b', 'a'], unreadable: 2 });
  expect(await readFile(file, 'utf8')).toMatch(/"na\n\{.*"b".*\}\n$/);
});

test('an entry that a sync tool copied is there once, and one of a newer version is counted', async () => {
  const data = await makeData();
  const journal = open(data);
  journal.add([coloured('a')]);
  await journal.flush();
  const folder = path.join(data, 'journal');
  const lines = await readFile(path.join(folder, 'one-2026-11.jsonl'), 'utf8');
  await writeFile(path.join(folder, 'one-2026-11.sync-conflict-20261122.jsonl'), `${lines}{"type":"from-the-future"}\n`);
  expect(await names(journal)).toEqual({ names: ['a'], unreadable: 1 });
});

test('what cannot be written is told in the log, still listed, and written with what comes next', async () => {
  const data = await makeData();
  await writeFile(path.join(data, 'journal'), 'a file in the way');
  const log = keepLog();
  const journal = open(data, 'one', undefined, log);
  journal.add([coloured('a')]);
  await journal.flush();
  expect(log.lines.join()).toContain('journal');
  expect(await names(journal)).toEqual({ names: ['a'], unreadable: 0 });
  await rm(path.join(data, 'journal'));
  await mkdir(path.join(data, 'journal'));
  journal.add([coloured('b')]);
  await journal.flush();
  expect(await names(open(data))).toEqual({ names: ['b', 'a'], unreadable: 0 });
});

const finished = (documentId: string) => ({ type: 'field-set', documentId, field: 'status', to: 'finished' }) as const;
const linesIn = async (data: string) => (await readFile(path.join(data, 'journal', 'one-2026-11.jsonl'), 'utf8')).split('\n').length - 1;

test('60,000 entries are written at once, and read and taken out while others have their turns', async () => {
  const data = await makeData();
  const journal = open(data);
  const done = Array.from({ length: 60_000 }, (_, index) => finished(`document-${index % 4}`));
  journal.add(done);
  expect(await turnsDuring(journal.flush())).toBeGreaterThan(5);
  expect(await linesIn(data)).toBe(60_000);
  const again = open(data);
  expect(await turnsDuring(again.read())).toBeGreaterThan(20);
  expect(await again.count('document-2')).toBe(15_000);
  expect(await turnsDuring(again.removeEarlier('2026-11-01T00:00:00.000Z'))).toBeGreaterThan(20);
  expect(await turnsDuring(again.forget('document-2'))).toBeGreaterThan(5);
  expect(await linesIn(data)).toBe(45_000);
  expect(await again.count('document-2')).toBe(0);
});

test('what is forgotten goes out of the files of all machines, with lines that cannot be read and name it; all else stays as it is', async () => {
  const data = await makeData();
  const [one, two] = [open(data), open(data, 'two')];
  one.add([finished('document-1'), finished('document-2')]);
  two.add([finished('document-2'), coloured('document-1')]);
  await Promise.all([one.flush(), two.flush()]);
  const file = path.join(data, 'journal', 'one-2026-11.jsonl');
  const before = await readFile(file, 'utf8');
  await appendFile(file, 'a line on document-1 that cannot be read\nanother one\n');
  await one.forget('document-1');
  expect(await readFile(file, 'utf8')).toBe(`${before.split('\n')[1]}\nanother one\n`);
  expect(await names(one)).toEqual({ names: ['document-1', 'field-set', 'field-set'], unreadable: 1 });
});
