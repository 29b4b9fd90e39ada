import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyChange,
  basedOn,
  collectionsOf,
  colours,
  editionsOf,
  emptyNotebook,
  holdsNothing,
  isSameContent,
  mergeNotebooks,
  type Note,
  type Notebook,
  type NotebookChange,
  notebookSchema,
  withCollection,
  withEdition,
} from '#model';
import { mergeIncoming, takeBack } from '../../../../electron/interchange/import/merging';

const ids = [
  '018f0000-0000-7000-8000-000000000001',
  '018f0000-0000-7000-8000-000000000002',
  '018f0000-0000-7000-8000-000000000003',
] as const;
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();
const empty = emptyNotebook('document-1', { paths: ['/a.txt'], rawHash: 'a'.repeat(64), history: [] });

const noteOf = (id: string, body: string, minute: number): Note => ({
  id,
  colour: 'yellow',
  body,
  tags: [],
  createdAt: at(0),
  modifiedAt: at(minute),
  history: [],
});

const moment = fc.nat({ max: 1000 }).map(at);
const tags = fc.array(fc.constantFrom('figures', 'border', '日本'), { maxLength: 2 });
const change = fc.oneof(
  fc
    .record({
      id: fc.constantFrom(...ids),
      colour: fc.constantFrom(...colours),
      body: fc.string({ maxLength: 8 }),
      tags,
      createdAt: fc.constant(at(0)),
      modifiedAt: moment,
      history: fc.constant([]),
    })
    .map((note) => ({ type: 'put-note' as const, note })),
  fc.record({ type: fc.constant('delete-note' as const), noteId: fc.constantFrom(...ids), at: moment }),
  fc.record({ type: fc.constant('restore-note' as const), noteId: fc.constantFrom(...ids) }),
  fc.record({ type: fc.constant('purge-note' as const), noteId: fc.constantFrom(...ids) }),
  tags.map((each) => ({ type: 'set-tags' as const, tags: each })),
  fc.option(fc.constantFrom('One', 'Two'), { nil: undefined }).map((title) => ({ type: 'set-title' as const, title })),
) as fc.Arbitrary<NotebookChange>;
const changes = fc.array(change, { maxLength: 6 });
const after = (start: Notebook, made: readonly NotebookChange[]) =>
  notebookSchema.parse(JSON.parse(JSON.stringify(made.reduce((book, each) => applyChange(book, basedOn(book, each, at(2000))), start))));
/** A notebook as it was in the backup, and as it is now. */
const two = fc.tuple(changes, changes, changes).map(([shared, ours, theirs]) => {
  const start = after(empty, shared);
  return { present: after(start, ours), incoming: after(start, theirs) };
});

/** Every text of a note that is anywhere: live, in the trash, in a history. */
const wordsIn = ({ notes, deletedNotes }: Notebook): Set<string> =>
  new Set(
    [...notes, ...deletedNotes.map(({ note }) => note)].flatMap(({ id, body, history }) =>
      [body, ...history.map((each) => each.body)].map((words) => `${id} ${words}`),
    ),
  );
const liveIds = ({ notes }: Notebook) => notes.map(({ id }) => id).sort();

