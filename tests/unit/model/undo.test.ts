import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyChange,
  applyTagChange,
  emptyHistory,
  emptyNotebook,
  type History,
  invertChange,
  invertTagChange,
  type LocatedChange,
  type Note,
  type Notebook,
  type NotebookChange,
  type Place,
  record,
  redo,
  type Step,
  type TagChange,
  type TagDetails,
  tagKey,
  undo,
  withMovedNotes,
  withoutDocument,
} from '#model';

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

const notebookChange: fc.Arbitrary<NotebookChange> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...ids), fc.string(), fc.array(fc.constantFrom('a', 'b/c')))
    .map(([id, body, tags]): NotebookChange => ({ type: 'put-note', note: note(id, body, tags) })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'delete-note', noteId, at })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'restore-note', noteId })),
  fc.array(fc.constantFrom('a', 'b')).map((tags): NotebookChange => ({ type: 'set-tags', tags })),
  fc.constantFrom('unread', 'reading', 'finished').map((status): NotebookChange => ({ type: 'set-status', status })),
  fc.constantFrom('Title', undefined).map((title): NotebookChange => ({ type: 'set-title', title })),
  fc.constantFrom('koi8-r', undefined).map((encoding): NotebookChange => ({ type: 'set-encoding', encoding })),
);
const tagChange: fc.Arbitrary<TagChange> = fc
  .tuple(fc.constantFrom('a', 'A', 'b/c'), fc.constantFrom('green', 'pink', undefined))
  .map(([name, colour]): TagChange => ({ type: 'set-tag-colour', name, colour }));
const change: fc.Arbitrary<LocatedChange> = fc.oneof(
  notebookChange.map((each): LocatedChange => ({ documentId: 'd', change: each })),
  tagChange.map((each): LocatedChange => ({ change: each })),
);

/** What a session changes. */
interface Kept {
  notebook: Notebook;
  tags: readonly TagDetails[];
}

const applyTo = ({ notebook, tags }: Kept, { documentId, change: each }: LocatedChange): Kept =>
  documentId === undefined ? { notebook, tags: applyTagChange(tags, each) } : { notebook: applyChange(notebook, each), tags };

function invert({ notebook, tags }: Kept, { documentId, change: each }: LocatedChange): LocatedChange | undefined {
  if (documentId === undefined) return { change: invertTagChange(tags, each) };
  const inverse = invertChange(notebook, each);
  return inverse && { documentId, change: inverse };
}

/** What the reader sees of it; the trash may hold what was taken back, and a tag whose colour was may still be known. */
const visible = ({ notebook: { notes, tags, status, title, encoding }, tags: known }: Kept) => ({
  notes: notes.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, body, tags: own }) => ({ id, body, own })),
  tags,
  status,
  title,
  encoding,
  colours: known
    .filter(({ colour }) => colour !== undefined)
    .map(({ name, colour }) => [tagKey(name), colour])
    .sort(),
});

const start: Kept = { notebook: emptyNotebook('0123456789', { paths: [], rawHash: '0'.repeat(64), history: [] }), tags: [] };

test('undoing everything gives what there was, and redoing everything what there is', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      let kept = start;
      let history: History = emptyHistory;
      changes.forEach((each, index) => {
        const inverse = invert(kept, each);
        const after = applyTo(kept, each);
        if (inverse && JSON.stringify(visible(after)) !== JSON.stringify(visible(kept))) {
          history = record(history, {
            label: each.change.type,
            changes: [{ change: each, inverse }],
            at: index * 10_000,
            isOfLibrary: true,
          });
          kept = after;
        }
      });
      const end = visible(kept);
      for (let replay = undo(history, 'library'); replay; replay = undo(history, 'library')) {
        kept = replay.changes.reduce(applyTo, kept);
        history = replay.history;
      }
      expect(visible(kept)).toEqual(visible(start));
      for (let replay = redo(history, 'library'); replay; replay = redo(history, 'library')) {
        kept = replay.changes.reduce(applyTo, kept);
        history = replay.history;
      }
      expect(visible(kept)).toEqual(end);
    }),
  );
});

test('rapid typing in one note is one step; a pause or another note begins a new one', () => {
  const [id] = ids;
  const step = (body: string, time: number, joinKey = `body ${id}`) => ({
    label: 'Edit note',
    joinKey,
    at: time,
    isOfLibrary: false,
    changes: [
      {
        change: { documentId: 'd', change: { type: 'put-note' as const, note: note(id, body, []) } },
        inverse: { documentId: 'd', change: { type: 'put-note' as const, note: note(id, body.slice(0, -1), []) } },
      },
    ],
  });
  let history = [step('a', 0), step('ab', 500), step('abc', 1_000)].reduce(record, emptyHistory);
  expect(history.past).toHaveLength(1);
  const [first] = undo(history, { documentId: 'd' })?.changes ?? [];
  expect(first).toMatchObject({ documentId: 'd', change: { note: { body: '' } } });
  history = [step('abcd', 9_000), step('abcde', 9_100, 'other')].reduce(record, history);
  expect(history.past).toHaveLength(3);
});

