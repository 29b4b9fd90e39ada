import fc from 'fast-check';
import { expect, it } from 'vitest';
import { summariseNotebook } from '#api';
import { outlineOf } from '#model';
import { arbitraryNotebooks } from '../interchange/export/fixtures';

it('says of a notebook what the windows make of all of it', () => {
  fc.assert(
    fc.property(arbitraryNotebooks, (notebooks) => {
      for (const notebook of notebooks) {
        expect(outlineOf(notebook)).toMatchObject(JSON.parse(JSON.stringify(summariseNotebook(notebook))));
        expect(outlineOf(notebook).deletedCount).toBe(notebook.deletedNotes.length);
      }
    }),
  );
});
