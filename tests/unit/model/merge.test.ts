import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyChange,
  basedOn,
  editionsOf,
  emptyNotebook,
  isSameContent,
  markedSame,
  mergeNotebooks,
  momentToForget,
  type Note,
  type Notebook,
  type NotebookChange,
  notebookSchema,
  withEdition,
} from '#model';

const ids = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002'] as const;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12) + minute * 60_000).toISOString();
const note = (body: string, minute = 0, id: string = ids[0]): Note => ({
  id,
  colour: 'blue',
  body,
  tags: [],
  createdAt: at(0),
  modifiedAt: at(minute),
  history: [],
});
const empty = emptyNotebook('0123456789', { paths: ['/a.txt'], rawHash: '0'.repeat(64), history: [] });

const change = (before: Notebook, each: NotebookChange): Notebook => applyChange(before, basedOn(before, each, at(0)));
const put = (before: Notebook, each: Note) => change(before, { type: 'put-note', note: each });
const remove = (before: Notebook, noteId: string, minute: number) => change(before, { type: 'delete-note', noteId, at: at(minute) });

const shared = put(put(empty, note('first')), note('second', 0, ids[1]));

test('notes that two machines changed are all there', () => {
  const ours = put(shared, note('first, by us', 1));
  const theirs = put(put(shared, note('second, by them', 2, ids[1])), note('third', 2, '01890000-0000-7000-8000-000000000003'));
  expect(mergeNotebooks(ours, theirs).notes.map(({ body }) => body)).toEqual(['first, by us', 'second, by them', 'third']);
});

test('the same note changed on both shows the later words and keeps the others', () => {
  const merged = mergeNotebooks(put(shared, note('our words', 9)), put(shared, note('their words', 5)));
  expect(merged.notes[0]).toMatchObject({ body: 'our words' });
  expect(merged.notes[0]?.history.map(({ body }) => body)).toContain('their words');
});

test('a deletion holds, unless the other machine has written in the note since', () => {
  const deleted = remove(shared, ids[0], 5);
  expect(mergeNotebooks(deleted, shared)).toMatchObject({ notes: [{ id: ids[1] }], deletedNotes: [{ note: { body: 'first' } }] });
  const edited = put(shared, note('first, and more', 3));
  expect(mergeNotebooks(deleted, edited)).toMatchObject({ notes: [{ body: 'first, and more' }, { id: ids[1] }], deletedNotes: [] });
});

test('a note that is brought back stays, also where the deletion is still known', () => {
  const deleted = remove(shared, ids[0], 5);
  const back = change(deleted, { type: 'restore-note', noteId: ids[0] });
  expect(mergeNotebooks(deleted, back)).toMatchObject({ notes: [{ id: ids[0] }, { id: ids[1] }], deletedNotes: [] });
});

test('a note that was removed for good does not come back, until someone writes in it', () => {
  const purged = change(remove(shared, ids[0], 5), { type: 'purge-note', noteId: ids[0] });
  expect(mergeNotebooks(purged, shared)).toMatchObject({ notes: [{ id: ids[1] }], deletedNotes: [] });
  expect(mergeNotebooks(purged, put(shared, note('more', 9))).notes).toHaveLength(2);
});

test('an undo on one machine is not undone by the other', () => {
  const edited = put(shared, note('a thought too much', 3));
  const undone = applyChange(edited, { type: 'put-note', note: note('first'), basedOn: at(3) });
  expect(mergeNotebooks(undone, edited).notes[0]?.body).toBe('first');
});

test('tags come and go on both machines', () => {
  const both = change(empty, { type: 'set-tags', tags: ['shared', 'gone'] });
  const ours = change(both, { type: 'set-tags', tags: ['shared'] });
  const theirs = change(both, { type: 'set-tags', tags: ['shared', 'gone', 'constructor'] });
  expect(mergeNotebooks(ours, theirs).tags.toSorted()).toEqual(['constructor', 'shared']);
  const again = change(ours, { type: 'set-tags', tags: ['shared', 'gone'] });
  expect(mergeNotebooks(again, ours).tags).toContain('gone');
});

test('a title that was set later is taken, and one that was taken back stays so', () => {
  const ours = applyChange(empty, { type: 'set-title', title: 'Ours', at: at(1) });
  const theirs = applyChange(empty, { type: 'set-title', title: 'Theirs', at: at(2) });
  expect(mergeNotebooks(ours, theirs).title).toBe('Theirs');
  expect(mergeNotebooks(applyChange(ours, { type: 'set-title', at: at(3) }), theirs)).not.toHaveProperty('title');
});