const places: Place[] = [{ documentId: 'a' }, { documentId: 'b' }, 'library'];
const placed = fc.record({ place: fc.constantFrom(...places), change: notebookChange, tag: tagChange });

const asked: Place[] = [...places, { documentId: 'a', withLibrary: true }];

test('undo and redo stay in their place: a document, the library, or both', () => {
  fc.assert(
    fc.property(fc.array(placed, { maxLength: 30 }), fc.constantFrom(...asked), (steps, place) => {
      const apply = (all: ReadonlyMap<string, Kept>, each: LocatedChange): Map<string, Kept> => {
        const key = each.documentId ?? 'tags';
        return new Map(all).set(key, applyTo(all.get(key) ?? start, each));
      };
      let all: ReadonlyMap<string, Kept> = new Map();
      let history: History = emptyHistory;
      steps.forEach(({ place: where, change: ofNotebook, tag }, index) => {
        const each: LocatedChange = where === 'library' ? { change: tag } : { documentId: where.documentId, change: ofNotebook };
        const before = all.get(each.documentId ?? 'tags') ?? start;
        const inverse = invert(before, each);
        if (!inverse || JSON.stringify(visible(applyTo(before, each))) === JSON.stringify(visible(before))) return;
        all = apply(all, each);
        const isOfLibrary = where === 'library';
        history = record(history, { label: each.change.type, changes: [{ change: each, inverse }], at: index * 10_000, isOfLibrary });
      });
      const keys = place === 'library' ? ['tags'] : [place.documentId, ...(place.withLibrary ? ['tags'] : [])];
      const own = (of: ReadonlyMap<string, Kept>) => keys.map((key) => visible(of.get(key) ?? start));
      const others = (of: ReadonlyMap<string, Kept>) => [...of].filter(([name]) => !keys.includes(name)).sort();
      const end = all;
      for (let replay = undo(history, place); replay; replay = undo(history, place)) {
        all = replay.changes.reduce(apply, all);
        history = replay.history;
      }
      expect(own(all)).toEqual(own(new Map()));
      expect(others(all)).toEqual(others(end));
      for (let replay = redo(history, place); replay; replay = redo(history, place)) {
        all = replay.changes.reduce(apply, all);
        history = replay.history;
      }
      expect(own(all)).toEqual(own(end));
      expect(others(all)).toEqual(others(end));
    }),
  );
});

const stepIn = (documentId: string, at: number): Step => {
  const change: LocatedChange = { documentId, change: { type: 'set-status', status: 'finished' } };
  return { label: 'x', at, changes: [{ change, inverse: change }], isOfLibrary: false };
};

test('a new change takes away what could be done again in its document, and in no other', () => {
  const undone = undo(record(emptyHistory, stepIn('a', 0)), { documentId: 'a' })?.history ?? emptyHistory;
  expect(undone.future).toHaveLength(1);
  expect(record(undone, stepIn('b', 9_999)).future).toHaveLength(1);
  expect(record(undone, stepIn('a', 9_999)).future).toEqual([]);
});

test('what was done to notes that are another document’s by now is taken back there, and a joining is not once one of the two is forgotten', () => {
  const [id, other] = ids;
  const made = (noteId: string): Step => ({
    label: 'Add note',
    changes: [
      {
        change: { documentId: 'one', change: { type: 'put-note', note: note(noteId, 'words', []) } },
        inverse: { documentId: 'one', change: { type: 'delete-note', noteId, at } },
      },
    ],
    at: 0,
    isOfLibrary: false,
  });
  const joining = { stepId: 'joined', fromId: 'one', intoId: 'two' };
  const joined: Step = { label: 'Join documents', changes: [], joining, at: 1, isOfLibrary: true };
  const before = [made(id), made(other), joined].reduce(record, emptyHistory);
  const moved = withMovedNotes(before, 'one', 'two', new Set([id]));
  const placesIn = ({ past }: History) =>
    past.map(({ changes }) => changes.flatMap(({ change, inverse }) => [change.documentId, inverse.documentId]));
  expect(placesIn(moved)).toEqual([['two', 'two'], ['one', 'one'], []]);
  for (const documentId of ['one', 'two']) expect(undo(moved, { documentId })?.joining).toEqual(joining);
  expect(undo(moved, { documentId: 'three' })).toBeUndefined();
  expect(placesIn(withoutDocument(moved, 'one'))).toEqual([['two', 'two']]);
});

test('what Lectern did by itself is taken back after what the reader did a moment before, not after what is long past', () => {
  const lastAfter = (at: number) => record(record(emptyHistory, stepIn('a', 0)), { ...stepIn('a', at), isAutomatic: true }).past.at(-1);
  expect(lastAfter(10_000)?.at).toBe(0);
  expect(lastAfter(10_001)?.at).toBe(10_001);
});