describe('bringing in another state of a notebook', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(two, fc.boolean(), ({ present, incoming }, undelete) => {
        const once = mergeIncoming(present, incoming, undelete);
        const twice = mergeIncoming(once.notebook, incoming, undelete);
        expect(twice.notebook).toBe(once.notebook);
        expect([twice.added, twice.changed]).toEqual([[], []]);
      }),
    );
  });

  it('counts no note as changed whose versions merging only puts in order', () => {
    const version = (minute: number, body: string) => ({
      at: `2026-01-01T00:0${minute}:00.000Z`,
      colour: 'yellow' as const,
      body,
      tags: [],
    });
    const note = { ...noteOf(ids[0], 'now', 0), history: [version(6, 'later'), version(5, 'earlier')] };
    const merged = mergeIncoming({ ...empty, notes: [note] }, empty, false);
    expect([merged.notebook.notes, merged.added, merged.changed, merged.kept]).toEqual([[note], [], [], 1]);
  });

  it('takes no note and no word away', () => {
    fc.assert(
      fc.property(two, fc.boolean(), ({ present, incoming }, undelete) => {
        const { notebook } = mergeIncoming(present, incoming, undelete);
        expect(liveIds(notebook)).toEqual(expect.arrayContaining(liveIds(present)));
        expect([...wordsIn(notebook)]).toEqual(expect.arrayContaining([...wordsIn(present)].filter((words) => !words.endsWith(' '))));
      }),
    );
  });

  it('brings every note of the other, but those that were deleted since', () => {
    fc.assert(
      fc.property(two, ({ present, incoming }) => {
        const { notebook, deleted } = mergeIncoming(present, incoming, false);
        expect([...liveIds(notebook), ...deleted.map(({ id }) => id)]).toEqual(expect.arrayContaining(liveIds(incoming)));
        expect(liveIds(mergeIncoming(present, incoming, true).notebook)).toEqual(expect.arrayContaining(liveIds(incoming)));
      }),
    );
  });

  it('takes away no title, tag or status that was set here, whatever comes says of having set or forgotten it', () => {
    const present = after(empty, [
      { type: 'set-title', title: 'Mine' },
      { type: 'set-tags', tags: ['border'] },
      { type: 'set-status', status: 'reading' },
    ]);
    const { fieldTimes: _times, ...old } = present;
    const incoming: Notebook = { ...empty, title: 'Zzz', status: 'unread', tags: ['figures'], forgottenAt: at(5000), sameAs: 'document-1' };
    for (const here of [present, old]) {
      const { notebook } = mergeIncoming(here, incoming, false);
      expect(notebook).toMatchObject({ title: 'Mine', status: 'reading', tags: ['border', 'figures'] });
      expect([notebook.forgottenAt, notebook.sameAs]).toEqual([undefined, undefined]);
    }
    expect(mergeIncoming(empty, incoming, false).notebook).toMatchObject({ title: 'Zzz', status: 'unread', tags: ['figures'] });
  });

  it('counts what comes, what both had with other words, and what stays', () => {
    const incoming = { ...empty, notes: [noteOf(ids[0], 'first', 0), noteOf(ids[1], 'second', 0)] };
    const present = { ...empty, notes: [noteOf(ids[1], 'second, changed', 9), noteOf(ids[2], 'third', 9)] };
    const { added, changed, kept, notebook } = mergeIncoming(present, incoming, false);
    expect([added.map(({ body }) => body), changed.map(({ body }) => body), kept]).toEqual([['first'], ['second, changed'], 1]);
    expect(notebook.notes.find(({ id }) => id === ids[1])?.history.map(({ body }) => body)).toEqual(['second']);
  });

  it('leaves what was deleted since where it is, also what was removed for good, unless it is wanted', () => {
    const incoming = { ...empty, notes: [noteOf(ids[0], 'first', 0), noteOf(ids[1], 'second', 0)] };
    const inTrash = applyChange(incoming, { type: 'delete-note', noteId: ids[0], at: at(5) });
    const gone = applyChange(applyChange(inTrash, { type: 'delete-note', noteId: ids[1], at: at(5) }), {
      type: 'purge-note',
      noteId: ids[1],
    });
    const left = mergeIncoming(gone, incoming, false);
    expect([left.notebook, left.deleted.map(({ body }) => body)]).toEqual([gone, ['first', 'second']]);
    expect(
      mergeIncoming(gone, incoming, true)
        .notebook.notes.map(({ body }) => body)
        .sort(),
    ).toEqual(['first', 'second']);
  });
});

