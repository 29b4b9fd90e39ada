import { describe, expect, it } from 'vitest';
import { listHeading } from '../../../../renderer/ui/library/document-order';

describe('listHeading', () => {
  it.each([
    ['date', false, 'Documents · newest first'],
    ['date', true, 'Documents · oldest first'],
    ['title', true, 'Documents · A to Z'],
    ['last-read', false, 'Documents · last read'],
  ] as const)('names the order by %s (ascending: %s)', (sort, ascending, expected) => {
    expect(listHeading('Documents', sort, ascending)).toBe(expected);
  });

  it('names the reading status that the list shows', () => {
    expect(listHeading('Unread', 'added', false)).toBe('Unread · last added');
  });
});
