import { describe, expect, it } from 'vitest';
import type { Note, Placement } from '#model';
import { inTextOrder, type NoteFilter, passesFilter, peopleOf, tagsOf } from '../../../renderer/state/note-lists';

const at = '2026-01-01T00:00:00.000Z';
const make = (tags: string[], colour: Note['colour'] = 'yellow'): Note => ({
  id: tags.join(),
  colour,
  body: '',
  tags,
  createdAt: at,
  modifiedAt: at,
  history: [],
});

it('passesFilter narrows by colour and tag, with the tags under it', () => {
  const note = make(['Places/Paris'], 'green');
  expect(
    [{}, { colour: 'green' }, { tag: 'places' }, { colour: 'green', tag: 'places/paris' }].every((filter) =>
      passesFilter(note, filter as never),
    ),
  ).toBe(true);
  expect([{ colour: 'blue' }, { tag: 'paris' }, { tag: 'places/paris/north' }].some((filter) => passesFilter(note, filter as never))).toBe(
    false,
  );
});

it('a bookmark has no colour to be found by, and is found among bookmarks', () => {
  const [highlight, bookmark] = [make(['a']), { ...make(['b']), motivation: 'bookmarking' as const }];
  const shown = (filter: NoteFilter) => [highlight, bookmark].filter((note) => passesFilter(note, filter)).map(({ id }) => id);
  expect([shown({}), shown({ colour: 'yellow' }), shown({ bookmarks: true })]).toEqual([['a', 'b'], ['a'], ['b']]);
});

it('passesFilter narrows by person, and peopleOf lists the others', () => {
  const [mine, theirs] = [make(['a']), { ...make(['b']), creator: { name: 'Anna' } }];
  const shown = (person: string) => [mine, theirs].filter((note) => passesFilter(note, { person })).map(({ id }) => id);
  expect([shown(''), shown('Anna'), shown('Ben')]).toEqual([['a'], ['b'], []]);
  expect(peopleOf([theirs, mine, theirs])).toEqual(['Anna']);
});

it('tagsOf lists each tag once, as it was written first', () => {
  expect(tagsOf([make(['Places/Paris']), make(['places']), make(['PLACES', 'art'])])).toEqual(['art', 'places', 'Places/Paris']);
});

const minuteOf = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`;

const placed = (id: string, minute: number, start?: number): Note => ({
  id,
  colour: 'yellow',
  body: '',
  tags: [],
  createdAt: minuteOf(minute),
  modifiedAt: minuteOf(minute),
  history: [],
  ...(start !== undefined && { anchor: { start, end: start + 5, exact: 'words', prefix: '', suffix: '', textHash: 'f'.repeat(64) } }),
});

describe('inTextOrder', () => {
  it('puts notes on the document first, then by place, then those without a place', () => {
    const notes = [placed('lost', 1, 5), placed('late', 2, 900), placed('page', 3), placed('early', 4, 100)];
    const placements = new Map<string, Placement>([
      ['lost', { state: 'unplaced' }],
      ['late', { state: 'moved', start: 50, end: 55 }],
      ['early', { state: 'exact', start: 100, end: 105 }],
    ]);
    expect(inTextOrder(notes, placements).map(({ id }) => id)).toEqual(['page', 'late', 'early', 'lost']);
  });

  it('goes by the anchors while nothing is placed, and by time at one place', () => {
    const notes = [placed('second', 9, 10), placed('first', 3, 10), placed('before', 20, 2)];
    expect(inTextOrder(notes, new Map()).map(({ id }) => id)).toEqual(['before', 'first', 'second']);
  });
});
