import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyChange,
  changesOf,
  collectionsOf,
  emptyNotebook,
  inversesOf,
  isTagWithin,
  levelsOf,
  mergeNotebooks,
  moveDetails,
  moveObstacle,
  moverOf,
  moveTags,
  type Note,
  type Notebook,
  type NotebookEdit,
  putDetailsBack,
  redirectOf,
  stillNeeded,
  type TagDetails,
  tagKey,
  useAgain,
} from '#model';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString();
const idOf = (index: number) => `01890000-0000-7000-8000-00000000000${index}`;
const note = (index: number, tags: string[], more: Partial<Note> = {}): Note => ({
  id: idOf(index),
  colour: 'blue',
  body: `words ${index}`,
  tags,
  createdAt: at(0),
  modifiedAt: at(0),
  history: [],
  ...more,
});

const name = fc.constantFrom('a', 'A', 'b', 'c', 'a/x', 'a/X', 'a/x/y', 'b/x', 'b/X', 'c/a', 'd');
const tags = fc.uniqueArray(name, { selector: tagKey, maxLength: 5 });
const notebook = fc
  .record({
    tags,
    noteTags: fc.array(fc.tuple(tags, fc.boolean()), { maxLength: 5 }),
    trashed: fc.array(tags, { maxLength: 2 }),
    status: fc.constantFrom('unread', 'reading', 'finished'),
  })
  .map(
    ({ noteTags, trashed, ...rest }): Notebook => ({
      ...emptyNotebook('0123456789', { paths: [], rawHash: '0'.repeat(64), history: [] }),
      ...rest,
      notes: noteTags.map(([own, isTheirs], index) => note(index, own, isTheirs ? { creator: { name: 'Ada' } } : {})),
      deletedNotes: trashed.map((own, index) => ({ note: note(5 + index, own), deletedAt: at(1) })),
    }),
  );
const move = fc
  .record({ from: name, to: fc.option(fc.oneof(name, fc.constantFrom('e', 'e/f', 'D')), { nil: undefined }) })
  .filter((each) => moveObstacle(each) === undefined);

const carriersIn = ({ tags: own, notes, deletedNotes }: Notebook) => [
  own,
  ...[...notes, ...deletedNotes.map((deleted) => deleted.note)].filter(({ creator }) => !creator).map((each) => each.tags),
];
const make = (before: Notebook, edit: NotebookEdit) => {
  const changes = changesOf(before, edit, at(5));
  return { changes, inverses: inversesOf(before, changes), after: changes.reduce(applyChange, before) };
};
const takeBack = (present: Notebook, { changes, inverses }: Pick<ReturnType<typeof make>, 'changes' | 'inverses'>) =>
  stillNeeded(present, inverses, changes, at(9)).reduce(applyChange, present);
const tagSets = (of: Notebook) => carriersIn(of).map((own) => own.map(tagKey).sort());

test('a tag cannot be moved under itself, to nothing, or to what it is', () => {
  expect(moveObstacle({ from: 'a', to: 'A/b' })).toContain('under itself');
  expect(moveObstacle({ from: 'a', to: ' / ' })).toContain('Write a name');
  expect(moveObstacle({ from: 'a', to: '#a' })).toContain('already');
  expect(moveObstacle({ from: 'a', to: 'b, c' })).toContain('comma');
  for (const to of ['A', 'b', 'b/a', undefined]) expect(moveObstacle({ from: 'a', to })).toBeUndefined();
});

test('what is under a tag goes along, into the casing that is there', () => {
  const mover = moverOf([{ from: 'a', to: 'b' }], ['a', 'a/X', 'B', 'b/x', 'c']);
  expect(['a', 'A/X', 'a/x/y', 'ab', 'c'].map(mover)).toEqual(['B', 'b/x', 'b/x/y', 'ab', 'c']);
  expect(moveTags(['c', 'A', 'B', 'a/X'], mover)).toEqual(['c', 'B', 'b/x']);
  expect(moverOf([{ from: 'a', to: 'A' }], ['a', 'a/x'])('a/x')).toBe('A/x');
});