test('fields of a deletion that are not known here survive', () => {
  const deleted = remove(shared, ids[0], 5);
  const ours = { ...deleted, deletedNotes: deleted.deletedNotes.map((each) => ({ ...each, by: 'us' })) };
  expect(mergeNotebooks(ours, shared).deletedNotes).toMatchObject([{ by: 'us', note: { body: 'first' } }]);
});

test('fields that are not known here survive', () => {
  const ours = { ...shared, future: { x: 1 } };
  const theirs = { ...shared, other: [2], notes: shared.notes.map((each) => ({ ...each, later: 'kept', modifiedAt: at(1) })) };
  expect(mergeNotebooks(ours, theirs)).toMatchObject({ future: { x: 1 }, other: [2], notes: [{ later: 'kept' }, { later: 'kept' }] });
});

const bodies = fc.constantFrom('', 'one', 'one two', 'two', 'a longer thought', 'a longer thought, gone on');
const anyChange: fc.Arbitrary<NotebookChange> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...ids), bodies, fc.integer({ min: 0, max: 20 }), fc.constantFrom(undefined, ...ids))
    .map(([id, body, minute, partOf]): NotebookChange => {
      return { type: 'put-note', note: { ...note(body, minute, id), ...(partOf && { partOf }) } };
    }),
  fc.tuple(fc.constantFrom(...ids), fc.integer({ min: 0, max: 20 })).map(([noteId, minute]): NotebookChange => {
    return { type: 'delete-note', noteId, at: at(minute) };
  }),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'restore-note', noteId })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'purge-note', noteId })),
  fc.uniqueArray(fc.constantFrom('a', 'b', 'c')).map((tags): NotebookChange => ({ type: 'set-tags', tags })),
  fc
    .tuple(fc.option(fc.constantFrom('A', 'B'), { nil: undefined }), fc.integer({ min: 0, max: 5 }))
    .map(([title, minute]): NotebookChange => ({ type: 'set-title', title, at: at(minute) })),
  fc
    .tuple(fc.constantFrom('Thesis', 'Sea'), fc.boolean())
    .map(([name, isIn]): NotebookChange => ({ type: 'set-collection', id: name === 'Sea' ? ids[0] : ids[1], name, isIn })),
  fc
    .tuple(fc.boolean(), fc.integer({ min: 0, max: 5 }))
    .map(([is, minute]): NotebookChange => ({ type: 'set-favourite', ...(is && { favourite: true }), at: at(minute) })),
  fc
    .tuple(fc.option(fc.constantFrom('a', 'b'), { nil: undefined }), fc.integer({ min: 0, max: 5 }))
    .map(([later, minute]): NotebookChange => ({ type: 'set-later', later, at: at(minute) })),
  fc.integer({ min: 0, max: 5 }).map((minute): NotebookChange => ({ type: 'set-author', author: `author ${minute}`, at: at(minute) })),
  fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 5 }))
    .map(([offset, minute]): NotebookChange => ({ type: 'set-position', position: { offset, progress: 0.5 }, at: at(minute) })),
);
/** A change of a notebook, or that its document was said to be another one, or not any more. */
type Step =
  | NotebookChange
  | { type: 'same-as'; sameAs: string | undefined; at: string }
  | { type: 'edition'; rawHash: string; isOne: boolean };
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: anyChange },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.option(fc.constantFrom('abcdefghij', 'klmnopqrst'), { nil: undefined }), fc.integer({ min: 0, max: 20 }))
      .map(([sameAs, minute]): Step => ({ type: 'same-as', sameAs, at: at(minute) })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('a'.repeat(64), 'b'.repeat(64)), fc.boolean())
      .map(([rawHash, isOne]): Step => ({ type: 'edition', rawHash, isOne })),
  },
);
const anyStepOrForgetting: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: anyStep },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 25 }).map((minute): Step => ({ type: 'forget', at: at(minute) })) },
);
function take(before: Notebook, step: Step): Notebook {
  if (step.type === 'edition') return withEdition(before, step.rawHash, step.isOne);
  if (step.type !== 'same-as') return change(before, step);
  const { sameAs: _before, ...rest } = before;
  return { ...rest, ...(step.sameAs && { sameAs: step.sameAs }), fieldTimes: { ...before.fieldTimes, sameAs: step.at } };
}
/** Three states that grew from one, by these steps. */
const statesBy = (each: fc.Arbitrary<Step>) =>
  fc
    .tuple(fc.array(each, { maxLength: 6 }), fc.tuple(...[0, 1, 2].map(() => fc.array(each, { maxLength: 8 }))))
    .map(([common, own]) => own.map((steps) => steps.reduce(take, common.reduce(take, empty))));

