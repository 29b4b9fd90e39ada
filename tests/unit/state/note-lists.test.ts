import { describe, expect, it } from 'vitest';
import type { LocatedNote } from '#api';
import type { Colour } from '#model';
import { groupNotes, type NotesQuery, tagsOf } from '../../../renderer/state/note-lists';

interface Made {
  documentId: string;
  id: string;
  minute: number;
  start?: number;
  body?: string;
  tags?: string[];
  colour?: Colour;
}

const make = ({ documentId, id, minute, start, body = '', tags = [], colour = 'yellow' }: Made): LocatedNote => {
  const moment = `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`;
  const anchor =
    start === undefined ? {} : { anchor: { start, end: start + 9, exact: 'the quote', prefix: '', suffix: '', textHash: 'f'.repeat(64) } };
  return { documentId, note: { id, colour, body, tags, createdAt: moment, modifiedAt: moment, history: [], ...anchor } };
};

const all = [
  make({ documentId: 'beta', id: 'b1', minute: 1, start: 50, body: 'Café society', tags: ['Places/Paris'] }),
  make({ documentId: 'beta', id: 'b2', minute: 9, start: 10, colour: 'green' }),
  make({ documentId: 'alpha', id: 'a1', minute: 5, body: 'On the whole', tags: ['places'] }),
];

const titles: Record<string, string> = { alpha: 'Alpha', beta: 'Beta report' };
const found = (query: Partial<NotesQuery>) =>
  groupNotes(all, { text: '', order: 'newest', ...query }, (id) => titles[id] ?? '').map(({ title, notes }) => [
    title,
    notes.map(({ id }) => id),
  ]);

describe('groupNotes', () => {
  it('puts the newest first, in groups and within them', () => {
    expect(found({})).toEqual([
      ['Beta report', ['b2', 'b1']],
      ['Alpha', ['a1']],
    ]);
  });

  it('goes by title and place', () => {
    expect(found({ order: 'document' })).toEqual([
      ['Alpha', ['a1']],
      ['Beta report', ['b2', 'b1']],
    ]);
  });

  it('finds words without case and diacritics in notes, quotes, tags and titles', () => {
    expect(found({ text: 'CAFE' })).toEqual([['Beta report', ['b1']]]);
    expect(found({ text: 'quote report' })).toEqual([['Beta report', ['b2', 'b1']]]);
    expect(found({ text: 'paris' })).toEqual([['Beta report', ['b1']]]);
    expect(found({ text: 'nowhere' })).toEqual([]);
  });

  it('narrows by colour, document and tag with the tags under it', () => {
    expect(found({ colour: 'green' })).toEqual([['Beta report', ['b2']]]);
    expect(found({ documentId: 'alpha' })).toEqual([['Alpha', ['a1']]]);
    expect(found({ tag: 'places' })).toEqual([
      ['Alpha', ['a1']],
      ['Beta report', ['b1']],
    ]);
    expect(found({ tag: 'places/paris' })).toEqual([['Beta report', ['b1']]]);
  });
});

describe('tagsOf', () => {
  it('lists each tag once, as it was written first', () => {
    expect(tagsOf([...all, make({ documentId: 'beta', id: 'b3', minute: 2, tags: ['PLACES', 'art'] })].map(({ note }) => note))).toEqual([
      'art',
      'places',
      'Places/Paris',
    ]);
  });
});
