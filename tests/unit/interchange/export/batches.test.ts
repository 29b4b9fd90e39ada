import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Note } from '#model';
import { batchFrom } from '../../../../electron/interchange/export/batches';
import type { Batch, Place } from '../../../../electron/interchange/export/protocol';
import { type SelectedDocument, select } from '../../../../electron/interchange/selection';
import { note, notebook, sourceOf } from './fixtures';

async function selected(documents: readonly Note[][]): Promise<readonly SelectedDocument[]> {
  const source = sourceOf(documents.map((notes, index) => notebook(`document-${index}`, notes)));
  const result = await select(
    source,
    { scope: { type: 'documents', documentIds: documents.map((_, index) => `document-${index}`) }, format: 'markdown' },
    () => undefined,
  );
  if (!result.ok) throw new Error(result.failure.message);
  return result.value.documents;
}

function allBatches(documents: readonly SelectedDocument[], withNotes: boolean): Batch[] {
  const batches: Batch[] = [];
  for (let place: Place | undefined = { document: 0, note: 0 }; place; place = batches.at(-1)?.next)
    batches.push(batchFrom(documents, place, documents.length, withNotes));
  return batches;
}

it('hands every note over once, in order, a few at a time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 350 }), { minLength: 1, maxLength: 6 }), async (counts) => {
      const documents = await selected(counts.map((count) => Array.from({ length: count }, () => note())));
      const batches = allBatches(documents, true);
      const portions = batches.flatMap((batch) => batch.portions);
      expect(portions.flatMap(({ notes }) => notes.map(({ id }) => id))).toEqual(
        documents.flatMap(({ notes }) => notes.map(({ id }) => id)),
      );
      expect(portions.filter(({ goesOn }) => !goesOn).map(({ head }) => head.id)).toEqual(documents.map(({ head }) => head.id));
      for (const batch of batches) expect(batch.portions.flatMap(({ notes }) => notes).length).toBeLessThanOrEqual(100);
    }),
    { numRuns: 40 },
  );
});

it('counts the words of long notes, and never divides one', async () => {
  const long = Array.from({ length: 10 }, () => note({ body: 'x'.repeat(150_000) }));
  const batches = allBatches(await selected([[note({ body: 'y'.repeat(5_000_000) })], long]), true);
  expect(batches.map(({ portions }) => portions.map(({ notes }) => notes.length))).toEqual([[1], [2], [2], [2], [2], [2]]);
});

it('gives documents without their notes, a hundred at a time', async () => {
  const documents = await selected(Array.from({ length: 250 }, () => [note(), note()]));
  const batches = allBatches(documents, false);
  expect(batches.map(({ portions }) => portions.length)).toEqual([100, 100, 50]);
  expect(batches.flatMap(({ portions }) => portions).every(({ notes, goesOn }) => notes.length === 0 && !goesOn)).toBe(true);
});