test('after a move nothing carries the old tag, each carries once what it carried, and the plan says what changes', () => {
  fc.assert(
    fc.property(notebook, move, (before, each) => {
      const mover = moverOf([each], carriersIn(before).flat());
      const { after, changes } = make(before, { type: 'move-tags', mover });
      const expected = carriersIn(before).map((own) => new Set(own.flatMap((tag) => mover(tag) ?? []).map(tagKey)));
      expect(carriersIn(after).map((own) => new Set(own.map(tagKey)))).toEqual(expected);
      for (const own of carriersIn(after)) expect(new Set(own.map(tagKey)).size).toBe(own.length);
      if (each.to === undefined || !isTagWithin(each.to, each.from))
        for (const own of carriersIn(after)) expect(own.some((tag) => isTagWithin(tag, each.from))).toBe(false);
      const planned = changes.flatMap((change) => (change.type === 'retag-notes' ? change.notes : []));
      const all = (of: Notebook) => new Map([...of.notes, ...of.deletedNotes.map((deleted) => deleted.note)].map((own) => [own.id, own]));
      const others = all(after);
      const changed = [...all(before)].filter(([id, own]) => others.get(id)?.tags.join() !== own.tags.join()).map(([id]) => id);
      expect(planned.map(({ noteId }) => noteId).sort()).toEqual(changed.sort());
      expect(after.notes.filter(({ creator }) => creator)).toEqual(before.notes.filter(({ creator }) => creator));
    }),
  );
});

test('many tags are taken away at once, with those under them', () => {
  const mover = moverOf([{ from: 'a' }, { from: 'b/x' }], []);
  expect(['A/x', 'b', 'B/X/y', 'ab'].map(mover)).toEqual([undefined, 'b', undefined, 'ab']);
});

const edit: fc.Arbitrary<NotebookEdit> = fc.oneof(
  move.map((each): NotebookEdit => ({ type: 'move-tags', mover: moverOf([each], []) })),
  fc.record({ type: fc.constant('tag-document'), add: tags, remove: tags }) as fc.Arbitrary<NotebookEdit>,
  fc.constantFrom('unread', 'reading', 'finished').map((status): NotebookEdit => ({ type: 'set-status', status }) as NotebookEdit),
  fc.tuple(tags, tags).map(([add, remove]): NotebookEdit => ({ type: 'tag-notes', add, remove, noteIds: new Set([idOf(0), idOf(2)]) })),
  fc.boolean().map((is): NotebookEdit => ({ type: 'set-favourite', favourite: is ? true : undefined })),
  fc.constantFrom('m', undefined).map((later): NotebookEdit => ({ type: 'set-later', later })),
  fc.boolean().map((isIn): NotebookEdit => ({ type: 'set-collection', id: idOf(7), name: 'Thesis', isIn })),
  fc.constant<NotebookEdit>({ type: 'remove-record' }),
  fc.constant<NotebookEdit>({ type: 'delete-notes', noteIds: new Set([idOf(0), idOf(1)]) }),
);

test('taken back, all is as it was, with the words that were written meanwhile; done twice is done once', () => {
  fc.assert(
    fc.property(notebook, edit, fc.boolean(), (before, each, isWritten) => {
      const done = make(before, each);
      expect(done.changes.reduce(applyChange, done.after).notes).toEqual(done.after.notes);
      const [first] = done.after.notes.filter(({ creator }) => !creator);
      const written =
        first && isWritten
          ? applyChange(done.after, { type: 'put-note', note: { ...first, body: 'more', modifiedAt: at(6) }, basedOn: first.modifiedAt })
          : done.after;
      const back = takeBack(written, done);
      expect(back.status).toBe(before.status);
      expect([back.favourite, back.later, collectionsOf(back)]).toEqual([before.favourite, before.later, collectionsOf(before)]);
      expect(back.notes.map(({ id }) => id).sort()).toEqual(before.notes.map(({ id }) => id).sort());
      const tagsOf = (of: Notebook) =>
        new Map<string, string[]>([
          ['document', of.tags.map(tagKey).sort()],
          ...[...of.notes, ...of.deletedNotes.map((deleted) => deleted.note)].map(
            (own) => [own.id, own.tags.map(tagKey).sort()] as [string, string[]],
          ),
        ]);
      expect(tagsOf(back)).toEqual(tagsOf(before));
      if (first && isWritten) expect(back.notes.find(({ id }) => id === first.id)?.body).toBe('more');
      expect(takeBack(back, done).notes.length).toBe(back.notes.length);
    }),
  );
});

