import { expect, test } from 'vitest';
import { ok } from '#api';
import { type Anchor, anchorKey, applyChange, describe, emptyNotebook, type Locator, type Notebook, type TextRange } from '#model';
import { createLocateAnchors } from '../../../electron/notebook';
import type { NotebookStore } from '../../../electron/notebook/notebook-store';
import { makeNote } from '../host-fixtures';

const [NOW, OLD] = ['a', 'b'].map((letter) => letter.repeat(64)) as [string, string];
const TEXT = 'One two three four five six seven.';
const anchorAt = (start: number, textHash: string, locator?: Locator): Anchor => ({
  ...describe(TEXT, start, start + 3, textHash),
  ...(locator && { locator }),
});

/** A document with these anchors, read into a text in which each place is on a page of its own. */
function setUp(...anchors: Anchor[]) {
  const identity = { paths: [], rawHash: NOW, history: [] };
  let notebook: Notebook = { ...emptyNotebook('document-1', identity), notes: anchors.map((anchor) => makeNote({ anchor })) };
  const told: string[] = [];
  const asked: TextRange[] = [];
  const notebooks: Pick<NotebookStore, 'get' | 'lockedBecause' | 'apply'> = {
    get: () => notebook,
    lockedBecause: () => undefined,
    async apply(_, changes) {
      const before = notebook;
      notebook = changes.reduce(applyChange, notebook);
      return ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: 1, before, after: notebook });
    },
  };
  const log = { error: () => {}, warn: () => {}, info: () => {} };
  const locateAnchors = createLocateAnchors({ notebooks: notebooks as NotebookStore, log: log as never, tell: (id) => told.push(id) });
  return {
    told,
    asked,
    notes: () => notebook.notes,
    read: (placements = {}) =>
      locateAnchors('document-1', {
        textHash: NOW,
        placements,
        async locate(ranges) {
          asked.push(...ranges);
          return ranges.map(({ start }) => (start === 0 ? null : { page: String(start) }));
        },
      }),
  };
}

test('notes get the page of their passage when their document is read, and nothing else of them changes', async () => {
  const { read, notes, told, asked } = setUp(anchorAt(4, NOW), anchorAt(8, NOW, { page: 'wrong' }));
  const before = notes();
  await read();
  expect(notes().map(({ anchor }) => anchor?.locator)).toEqual([{ page: '4' }, { page: '8' }]);
  expect(notes().map(({ anchor, ...note }) => note)).toEqual(before.map(({ anchor, ...note }) => note));
  expect(told).toEqual(['document-1']);
  await read();
  await read();
  expect(told).toEqual(['document-1']);
  expect(asked).toHaveLength(2);
});

test('a wrong page goes where nothing tells another', async () => {
  const { read, notes } = setUp(anchorAt(0, NOW, { page: 'wrong' }));
  await read();
  expect(notes()[0]?.anchor).not.toHaveProperty('locator');
});

test('passages of an earlier text get the page of where they are now without doubt, and keep what they are', async () => {
  const [moved, close, gone] = [anchorAt(4, OLD, { page: 'old' }), anchorAt(8, OLD, { page: 'old' }), anchorAt(14, OLD, { page: 'old' })];
  const { read, notes } = setUp(moved, close, gone);
  await read({
    [anchorKey(moved)]: { state: 'moved', start: 20, end: 23 },
    [anchorKey(close)]: { state: 'close', start: 24, end: 27, score: 0.5 },
    [anchorKey(gone)]: { state: 'unplaced' },
  });
  expect(notes().map(({ anchor }) => anchor)).toEqual([{ ...moved, locator: { page: '20' } }, close, gone]);
});