describe('taking it back', () => {
  it('gives the notes, tags and title as they were before', () => {
    fc.assert(
      fc.property(two, fc.boolean(), ({ present, incoming }, undelete) => {
        const { notebook } = mergeIncoming(present, incoming, undelete);
        const back = takeBack(notebook, present, notebook, at(3000));
        const sorted = ({ notes }: Notebook) => notes.toSorted((one, other) => (one.id < other.id ? -1 : 1));
        expect(isSameContent(sorted(back), sorted(present))).toBe(true);
        expect([back.tags, back.title]).toEqual([present.tags, present.title]);
        const trash = new Map(back.deletedNotes.map((each) => [each.note.id, each]));
        for (const deleted of present.deletedNotes) expect(isSameContent(trash.get(deleted.note.id), deleted)).toBe(true);
        const trashed = new Set(back.deletedNotes.map(({ note }) => note.id));
        for (const { id } of notebook.notes) expect(liveIds(present).includes(id) || trashed.has(id)).toBe(true);
        expect(isSameContent(takeBack(back, present, notebook, at(3000)), back)).toBe(true);
      }),
    );
  });

  it('leaves no trace of what was cut off, in the trash neither', () => {
    fc.assert(
      fc.property(two, fc.boolean(), ({ present, incoming }, undelete) => {
        const { notebook } = mergeIncoming(present, incoming, undelete);
        const { purgedNotes: _of, ...back } = takeBack(notebook, present, notebook);
        const { purgedNotes: _before, ...before } = present;
        expect(isSameContent(back, before)).toBe(true);
      }),
    );
  });

  it('leaves what was changed since', () => {
    fc.assert(
      fc.property(two, changes, ({ present, incoming }, since) => {
        const { notebook } = mergeIncoming(present, incoming, false);
        const now = after(notebook, since);
        const back = takeBack(now, present, notebook, at(3000));
        const brought = new Map(notebook.notes.map((note) => [note.id, note]));
        for (const note of now.notes) {
          if (!isSameContent(brought.get(note.id), note)) expect(back.notes).toContainEqual(note);
        }
      }),
    );
  });

  it('takes back the editions that came, and leaves those that were said since', () => {
    const [old, came, since] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];
    const present: Notebook = { ...empty, editions: { [old]: 1 } };
    const { notebook } = mergeIncoming(present, { ...empty, editions: { [came]: 1 } }, false);
    expect(editionsOf(notebook)).toEqual([old, came]);
    expect(editionsOf(takeBack(withEdition(notebook, since, true), present, notebook, at(9)))).toEqual([old, since]);
    const back = takeBack(notebook, present, notebook, at(9));
    expect(editionsOf(back)).toEqual([old]);
    // Also on a machine that merges it with what it was.
    expect(editionsOf(mergeNotebooks(notebook, back))).toEqual([old]);
    expect(takeBack(back, present, notebook, at(9))).toEqual(back);
    // What was cut off leaves no trace.
    expect(takeBack(notebook, present, notebook).editions).toEqual(present.editions);
    expect(takeBack(notebook, { ...present, editions: undefined }, notebook)).not.toHaveProperty('editions');
    // What was parted since stays so.
    expect(editionsOf(takeBack(withEdition(notebook, old, false), present, notebook, at(9)))).toEqual([]);
  });

  it('takes back the collections that came, and leaves those that it was put into since', () => {
    const [came, since] = ids;
    const { notebook } = mergeIncoming(empty, withCollection(empty, { id: came, name: 'Coast', isIn: true }), false);
    const now = withCollection(notebook, { id: since, name: 'Sea', isIn: true });
    expect(collectionsOf(takeBack(now, empty, notebook, at(9)))).toEqual([{ id: since, name: 'Sea' }]);
    expect(collectionsOf(mergeNotebooks(notebook, takeBack(notebook, empty, notebook, at(9))))).toEqual([]);
    expect(takeBack(notebook, empty, notebook)).not.toHaveProperty('collections');
    expect(holdsNothing(takeBack(notebook, undefined, notebook, at(9)))).toBe(true);
  });

  it('puts what came into a document without notes into the trash', () => {
    const incoming = { ...empty, notes: [noteOf(ids[0], 'first', 0)] };
    const back = takeBack(incoming, undefined, incoming, at(9));
    expect([back.notes, back.deletedNotes]).toEqual([[], [{ note: incoming.notes[0], deletedAt: at(9) }]]);
  });
});
