import { expect, test } from 'vitest';
import { labelOf } from '../../../../electron/formats/html/list-labels';

test.each([
  [1, undefined, '1'],
  [12, '1', '12'],
  [1, 'a', 'a'],
  [26, 'a', 'z'],
  [27, 'A', 'AA'],
  [703, 'a', 'aaa'],
  [4, 'i', 'iv'],
  [1994, 'I', 'MCMXCIV'],
  [88, 'i', 'lxxxviii'],
  [0, 'a', '0'],
  [-3, 'I', '-3'],
  [4_000, 'i', '4000'],
])('item %i of a list of type %s is labelled %s', (number, type, label) => {
  expect(labelOf(number, type)).toBe(label);
});
