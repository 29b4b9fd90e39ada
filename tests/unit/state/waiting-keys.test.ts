import { expect, test } from 'vitest';
import { isListKey, type ListKey, replayKeys } from '../../../renderer/state/waiting-keys';

test.each<[ListKey[], number, { active: number; isChosen: boolean }]>([
  [[], 3, { active: 0, isChosen: false }],
  [['Enter'], 3, { active: 0, isChosen: true }],
  [['ArrowDown', 'Enter'], 3, { active: 1, isChosen: true }],
  [['ArrowUp', 'Enter'], 3, { active: 2, isChosen: true }],
  [['ArrowDown', 'ArrowDown', 'ArrowDown'], 3, { active: 0, isChosen: false }],
  [['End', 'ArrowUp'], 3, { active: 1, isChosen: false }],
  [['End', 'Home', 'Enter'], 3, { active: 0, isChosen: true }],
  // What was pressed after Enter was meant for what Enter opens.
  [['Enter', 'ArrowDown'], 3, { active: 0, isChosen: true }],
  [['ArrowDown', 'Enter'], 0, { active: 0, isChosen: false }],
])('%j in a list of %i', (keys, count, expected) => {
  expect(replayKeys(keys, count)).toEqual(expected);
});

test('only the keys of a list wait for it', () => {
  expect(['Enter', 'ArrowDown', 'ArrowUp', 'Home', 'End'].every(isListKey)).toBe(true);
  expect(['a', 'Escape', 'ArrowLeft', 'Tab', 'toString'].some(isListKey)).toBe(false);
});
