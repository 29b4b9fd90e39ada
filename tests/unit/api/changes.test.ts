import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChange, emptyNotebook, type Note, type Notebook, type NotebookChange } from '../../../electron/api';
import { queueChange } from '../../../renderer/domain/pending';

const ids = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002'] as const;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString();
const note = (body: string, minute = 0, id: string = ids[0]): Note => ({
  id,
  colour: 'blue',
  body,
  tags: [],
  createdAt: at(0),
  modifiedAt: at(minute),
  history: [],
});
const notebook = (part: Partial<Notebook> = {}): Notebook => ({
  ...emptyNotebook('0123456789', { paths: ['/a.txt'], rawHash: '0'.repeat(64), history: [] }),
  ...part,
});

test('unknown fields of notebooks, notes and positions survive every change', () => {
  const before = notebook({
    future: { x: 1 },
    notes: [{ ...note('one'), later: 'kept' }],
    position: { offset: 1, progress: 0.1, line: 3 },
  });
  const changes: NotebookChange[] = [
    { type: 'put-note', note: note('two', 1) },
    { type: 'set-position', position: { offset: 9, progress: 0.9 }, at: at(2) },
    { type: 'set-title', title: 'T' },
    { type: 'set-title' },
    { type: 'delete-note', noteId: ids[0], at: at(3) },
    { type: 'restore-note', noteId: ids[0] },
  ];
  const after = changes.reduce(applyChange, before);
  expect(after).toMatchObject({ future: { x: 1 }, position: { offset: 9, line: 3 } });
  expect(after.notes).toEqual([{ ...note('two', 1), later: 'kept' }]);
  expect('title' in after).toBe(false);
});

test('an edit after a while keeps what stood there before; edits in one sitting do not', () => {
  const first = applyChange(notebook(), { type: 'put-note', note: note('draft', 0) });
  const sitting = applyChange(first, { type: 'put-note', note: note('draft, better', 1) });
  expect(sitting.notes[0]?.history).toEqual([]);
  const later = applyChange(sitting, { type: 'put-note', note: note('rewritten', 30) });
  expect(later.notes[0]?.history).toMatchObject([{ body: 'draft, better', at: at(1) }]);
});

test('a deleted note is in the trash, once, until it is restored or purged', () => {
  const one = applyChange(notebook(), { type: 'put-note', note: note('words') });
  const deletion: NotebookChange = { type: 'delete-note', noteId: ids[0], at: at(5) };
  const deleted = applyChange(applyChange(one, deletion), deletion);
  expect(deleted.notes).toEqual([]);
  expect(deleted.deletedNotes).toEqual([{ note: note('words'), deletedAt: at(5) }]);
  expect(applyChange(deleted, { type: 'restore-note', noteId: ids[0] })).toMatchObject({ notes: [note('words')], deletedNotes: [] });
  expect(applyChange(deleted, { type: 'purge-note', noteId: ids[0] }).deletedNotes).toEqual([]);
});

test('a note that is put while it is in the trash keeps its history, and what it was there', () => {
  const edited = [note('first', 0), note('second', 30)].reduce(
    (before, each) => applyChange(before, { type: 'put-note', note: each }),
    notebook(),
  );
  const deleted = applyChange(edited, { type: 'delete-note', noteId: ids[0], at: at(40) });
  const back = applyChange(deleted, { type: 'put-note', note: note('third', 60) });
  expect(back.deletedNotes).toEqual([]);
  expect(back.notes[0]?.body).toBe('third');
  expect(back.notes[0]?.history.map(({ body }) => body)).toEqual(['first', 'second']);
});

const change: fc.Arbitrary<NotebookChange> = fc.oneof(
  fc.tuple(fc.constantFrom(...ids), fc.string()).map(([id, body]): NotebookChange => ({ type: 'put-note', note: note(body, 0, id) })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'delete-note', noteId, at: at(1) })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'restore-note', noteId })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'purge-note', noteId })),
  fc.array(fc.constantFrom('a', 'b')).map((tags): NotebookChange => ({ type: 'set-tags', tags })),
);

test('each change can be applied twice: a retry is harmless', () => {
  fc.assert(
    fc.property(fc.array(change), change, (before, each) => {
      const start = before.reduce(applyChange, notebook());
      const once = applyChange(start, each);
      expect(applyChange(once, each)).toEqual(once);
    }),
  );
});

test('a queue that leaves out what is needless ends in the same notebook', () => {
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const queued = changes.reduce<NotebookChange[]>(queueChange, []);
      expect(queued.reduce(applyChange, notebook())).toEqual(changes.reduce(applyChange, notebook()));
      expect(queued.length).toBeLessThanOrEqual(changes.length);
    }),
  );
});