test('a tag that came meanwhile stays when a move is taken back, and a status that was set since', () => {
  const before: Notebook = { ...emptyNotebook('0123456789', { paths: [], rawHash: '0'.repeat(64), history: [] }), tags: ['a'] };
  const done = make(before, { type: 'move-tags', mover: moverOf([{ from: 'a', to: 'b' }], []) });
  const since = applyChange(done.after, { type: 'set-tags', tags: ['b', 'new'] });
  expect(takeBack(since, done).tags).toEqual(['new', 'a']);
  const finished = make(before, { type: 'set-status', status: 'finished' });
  const reading = applyChange(finished.after, { type: 'set-status', status: 'reading' });
  expect(takeBack(reading, finished).status).toBe('reading');
});

test('a note that was restored and deleted again by hand stays deleted when its deletion among many is taken back', () => {
  const before: Notebook = { ...emptyNotebook('0123456789', { paths: [], rawHash: '0'.repeat(64), history: [] }), notes: [note(0, [])] };
  const done = make(before, { type: 'delete-notes', noteIds: new Set([idOf(0)]) });
  const restored = applyChange(done.after, { type: 'restore-note', noteId: idOf(0) });
  expect(takeBack(applyChange(restored, { type: 'delete-note', noteId: idOf(0), at: at(6) }), done).notes).toEqual([]);
  const again = stillNeeded(restored, done.changes, done.inverses, at(7)).reduce(applyChange, restored);
  expect(again.notes).toEqual([]);
  expect(takeBack(again, done).notes).toHaveLength(1);
});

test('a machine that knows of no move keeps what it wrote, and its tags go where they went', () => {
  fc.assert(
    fc.property(notebook, move, (before, each) => {
      const mover = moverOf([each], carriersIn(before).flat());
      const { after } = make(before, { type: 'move-tags', mover });
      const merged = mergeNotebooks(after, before);
      expect(tagSets(merged)).toEqual(tagSets(mergeNotebooks(after, after)));
    }),
  );
});

test('words that another machine wrote are shown, however late their note’s tags were changed among many here', () => {
  fc.assert(
    fc.property(notebook, move, (before, each) => {
      const [first] = before.notes.filter(({ creator }) => !creator);
      fc.pre(first !== undefined);
      const written = applyChange(before, {
        type: 'put-note',
        note: { ...first, body: 'newer', modifiedAt: at(2) },
        basedOn: first.modifiedAt,
      });
      const { after, changes, inverses } = make(before, { type: 'move-tags', mover: moverOf([each], carriersIn(before).flat()) });
      for (const state of [after, takeBack(after, { changes, inverses })])
        expect(mergeNotebooks(state, written).notes.find(({ id }) => id === first.id)?.body).toBe('newer');
    }),
  );
});

test('of two changes of one note’s tags among many the later one counts, and one that was taken back stays so', () => {
  fc.assert(
    fc.property(notebook, edit, (before, each) => {
      const done = make(before, each);
      const back = takeBack(done.after, done);
      for (const [one, other] of [
        [back, done.after],
        [done.after, back],
      ] as const) {
        const tagsOf = (of: Notebook) => of.notes.map(({ id, tags: own }) => [id, own]);
        if (each.type !== 'delete-notes') expect(tagsOf(mergeNotebooks(one, other))).toEqual(tagsOf(mergeNotebooks(back, back)));
      }
    }),
  );
});

