import { expect, test } from 'vitest';
import type { Placement } from '#model';
import { closeNoteIds, describePlacements } from '../../../renderer/state/placements';

const moved: Placement = { state: 'moved', start: 0, end: 1 };
const close: Placement = { state: 'close', start: 0, end: 1, score: 0.7 };
const unplaced: Placement = { state: 'unplaced' };

test('what became of passages is one sentence', () => {
  const cases: [Placement[], string | undefined][] = [
    [[], undefined],
    [[{ state: 'exact', start: 0, end: 1 }], undefined],
    [[moved], '1 was found again.'],
    [[close, close], '2 are likely where dashed lines are.'],
    [[moved, moved, unplaced], '2 were found again and 1 was not found.'],
    [[unplaced, unplaced, moved, close], '1 was found again, 1 is likely where a dashed line is and 2 were not found.'],
  ];
  for (const [placements, expected] of cases)
    expect(describePlacements(placements)).toBe(expected && `The document has changed since you marked passages in it: ${expected}`);
});

test('the notes that wait to be confirmed are those whose place is close', () => {
  expect(
    closeNoteIds(
      new Map<string, Placement>([
        ['a', moved],
        ['b', close],
        ['c', unplaced],
        ['d', close],
      ]),
    ),
  ).toEqual(['b', 'd']);
});
