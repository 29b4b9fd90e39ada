import { expect, test } from 'vitest';
import { countTagUses, tagKey } from '#model';
import { tagTree } from '../../../renderer/state/selectors';
import type { AppState } from '../../../renderer/state/store';

/** As much of the state as the tree looks at. */
const stateOf = (carriers: readonly string[][]): AppState =>
  ({
    tags: new Map(),
    tagUses: new Map(countTagUses(carriers).map(([name, count]) => [tagKey(name), { name, count }])),
  }) as unknown as AppState;

test('the tag tree counts documents and notes, on each level', () => {
  const carriers = [['a/b'], ['A/c'], ['a/b', 'a', 'A/c'], ['x']];
  expect(tagTree(stateOf(carriers)).map(({ name, depth, count }) => [name, depth, count])).toEqual([
    ['a', 0, 3],
    ['a/b', 1, 2],
    ['A/c', 1, 2],
    ['x', 0, 1],
  ]);
});
