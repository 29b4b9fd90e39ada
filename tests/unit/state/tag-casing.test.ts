import { expect, test } from 'vitest';
import { tagKey } from '#model';
import { inKnownCasing } from '../../../renderer/state/tag-casing';

const known = new Map(['Trade/Slate', 'food', 'People/Ada Brook/Letters'].map((name) => [tagKey(name), { name }]));

test.each([
  ['FOOD', 'food'],
  ['food/Bread', 'food/Bread'],
  ['trade', 'Trade'],
  ['TRADE/fish', 'Trade/fish'],
  ['trade/slate/Blue', 'Trade/Slate/Blue'],
  ['people/ada brook', 'People/Ada Brook'],
  ['people/ada brook/diaries', 'People/Ada Brook/diaries'],
  [' #new / Tag ', 'new/Tag'],
  ['trades/fish', 'trades/fish'],
])('%j is kept as %j', (written, kept) => {
  expect(inKnownCasing(written, known)).toBe(kept);
});