const same = (one: Notebook, other: Notebook) => {
  if (!isSameContent(one, other)) expect(one).toEqual(other);
};

/** Without the versions that were there when their note was removed for good, or its document forgotten. */
function withoutVersionsFromBefore(each: Notebook): Notebook {
  const bare = (one: Note): Note => {
    const moments = [each.purgedNotes?.find(({ noteId }) => noteId === one.id)?.clock, each.forgottenAt];
    const removed = Math.max(...moments.map((moment = at(-1)) => Date.parse(moment)));
    return { ...one, history: one.history.filter((version) => Date.parse(version.at) > removed) };
  };
  return {
    ...each,
    notes: each.notes.map(bare),
    deletedNotes: each.deletedNotes.map((deleted) => ({ ...deleted, note: bare(deleted.note) })),
  };
}

test('no note ever leaves a notebook and its trash unless somebody removes it for good', () => {
  const known = ({ notes, deletedNotes }: Notebook) => new Set([...notes, ...deletedNotes.map((each) => each.note)].map(({ id }) => id));
  const kept = fc.array(anyChange, { maxLength: 12 }).map((changes) => changes.filter(({ type }) => type !== 'purge-note'));
  fc.assert(
    fc.property(kept, kept, kept, (common, ours, theirs) => {
      const made = new Set([...common, ...ours, ...theirs].flatMap((each) => (each.type === 'put-note' ? [each.note.id] : [])));
      const before = common.reduce(change, empty);
      const merged = mergeNotebooks(ours.reduce(change, before), theirs.reduce(change, before));
      expect(known(merged)).toEqual(made);
    }),
  );
});

test('merging is commutative and idempotent, and gives a notebook', () => {
  fc.assert(
    fc.property(statesBy(anyStepOrForgetting), ([a = empty, b = empty]) => {
      const ab = mergeNotebooks(a, b);
      expect(notebookSchema.safeParse(ab).success).toBe(true);
      same(mergeNotebooks(b, a), ab);
      same(mergeNotebooks(ab, b), ab);
      same(mergeNotebooks(ab, a), ab);
    }),
    { numRuns: 150 },
  );
});

test('merging is associative where nothing was removed for good', () => {
  const keeping = anyStep.filter(({ type }) => type !== 'purge-note');
  fc.assert(
    fc.property(statesBy(keeping), ([a = empty, b = empty, c = empty]) => {
      same(mergeNotebooks(mergeNotebooks(a, b), c), mergeNotebooks(a, mergeNotebooks(b, c)));
    }),
    { numRuns: 150 },
  );
});

test('where something was, the order of merging decides on versions from before that alone, and who meets last has them all', () => {
  const versions = ({ notes, deletedNotes }: Notebook) =>
    new Set(
      [...notes, ...deletedNotes.map((each) => each.note)].flatMap(({ id, history }) =>
        history.map((each) => `${id} ${each.at} ${each.body}`),
      ),
    );
  fc.assert(
    fc.property(statesBy(anyStepOrForgetting), ([a = empty, b = empty, c = empty]) => {
      const one = mergeNotebooks(mergeNotebooks(a, b), c);
      const other = mergeNotebooks(a, mergeNotebooks(b, c));
      same(withoutVersionsFromBefore(one), withoutVersionsFromBefore(other));
      const met = mergeNotebooks(one, other);
      expect(versions(met)).toEqual(versions(one).union(versions(other)));
      same(mergeNotebooks(met, one), met);
      same(mergeNotebooks(other, met), met);
    }),
    { numRuns: 150 },
  );
});

