import { describe, expect, it } from 'vitest';
import type { Note, Placement } from '#model';
import { inTextOrder } from '../../../renderer/state/note-lists';

const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`;

const note = (id: string, minute: number, start?: number): Note => ({
  id,
  colour: 'yellow',
  body: '',
  tags: [],
  createdAt: at(minute),
  modifiedAt: at(minute),
  history: [],
  ...(start !== undefined && { anchor: { start, end: start + 5, exact: 'words', prefix: '', suffix: '', textHash: 'f'.repeat(64) } }),
});

describe('inTextOrder', () => {
  it('puts notes on the document first, then by place, then those without a place', () => {
    const notes = [note('lost', 1, 5), note('late', 2, 900), note('page', 3), note('early', 4, 100)];
    const placements = new Map<string, Placement>([
      ['lost', { state: 'unplaced' }],
      ['late', { state: 'moved', start: 50, end: 55 }],
      ['early', { state: 'exact', start: 100, end: 105 }],
    ]);
    expect(inTextOrder(notes, placements).map(({ id }) => id)).toEqual(['page', 'late', 'early', 'lost']);
  });

  it('goes by the anchors while nothing is placed, and by time at one place', () => {
    const notes = [note('second', 9, 10), note('first', 3, 10), note('before', 20, 2)];
    expect(inTextOrder(notes, new Map()).map(({ id }) => id)).toEqual(['before', 'first', 'second']);
  });
});
