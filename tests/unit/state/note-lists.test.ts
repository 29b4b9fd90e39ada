import { expect, it } from 'vitest';
import type { Note } from '#model';
import { passesFilter, tagsOf } from '../../../renderer/state/note-lists';

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

it('tagsOf lists each tag once, as it was written first', () => {
  expect(tagsOf([make(['Places/Paris']), make(['places']), make(['PLACES', 'art'])])).toEqual(['art', 'places', 'Places/Paris']);
});
