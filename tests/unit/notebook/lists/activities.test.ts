import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type JournalEntry, toldByNotes } from '#model';
import type { JournalContents } from '../../../../electron/notebook/journal';
import { arbitraryNotebook, DOCUMENTS, makeNote, makeNotebook, moment, openLists, putTogether } from './fixtures';

const tagged = (documentId: string, minute: number, to: string): JournalEntry => ({
  type: 'document-tagged',
  id: crypto.randomUUID(),
  at: moment(minute),
  documentId,
  from: [],
  to: [to],
});

test('in pages is all that notebooks and the journal tell, the last first, of one document or of all', async () => {
  const entries = fc.array(
    fc.tuple(fc.constantFrom(...DOCUMENTS), fc.nat(9)).map(([documentId, minute]) => tagged(documentId, minute, 'a')),
    { maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(arbitraryNotebook, { selector: ({ id }) => id, maxLength: 4 }),
      arbitraryNotebook,
      entries,
      fc.integer({ min: 1, max: 5 }),
      fc.option(fc.constantFrom(...DOCUMENTS), { nil: undefined }),
      async (first, changed, journaled, size, documentId) => {
        let contents: JournalContents = { entries: [], unreadable: 2 };
        const { lists, notebooks } = openLists(first, {}, { journal: { read: async () => contents } });
        const ask = async () => {
          const { rows, last } = await putTogether(size, (place) => lists.activities('window', documentId, place));
          const told = [...[...notebooks.values()].flatMap(toldByNotes), ...contents.entries];
          const wanted = told.filter((each) => documentId === undefined || ('documentId' in each && each.documentId === documentId));
          const inOrder = rows.map(({ activity }) => activity.at);
          expect(inOrder).toEqual(inOrder.toSorted().reverse());
          expect(rows.map(({ activity }) => JSON.stringify(activity)).sort()).toEqual(wanted.map((each) => JSON.stringify(each)).sort());
          expect(last.unreadable).toBe(2);
        };
        await ask();
        notebooks.set(changed.id, changed);
        contents = { entries: journaled.toSorted((a, b) => (a.at < b.at ? 1 : -1)), unreadable: 2 };
        await ask();
      },
    ),
    { numRuns: 60 },
  );
});

test('a row says which document and note it is about, and why it cannot be taken back', async () => {
  const [standing, deleted] = [
    makeNote({ id: '01890000-0000-7000-8000-000000000001', minute: 1, body: 'words' }),
    makeNote({ id: '01890000-0000-7000-8000-000000000002', minute: 2, start: 3 }),
  ];
  const notebook = makeNotebook('aaaaaaaa', [standing], { deletedNotes: [{ note: deleted, deletedAt: moment(3) }] });
  const { lists } = openLists([notebook], { aaaaaaaa: 'The harbour' });
  const page = await lists.activities('window', undefined, { from: 1, count: 2 });
  expect(page).toEqual({
    total: 3,
    from: 1,
    previousAt: moment(3),
    unreadable: 0,
    rows: [
      {
        activity: { type: 'note-made', at: moment(2), documentId: 'aaaaaaaa', noteId: deleted.id },
        title: 'The harbour',
        excerpt: 'the quote',
        obstacle: 'The note is in the trash.',
      },
      {
        activity: { type: 'note-made', at: moment(1), documentId: 'aaaaaaaa', noteId: standing.id },
        title: 'The harbour',
        excerpt: 'words',
      },
    ],
  });
});