test('no words of either side are lost in a merge, but those that were removed for good', () => {
  const words = ({ notes, deletedNotes }: Notebook) =>
    [...notes, ...deletedNotes.map((each) => each.note)].flatMap((each) =>
      [each, ...each.history].filter(({ body }) => body !== '').map(({ body }) => `${each.id} ${body}`),
    );
  fc.assert(
    fc.property(statesBy(anyChange), ([a = empty, b = empty]) => {
      const merged = mergeNotebooks(a, b);
      const purged = new Set(merged.purgedNotes?.map(({ noteId }) => noteId));
      const kept = new Set(words(merged));
      for (const each of [...words(a), ...words(b)]) if (!purged.has(each.split(' ')[0] ?? '')) expect(kept).toContain(each);
    }),
  );
});

test('a document that was forgotten is forgotten by a machine that has it as it was then, and leaves no words behind', () => {
  const changes: NotebookChange[] = [
    { type: 'set-title', title: 'Mine', at: at(1) },
    { type: 'set-author', author: 'Jane Doe', at: at(1) },
    { type: 'set-language', language: 'de', at: at(1) },
    { type: 'set-favourite', favourite: true, at: at(1) },
    { type: 'set-later', later: 'm', at: at(1) },
    { type: 'set-collection', id: ids[0], name: 'Thesis', isIn: true },
    { type: 'set-tags', tags: ['tag'] },
    { type: 'delete-note', noteId: ids[1], at: at(2) },
    { type: 'set-position', position: { offset: 3, progress: 0.5 }, at: at(2) },
  ];
  const known = changes.reduce<Notebook>(change, { ...shared, future: 'words' });
  const forgotten = change(known, { type: 'forget', at: at(5) });
  expect(forgotten).toEqual({
    ...emptyNotebook(shared.id, { paths: [], rawHash: '0'.repeat(64), history: [] }),
    forgottenAt: at(5),
  });
  same(mergeNotebooks(known, forgotten), forgotten);
  same(mergeNotebooks(forgotten, known), forgotten);
  same(change(forgotten, { type: 'forget', at: at(5) }), forgotten);
});

test('forgetting again, after an end in its midst, leaves what was written since', () => {
  const written = put(shared, note('written later', 9));
  expect(change(written, { type: 'forget', at: at(5) }).notes.map(({ body }) => body)).toEqual(['written later']);
  expect(change(written, { type: 'forget', at: momentToForget(written, at(5)) }).notes).toEqual([]);
});

test('what another machine wrote after a document was forgotten is kept', () => {
  const forgotten = change(shared, { type: 'forget', at: at(5) });
  const written = put(put(shared, note('written later', 9)), note('new', 7, '01890000-0000-7000-8000-000000000003'));
  const merged = mergeNotebooks(forgotten, written);
  expect(merged.notes.map(({ body }) => body)).toEqual(['written later', 'new']);
});

test('a note that is written after forgetting stays, whatever the clock says, and a machine that forgot meets it', () => {
  const forgotten = change(shared, { type: 'forget', at: at(50) });
  const anew = put(forgotten, note('anew', 9));
  expect(mergeNotebooks(forgotten, anew).notes).toMatchObject([{ body: 'anew' }]);
  expect(mergeNotebooks(anew, shared).notes).toMatchObject([{ body: 'anew' }]);
});

test('that a document is another one is kept where that was said after it was forgotten', () => {
  const joined = markedSame(shared, 'abcdefghij', at(9));
  const forgotten = change(shared, { type: 'forget', at: at(7) });
  for (const merged of [
    mergeNotebooks(joined, forgotten),
    mergeNotebooks(forgotten, joined),
    change(joined, { type: 'forget', at: at(7) }),
  ])
    expect(merged).toMatchObject({ sameAs: 'abcdefghij', fieldTimes: { sameAs: at(9) }, notes: [] });
});

test('of two joinings of a document the later one counts, and one that was taken back stays so', () => {
  const ours = markedSame(shared, 'abcdefghij', at(5));
  const theirs = markedSame(shared, 'klmnopqrst', at(6));
  expect(mergeNotebooks(ours, theirs).sameAs).toBe('klmnopqrst');
  expect(mergeNotebooks(markedSame(theirs, undefined, at(1)), ours)).not.toHaveProperty('sameAs');
});

test('an edition that is parted on one machine is parted on the other, and one that is added there stays', () => {
  const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [string, string, string];
  const known = [one, two].reduce((notebook, each) => withEdition(notebook, each, true), empty);
  const merged = mergeNotebooks(withEdition(known, two, false), withEdition(known, three, true));
  expect(editionsOf(merged)).toEqual([one, three]);
  expect(editionsOf(withEdition(merged, two, true))).toEqual([one, two, three]);
});
