import fc from 'fast-check';
import { expect, it } from 'vitest';
import { summariseNotebook } from '#api';
import { emptyNotebook, outlineOf, textHashesOf } from '#model';
import { makeNote } from '../host-fixtures';
import { arbitraryNotebooks } from '../interchange/export/fixtures';

it('says of a notebook what the windows make of all of it', () => {
  fc.assert(
    fc.property(arbitraryNotebooks, (notebooks) => {
      for (const notebook of notebooks) {
        const outline = outlineOf(notebook);
        const collections = outline.collections?.map(({ id }) => id);
        expect({ ...outline, collections }).toMatchObject(JSON.parse(JSON.stringify(summariseNotebook(notebook))));
        expect(outlineOf(notebook).deletedCount).toBe(notebook.deletedNotes.length);
      }
    }),
  );
});

/** Every hash of a text in it, wherever it stands. */
function textHashesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, each]) => (field === 'textHash' && typeof each === 'string' ? [each] : textHashesIn(each)));
}

it('names all texts that a notebook counts on, those of deleted notes and of versions too', () => {
  const [one = '', two = '', three = '', four = '', five = ''] = ['1', '2', '3', '4', '5'].map((digit) => digit.repeat(64));
  const on = (textHash: string) => ({ anchor: { start: 0, end: 3, exact: 'The', prefix: '', suffix: '', textHash } });
  const version = { at: '2026-01-01T00:00:00.000Z', colour: 'green' as const, body: '', tags: [], ...on(three) };
  const notebook = emptyNotebook('0123456789', {
    paths: [],
    rawHash: one,
    textHash: one,
    history: [{ rawHash: two, textHash: two, until: '2026-01-01T00:00:00.000Z' }],
  });
  const all = {
    ...notebook,
    notes: [makeNote({ ...on(one), history: [version] })],
    deletedNotes: [{ note: makeNote({ ...on(four), history: [{ ...version, ...on(five) }] }), deletedAt: '2026-01-01T00:00:00.000Z' }],
  };
  expect(new Set(textHashesOf(outlineOf(all)))).toEqual(new Set([one, two, three, four, five]));
  fc.assert(
    fc.property(arbitraryNotebooks, (notebooks) => {
      for (const each of notebooks) expect(new Set(textHashesOf(outlineOf(each)))).toEqual(new Set(textHashesIn(each)));
    }),
  );
});
