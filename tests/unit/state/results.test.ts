import { beforeEach, expect, test, vi } from 'vitest';
import { ok, type SearchGroup } from '#api';
import type { TagDetails } from '#model';
import { followTags, loadMoreResults, openResults, repeatResults } from '../../../renderer/state/actions/results';
import { setBridge } from '../../../renderer/state/client';
import { rowsOf } from '../../../renderer/state/results';
import { getState, setState } from '../../../renderer/state/store';
import { waitFor } from '../wait-for';
import { makeHost } from './support';

/** A document with hits at these offsets of its text. */
const group = (documentId: string, ...starts: number[]): SearchGroup => ({
  documentId,
  title: documentId,
  isWholeTitle: false,
  score: 1,
  total: starts.length,
  inText: starts.length,
  hits: starts.map((start) => ({
    kind: 'text',
    before: '',
    match: 'x',
    after: '',
    marks: [],
    place: { start, end: start + 1, textHash: 'h' },
  })),
});

let groups: SearchGroup[] = [];

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  setState({ results: undefined, tags: new Map() });
  followTags();
  const { bridge } = makeHost({
    'search.run': ({ limit, from = 0 }) =>
      ok({ groups: groups.slice(from, from + limit), documentCount: groups.length, elapsed: 1, hasMore: from + limit < groups.length }),
  });
  setBridge(bridge);
});

const answered = () => waitFor(() => expect(getState().results?.isPending).toBe(false));

const rowAt = (place: number | undefined) => {
  const row = place === undefined ? undefined : rowsOf(getState().results?.found?.groups ?? [])[place];
  return row && [row.group.documentId, row.hit?.place?.start];
};

/** Opens the results, and has the rows at these places active and open. */
async function show(found: SearchGroup[], active: number, opened: number): Promise<void> {
  groups = found;
  openResults('x');
  await answered();
  const { results } = getState();
  setState({ results: results && { ...results, active, opened } });
}

async function showAgain(found: SearchGroup[]): Promise<void> {
  groups = found;
  repeatResults();
  await answered();
}

test('what is active and open stays the same passage when the results are asked for again', async () => {
  await show([group('one', 10, 20), group('two', 5)], 1, 2);
  await showAgain([group('new', 1), group('two', 3, 5), group('one', 10, 15, 20)]);
  const { active, opened } = getState().results ?? {};
  expect([rowAt(active), rowAt(opened)]).toEqual([
    ['one', 20],
    ['two', 5],
  ]);
});

test('a passage that is gone is not open, and the keys go on beside it', async () => {
  await show([group('one', 10, 20), group('two', 5), group('three', 7)], 1, 1);
  await showAgain([group('new', 1), group('one', 10), group('two', 5)]);
  expect([rowAt(getState().results?.active), getState().results?.opened]).toEqual([['one', 10], undefined]);
  await showAgain([group('two', 5)]);
  expect(rowAt(getState().results?.active)).toEqual(['two', 5]);
});

test('all documents that were loaded stay when the results are asked for again', async () => {
  const all = Array.from({ length: 500 }, (_, index) => group(`document-${index}`, 1));
  await show(all, 0, 0);
  while ((getState().results?.found?.groups.length ?? 0) < 450) await loadMoreResults();
  const { results } = getState();
  const held = results?.found?.groups.length;
  setState({ results: results && { ...results, active: 440, opened: 441 } });
  await showAgain([group('new', 1), ...all]);
  const { found, active, opened } = getState().results ?? {};
  expect(found?.groups.length).toBe(held);
  expect([rowAt(active), rowAt(opened)]).toEqual([
    ['document-440', 1],
    ['document-441', 1],
  ]);
});

test('what is open stays so where new documents move it behind those that were held', async () => {
  const all = Array.from({ length: 60 }, (_, index) => group(`document-${index}`, 1));
  // The last one of those that are asked for at once.
  await show(all, 7, 7);
  await showAgain([group('new', 1), ...all]);
  const { active, opened } = getState().results ?? {};
  expect([rowAt(active), rowAt(opened)]).toEqual([
    ['document-7', 1],
    ['document-7', 1],
  ]);
});

test('the results go along with a tag that their query names, and back with it; what is active stays', async () => {
  groups = [group('one', 10, 20)];
  openResults('tag:Coast/wind dune');
  await answered();
  const { results } = getState();
  setState({ results: results && { ...results, active: 1 } });
  const told = async (...tags: TagDetails[]) => {
    setState({ tags: new Map(tags.map((tag) => [tag.name, tag])) });
    followTags();
    await answered();
    return [getState().results?.query, getState().results?.active];
  };
  const moved = { name: 'coast', movedTo: 'sea side' };
  expect(await told(moved)).toEqual(['tag:"sea side/wind" dune', 1]);
  expect(await told(moved, { name: 'other' })).toEqual(['tag:"sea side/wind" dune', 1]);
  expect(await told({ name: 'coast' }, { name: 'sea side', movedTo: null })).toEqual(['tag:Coast/wind dune', 1]);
  // What is asked for with the old name afterwards is what was meant.
  await told(moved);
  openResults('tag:coast');
  await answered();
  expect(await told(moved, { name: 'another' })).toEqual(['tag:coast', 0]);
});