test('colours go along with a tag, and the old name tells where it went until it is used again', () => {
  const known: TagDetails[] = [
    { name: 'a', colour: 'pink' },
    { name: 'a/x', colour: 'green' },
    { name: 'b' },
    { name: 'b/x', colour: 'blue' },
  ];
  const moved = moveDetails(
    known,
    [{ from: 'a', to: 'b' }],
    moverOf(
      [{ from: 'a', to: 'b' }],
      known.map((tag) => tag.name),
    ),
    at(1),
  );
  expect(moved).toMatchObject([
    { name: 'a', movedTo: 'b' },
    { name: 'a/x', movedTo: 'b/x' },
    { name: 'b', colour: 'pink' },
    { name: 'b/x', colour: 'blue' },
  ]);
  expect(moved[0]).not.toHaveProperty('colour');
  expect(['A', 'a/x/z', 'c'].map((each) => redirectOf(moved)?.(each))).toEqual(['b', 'b/x/z', 'c']);
  expect(redirectOf(moved, 'aliases')).toBeUndefined();
  expect(redirectOf(useAgain(moved, 'a/x', at(2)))).toBeUndefined();
  expect(useAgain(moved, 'c', at(2))).toBe(moved);
  expect(
    putDetailsBack(moved, { before: known, after: moved }, at(3)).map(({ changedAt: _at, colouredAt: _colouredAt, ...rest }) => rest),
  ).toEqual(known);
});

test('moves one after the other lead to where the tag is in the end, and there and back again is no circle', () => {
  fc.assert(
    // A tag that was taken away in between leads nowhere: what is written with its name is a new one.
    fc.property(
      fc.array(
        move.filter(({ to }) => to !== undefined),
        { maxLength: 6 },
      ),
      name,
      (moves, start) => {
        let details: readonly TagDetails[] = [];
        for (const [index, each] of moves.entries()) {
          const known = details.filter(({ movedTo }) => movedTo === undefined).map((tag) => tag.name);
          details = moveDetails(details, [each], moverOf([each], known), at(index));
        }
        const last = redirectOf(details)?.(start) ?? start;
        for (const level of levelsOf(last)) {
          const own = details.find((tag) => tagKey(tag.name) === tagKey(level));
          expect(typeof own?.movedTo).not.toBe('string');
        }
      },
    ),
  );
});

test('a move is followed twice where it leads to one above it', () => {
  const moves = [
    { from: 'b/x', to: 'a' },
    { from: 'a', to: 'b' },
  ];
  let details: readonly TagDetails[] = [];
  for (const [index, each] of moves.entries()) details = moveDetails(details, [each], moverOf([each], []), at(index));
  expect(redirectOf(details)?.('a/X')).toBe('b');
});

test('what is written by another name is given what its tag became, also where two machines say the one and the other', () => {
  const tags = [{ name: 'pebble', movedTo: 'coast', isAlias: true }, { name: 'coast', movedTo: 'shore' }, { name: 'shore' }];
  const written = redirectOf(tags, 'aliases');
  expect(['pebble', 'pebble/round', 'coast', 'shore'].map((name) => written?.(name))).toEqual(['shore', 'shore/round', 'coast', 'shore']);
});

test('a tag that is named by its other name is no other name of itself', () => {
  const tags = [{ name: 'pebble', movedTo: 'coast', isAlias: true }, { name: 'coast' }];
  const moves = [{ from: 'coast', to: 'pebble' }];
  const moved = moveDetails(tags, moves, moverOf(moves, ['coast']), at(1));
  expect(moved.map(({ name, movedTo, isAlias }) => [name, movedTo, isAlias])).toEqual([
    ['pebble', undefined, undefined],
    ['coast', 'pebble', undefined],
  ]);
});
