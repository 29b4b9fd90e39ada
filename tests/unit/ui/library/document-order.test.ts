import { describe, expect, it } from 'vitest';
import { orderHeading } from '../../../../renderer/ui/library/document-order';

describe('orderHeading', () => {
  it.each([
    ['date', false, 'newest first'],
    ['date', true, 'oldest first'],
    ['title', true, 'A to Z'],
    ['last-read', false, 'last read'],
  ] as const)('names the order by %s (ascending: %s)', (sort, ascending, expected) => {
    expect(orderHeading({ sort: sort, ascending: ascending })).toBe(expected);
  });
});
