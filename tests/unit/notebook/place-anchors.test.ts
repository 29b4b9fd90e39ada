import { expect, test } from 'vitest';
import { fail, ok } from '#api';
import { type Anchor, anchorKey, describe, emptyNotebook, type Notebook, type Placement } from '#model';
import { createPlaceAnchors } from '../../../electron/notebook';

const [NOW, OLD, OLDER] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];
const TEXT = 'One two three four five six seven.';
const anchorAt = (start: number, textHash: string): Anchor => describe(TEXT, start, start + 3, textHash);

function notebookWith(...anchors: Anchor[]): Notebook {
  const at = '2026-01-01T00:00:00.000Z';
  const notes = anchors.map((anchor, index) => ({
    id: `0190f5a0-0000-7000-8000-${String(index).padStart(12, '0')}`,
    anchor,
    colour: 'yellow' as const,
    body: '',
    tags: [],
    createdAt: at,
    modifiedAt: at,
    history: [],
  }));
  return { ...emptyNotebook('document-1', { paths: [], rawHash: NOW, history: [] }), notes };
}

test('anchors of earlier texts are placed with the text that was kept of each, and those of this text are left alone', async () => {
  const [here, there, elsewhere] = [anchorAt(0, NOW), anchorAt(4, OLD), anchorAt(8, OLDER)];
  const notebook = notebookWith(here, there, there, elsewhere);
  const place = createPlaceAnchors({
    get: () => notebook,
    readText: async (hash) => (hash === OLD ? ok(TEXT) : fail('document-not-found', 'It was not kept.')),
  });
  const asked: unknown[] = [];
  const placement: Placement = { state: 'close', score: 0.5, start: 1, end: 2 };
  const answer = await place('document-1', {
    textHash: NOW,
    place: async (earlier) => {
      asked.push(...earlier);
      return [asked.length === 1 ? [placement] : [{ state: 'unplaced' }]];
    },
  });
  expect(asked).toEqual([{ text: TEXT, anchors: [there] }, { anchors: [elsewhere] }]);
  expect(answer).toEqual({ [anchorKey(there)]: placement, [anchorKey(elsewhere)]: { state: 'unplaced' } });
});

test('what was placed is not placed again until a note or the text changes', async () => {
  let notebook = notebookWith(anchorAt(4, OLD));
  const place = createPlaceAnchors({ get: () => notebook, readText: async () => ok(TEXT) });
  let times = 0;
  const read = (textHash: string) => ({
    textHash,
    place: async (earlier: readonly { anchors: readonly Anchor[] }[]) => {
      times += 1;
      return earlier.map(({ anchors }) => anchors.map((): Placement => ({ state: 'unplaced' })));
    },
  });
  await place('document-1', read(NOW));
  await place('document-1', read(NOW));
  expect(times).toBe(1);
  notebook = notebookWith(anchorAt(4, OLD), anchorAt(8, OLD));
  expect(Object.keys((await place('document-1', read(NOW))) ?? {})).toHaveLength(2);
  await place('document-1', read(OLDER));
  expect(times).toBe(3);
});

test('where every note was made on this text nothing is asked', async () => {
  const place = createPlaceAnchors({ get: () => notebookWith(anchorAt(0, NOW)), readText: async () => ok(TEXT) });
  const answer = await place('document-1', { textHash: NOW, place: () => Promise.reject(new Error('asked')) });
  expect(answer).toBeUndefined();
});
