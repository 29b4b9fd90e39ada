import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChange, emptyNotebook, invertChange, type Note, type Notebook, type NotebookChange } from '../../../electron/api';
import { emptyHistory, type History, record, redo, undo } from '../../../renderer/domain/history';

const ids = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002'] as const;
const at = '2026-11-22T12:00:00.000Z';
const note = (id: string, body: string, tags: string[]): Note => ({
  id,
  colour: 'green',
  body,
  tags,
  createdAt: at,
  modifiedAt: at,
  history: [],
});

const change: fc.Arbitrary<NotebookChange> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...ids), fc.string(), fc.array(fc.constantFrom('a', 'b/c')))
    .map(([id, body, tags]): NotebookChange => ({ type: 'put-note', note: note(id, body, tags) })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'delete-note', noteId, at })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'restore-note', noteId })),
  fc.array(fc.constantFrom('a', 'b')).map((tags): NotebookChange => ({ type: 'set-tags', tags })),
  fc.constantFrom('unread', 'reading', 'finished').map((status): NotebookChange => ({ type: 'set-status', status })),
  fc.constantFrom('Title', undefined).map((title): NotebookChange => ({ type: 'set-title', title })),
);

/** What the reader sees of a notebook; the trash may hold what was taken back. */
const visible = ({ notes, tags, status, title }: Notebook) => ({
  notes: notes.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, body, tags: own }) => ({ id, body, own })),
  tags,
  status,
  title,
});

test('undoing everything gives what there was, and redoing everything what there is', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const start = emptyNotebook('0123456789', { paths: [], rawHash: '0'.repeat(64), history: [] });
      let notebook = start;
      let history: History = emptyHistory;
      changes.forEach((each, index) => {
        const inverse = invertChange(notebook, each);
        const effective = visible(applyChange(notebook, each));
        if (inverse && JSON.stringify(effective) !== JSON.stringify(visible(notebook))) {
          history = record(history, { label: each.type, changes: [{ documentId: 'd', change: each, inverse }], at: index * 10_000 });
          notebook = applyChange(notebook, each);
        }
      });
      const end = visible(notebook);
      for (let replay = undo(history); replay; replay = undo(history)) {
        notebook = replay.changes.reduce((each, step) => applyChange(each, step.change), notebook);
        history = replay.history;
      }
      expect(visible(notebook)).toEqual(visible(start));
      for (let replay = redo(history); replay; replay = redo(history)) {
        notebook = replay.changes.reduce((each, step) => applyChange(each, step.change), notebook);
        history = replay.history;
      }
      expect(visible(notebook)).toEqual(end);
    }),
  );
});

test('rapid typing in one note is one step; a pause or another note begins a new one', () => {
  const [id] = ids;
  const step = (body: string, time: number, joinKey = `body ${id}`) => ({
    label: 'Edit note',
    joinKey,
    at: time,
    changes: [
      {
        documentId: 'd',
        change: { type: 'put-note' as const, note: note(id, body, []) },
        inverse: { type: 'put-note' as const, note: note(id, body.slice(0, -1), []) },
      },
    ],
  });
  let history = [step('a', 0), step('ab', 500), step('abc', 1_000)].reduce(record, emptyHistory);
  expect(history.past).toHaveLength(1);
  const [first] = undo(history)?.changes ?? [];
  expect(first?.change).toMatchObject({ note: { body: '' } });
  history = [step('abcd', 9_000), step('abcde', 9_100, 'other')].reduce(record, history);
  expect(history.past).toHaveLength(3);
});

test('a new change takes away what could be done again', () => {
  const step = { label: 'x', at: 0, changes: [] };
  const undone = undo(record(emptyHistory, step));
  expect(undone?.history.future).toHaveLength(1);
  expect(record(undone?.history ?? emptyHistory, { ...step, at: 9_999 }).future).toEqual([]);
});
