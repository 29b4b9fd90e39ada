import { expect, test } from 'vitest';
import { type ArchivedVersion, emptyNotebook, type NotebookOutline, outlineOf } from '#model';
import { textsOfNoOther } from '../../../electron/notebook/traces';
import { createPause } from '../../../electron/pacing';
import { turnsDuring } from '../turns';
import { makeNote } from './fixtures';

const hashOf = (number: number) => number.toString(16).padStart(64, '0');
const archivedOn = (number: number): ArchivedVersion => {
  const anchor = { start: 0, end: 3, exact: 'The', prefix: '', suffix: '', textHash: hashOf(number) };
  return { noteId: makeNote('').id, version: { at: '2026-01-01T00:00:00.000Z', colour: 'green', body: '', tags: [], anchor } };
};
const outlineOn = (id: string, ...numbers: number[]): NotebookOutline => ({
  ...outlineOf(emptyNotebook(id, { paths: [], rawHash: hashOf(0), history: [] })),
  noteTexts: numbers.map(hashOf),
});
const archives = (kept: Record<string, ArchivedVersion[]>) => ({
  ids: async () => Object.keys(kept),
  all: async (id: string) => kept[id] ?? [],
});

test('a text goes with its document only where no other one needs it, in its notebook or among its old versions', async () => {
  const archiving = archives({ 'document-1': [archivedOn(4), archivedOn(5)], 'document-2': [archivedOn(2), archivedOn(5)] });
  const outlines = [outlineOn('document-1', 1, 2, 3), outlineOn('document-2', 3)];
  expect(await textsOfNoOther('document-1', { outlines: () => outlines, archiving, pause: createPause() })).toEqual([hashOf(1), hashOf(4)]);
  const withUnreadable = () => [...outlines, undefined];
  expect(await textsOfNoOther('document-1', { outlines: withUnreadable, archiving, pause: createPause() })).toEqual([]);
});

test('all other documents are looked at while others have their turns', async () => {
  const outlines = Array.from({ length: 5000 }, (_, index) => outlineOn(`document-${index}`, index, index + 1));
  const found = textsOfNoOther('document-0', { outlines: () => outlines, archiving: archives({}), pause: createPause(0) });
  expect(await turnsDuring(found)).toBeGreaterThan(1000);
  expect(await found).toEqual([hashOf(0)]);
});
