import { expect, test } from 'vitest';
import { describe, type Note, type Placement } from '#model';
import { closeNoteIds, describePlacements, toReview } from '../../../renderer/state/placements';

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

test('the review has the notes of earlier texts in the order of this one, those without a place last', () => {
  const text = 'One two three four five six seven.';
  const at = '2026-01-01T00:00:00.000Z';
  const note = (id: string, textHash: string, start = 0): Note => ({
    id,
    anchor: describe(text, start, start + 3, textHash),
    colour: 'yellow',
    body: '',
    tags: [],
    createdAt: at,
    modifiedAt: at,
    history: [],
  });
  const notes = [note('lost', 'b', 0), note('late', 'b', 8), note('sure', 'b', 4), note('here', 'a', 0), note('early', 'b', 0)];
  const placements = new Map<string, Placement>([
    ['lost', unplaced],
    ['late', { ...close, start: 20, end: 22 } as Placement],
    ['sure', moved],
    ['here', { state: 'exact', start: 0, end: 3 }],
    ['early', close],
  ]);
  const { toSee, placed } = toReview(notes, placements, 'a');
  expect(toSee.map((each) => each.note.id)).toEqual(['early', 'late', 'lost']);
  expect(placed.map((each) => each.note.id)).toEqual(['sure']);
});
