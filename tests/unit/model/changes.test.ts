import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyChange,
  basedOn,
  earlierVersions,
  editsAnother,
  emptyNotebook,
  goneBetween,
  invertChange,
  type Note,
  type Notebook,
  type NotebookChange,
  replacesUnknown,
} from '#model';
import { queueChange } from '../../../renderer/sync/pending';

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
const notebook = (part: Partial<Notebook> = {}): Notebook => ({
  ...emptyNotebook('0123456789', { paths: ['/a.txt'], rawHash: '0'.repeat(64), history: [] }),
  ...part,
});

/** The notebook after a note was put by who knows how it stood. */
const put = (before: Notebook, each: Note): Notebook => applyChange(before, basedOn(before, { type: 'put-note', note: each }));

test('unknown fields of notebooks, notes and positions survive every change', () => {
  const before = notebook({
    future: { x: 1 },
    notes: [{ ...note('one'), later: 'kept' }],
    position: { offset: 1, progress: 0.1, line: 3 },
  });
  const changes: NotebookChange[] = [
    { type: 'put-note', note: note('two', 1), basedOn: at(0) },
    { type: 'set-position', position: { offset: 9, progress: 0.9 }, at: at(2) },
    { type: 'set-title', title: 'T' },
    { type: 'set-title' },
    { type: 'set-author', author: 'A. Writer' },
    { type: 'set-language', language: 'de' },
    { type: 'delete-note', noteId: ids[0], at: at(3) },
    { type: 'restore-note', noteId: ids[0] },
  ];
  const after = changes.reduce(applyChange, before);
  expect(after).toMatchObject({ future: { x: 1 }, position: { offset: 9, line: 3 } });
  expect(after.notes).toMatchObject([{ ...note('two', 1), history: [{ body: 'one' }], later: 'kept' }]);
  expect('title' in after).toBe(false);
});

test('a note that is put without its passage has none any more, and the passage is among its versions', () => {
  const anchor = { start: 1, end: 2, exact: 'x', prefix: '', suffix: '', textHash: 'a'.repeat(64) };
  const before = put(notebook(), { ...note('words'), anchor });
  const after = put(before, note('> x\n\nwords', 1));
  expect(after.notes[0]).not.toHaveProperty('anchor');
  expect(after.notes[0]?.history).toMatchObject([{ body: 'words', anchor }]);
});

test('a note of another person keeps its words, colour, tags and creator; it may be moved, deleted, brought back and deleted for good', () => {
  const anchor = { start: 1, end: 2, exact: 'x', prefix: '', suffix: '', textHash: 'a'.repeat(64) };
  const theirs: Note = { ...note('their words'), creator: { name: 'Ada' }, anchor };
  const before = notebook({ notes: [theirs] });
  const { creator: _theirs, ...mine } = theirs;
  for (const edited of [
    { ...theirs, body: 'mine' },
    { ...theirs, colour: 'pink' as const },
    { ...theirs, tags: ['mine'] },
    { ...mine, body: '' },
  ]) {
    const change: NotebookChange = { type: 'put-note', note: { ...edited, modifiedAt: at(1) } };
    expect(editsAnother(before, change)).toBe(true);
    expect(applyChange(before, change)).toBe(before);
  }
  const moved = put(before, { ...mine, body: 'mine', anchor: { ...anchor, start: 5, end: 6 }, modifiedAt: at(1) });
  expect(moved.notes).toMatchObject([{ body: 'their words', creator: { name: 'Ada' }, anchor: { start: 5 } }]);
  const deleted = applyChange(before, { type: 'delete-note', noteId: theirs.id, at: at(2) });
  expect(applyChange(deleted, { type: 'put-note', note: { ...theirs, body: 'mine' } }).notes).toMatchObject([{ body: 'their words' }]);
  expect(applyChange(deleted, { type: 'restore-note', noteId: theirs.id }).notes).toMatchObject([{ body: 'their words' }]);
  expect(put(notebook({ notes: [note('mine')] }), { ...note('mine'), creator: { name: 'Ada' } }).notes[0]).not.toHaveProperty('creator');
});

test('an edit after a while keeps what stood there before; edits in one sitting do not', () => {
  const first = put(notebook(), note('draft', 0));
  const sitting = put(first, note('draft, better', 1));
  expect(sitting.notes[0]?.history).toEqual([]);
  const later = put(sitting, note('rewritten', 30));
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
  const edited = [note('first', 0), note('second', 30)].reduce(put, notebook());
  const deleted = applyChange(edited, { type: 'delete-note', noteId: ids[0], at: at(40) });
  const back = put(deleted, note('third', 60));
  expect(back.deletedNotes).toEqual([]);
  expect(back.notes[0]?.body).toBe('third');
  expect(back.notes[0]?.history.map(({ body }) => body)).toEqual(['first', 'second']);
});

test('words that another window wrote a moment ago are kept in the history, once, however often the change is tried', () => {
  const start = put(notebook(), note('draft', 0));
  const theirs = put(start, note('their words', 1));
  // Made from the draft, and saved after theirs.
  const ours = basedOn(start, { type: 'put-note', note: note('our words', 1) });
  const both = applyChange(theirs, ours);
  expect(both.notes[0]).toMatchObject({ body: 'our words', history: [{ body: 'draft' }, { body: 'their words', at: at(1) }] });
  expect(applyChange(both, ours)).toEqual(both);
  expect(put(both, note('our words, and more', 2)).notes[0]?.history).toHaveLength(2);
});

test('tags that two windows give a document at the same time are all there, and what each took away is not', () => {
  const start = notebook({ tags: ['first', 'second'] });
  const ours = basedOn(start, { type: 'set-tags', tags: ['first', 'ours'] });
  const theirs = basedOn(start, { type: 'set-tags', tags: ['first', 'second', 'Theirs'] });
  const both = [theirs, ours].reduce(applyChange, start);
  expect(both.tags).toEqual(['first', 'Theirs', 'ours']);
  expect(applyChange(both, ours)).toEqual(both);
  expect(applyChange(start, ours).tags).toEqual(['first', 'ours']);
});

const change: fc.Arbitrary<NotebookChange> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...ids), fc.string(), fc.option(fc.constantFrom(at(0), at(1)), { nil: undefined }))
    .map(([id, body, basis]): NotebookChange => ({ type: 'put-note', note: note(body, 0, id), basedOn: basis })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'delete-note', noteId, at: at(1) })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'restore-note', noteId })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'purge-note', noteId })),
  fc.array(fc.constantFrom('a', 'b')).map((tags): NotebookChange => ({ type: 'set-tags', tags })),
  fc.array(fc.constantFrom('a', 'b'), { minLength: 1 }).map((from): NotebookChange => ({ type: 'set-tags', tags: ['c'], from })),
);

test('a note’s tags that were changed since stay, whether older words come in late or are undone', () => {
  const start = put(notebook(), { ...note('one', 0), tags: ['coast', 'old'] });
  const typed = basedOn(start, { type: 'put-note', note: { ...note('one two', 1), tags: ['coast', 'new'] } });
  const renaming = {
    type: 'retag-notes' as const,
    notes: [{ noteId: note('', 0).id, tags: ['shore', 'old'], from: ['coast', 'old'] }],
    at: at(2),
  };
  const renamed = applyChange(start, renaming);
  const late = applyChange(renamed, typed);
  expect(late.notes[0]).toMatchObject({ body: 'one two', tags: ['shore', 'new'] });
  expect(applyChange(late, typed)).toEqual(late);
  const undoing = invertChange(start, typed);
  const undone = undoing && applyChange(late, undoing);
  expect(undone?.notes[0]).toMatchObject({ body: 'one', tags: ['shore', 'old'] });
  expect(undone && applyChange(undone, typed).notes[0]?.tags).toEqual(['shore', 'new']);
  // Without what they were changed from they are as they are put.
  const { from: _unknown, ...bare } = { from: undefined, ...typed };
  expect(applyChange(renamed, bare).notes[0]?.tags).toEqual(['coast', 'new']);
});

/** States of the one note. */
const state: fc.Arbitrary<Note> = fc
  .record({
    colour: fc.constantFrom('yellow', 'pink'),
    body: fc.constantFrom('', 'a', 'ab', 'b'),
    tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
    start: fc.constantFrom(1, 5),
    partOf: fc.constantFrom(undefined, ids[1]),
  })
  .map(({ start, partOf, ...words }) => ({
    ...note(''),
    ...words,
    ...(partOf && { partOf }),
    anchor: { start, end: start + 1, exact: 'x', prefix: '', suffix: '', textHash: 'a'.repeat(64) },
  }));
const properties = ['colour', 'body', 'anchor', 'partOf'] as const;

test('of two windows that change one note at once, each keeps what it changed and the other did not, whoever comes first', () => {
  fc.assert(
    fc.property(state, state, state, fc.boolean(), (first, one, two, isTurned) => {
      const start = put(notebook(), first);
      const changes = [one, two].map((each, index) => basedOn(start, { type: 'put-note', note: { ...each, modifiedAt: at(index + 1) } }));
      const made = isTurned ? changes.toReversed() : changes;
      const last = isTurned ? one : two;
      const [end] = made.reduce(applyChange, start).notes;
      for (const property of properties) {
        const changed = [last, one, two].find((each) => JSON.stringify(each[property]) !== JSON.stringify(first[property]));
        expect(end?.[property]).toEqual((changed ?? first)[property]);
      }
      for (const tag of ['a', 'b', 'c']) {
        const changed = [one, two].find(({ tags }) => tags.includes(tag) !== first.tags.includes(tag));
        expect(end?.tags.includes(tag)).toBe((changed ?? first).tags.includes(tag));
      }
    }),
  );
});

test('what waits to be saved of a note does the same to what came meanwhile, each for itself or as one', () => {
  fc.assert(
    fc.property(state, state, fc.array(state, { minLength: 1, maxLength: 4 }), (first, meanwhile, states) => {
      const start = put(notebook(), first);
      let window = start;
      let all: NotebookChange[] = [];
      let queue: NotebookChange[] = [];
      for (const [index, each] of states.entries()) {
        const change = basedOn(window, { type: 'put-note', note: { ...each, modifiedAt: at(index + 1) } });
        window = applyChange(window, change);
        all = [...all, change];
        queue = queueChange(queue, change);
      }
      const there = applyChange(start, { type: 'put-note', note: meanwhile });
      const ends = [all, queue].map((changes) => changes.reduce(applyChange, there).notes[0]);
      for (const property of properties) expect(ends[1]?.[property]).toEqual(ends[0]?.[property]);
      expect(ends[1]?.tags.toSorted()).toEqual(ends[0]?.tags.toSorted());
    }),
  );
});

test('a colour that another window gives a note in which is written neither takes its words nor counts as other words', () => {
  const start = put(notebook(), note('draft', 0));
  const typed = basedOn(start, { type: 'put-note', note: note('draft, longer', 1) });
  const coloured = basedOn(start, { type: 'put-note', note: { ...note('draft', 2), colour: 'pink' } });
  for (const [first, second] of [
    [typed, coloured],
    [coloured, typed],
  ] as const) {
    const before = applyChange(start, first);
    expect(replacesUnknown(before, second)).toBe(false);
    const after = applyChange(before, second);
    expect(after.notes).toMatchObject([{ body: 'draft, longer', colour: 'pink', history: [] }]);
    expect(applyChange(after, second)).toEqual(after);
    // And each is taken back for itself.
    const undoing = invertChange(start, typed);
    expect(undoing && applyChange(after, undoing).notes).toMatchObject([{ body: 'draft', colour: 'pink' }]);
  }
});

test('each change can be applied twice: a retry is harmless', () => {
  fc.assert(
    fc.property(fc.array(change), change, (before, each) => {
      const start = before.reduce(applyChange, notebook());
      const once = applyChange(start, each);
      expect(applyChange(once, each)).toEqual(once);
    }),
  );
});

/** One window that writes in one notebook, and what it waits to save. */
interface Writer {
  /** As the disk was last known to it. */
  told: Notebook;
  waiting: NotebookChange[];
  /** Bodies that stood before its reader. */
  seen: Set<string>;
}

type Step = { who: 0 | 1; do: 'write'; minutes: number } | { who: 0 | 1; do: 'save' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ who: fc.constantFrom(0, 1), do: fc.constant('write'), minutes: fc.constantFrom(0.01, 1, 5) }),
  fc.record({ who: fc.constantFrom(0, 1), do: fc.constant('save') }),
);

test('of two windows that write in one note, neither overwrites words that its reader has not seen', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let disk = put(notebook(), note('draft', 0));
      const writers: [Writer, Writer] = [
        { told: disk, waiting: [], seen: new Set() },
        { told: disk, waiting: [], seen: new Set() },
      ];
      const shown = ({ told, waiting }: Writer) => waiting.reduce(applyChange, told);
      const mustStand = new Set<string>();
      let minute = 0;
      steps.forEach((each, index) => {
        const writer = writers[each.who];
        if (each.do === 'write') {
          minute += each.minutes;
          const before = shown(writer);
          writer.seen.add(before.notes[0]?.body ?? '');
          const body = `words ${index}`;
          writer.seen.add(body);
          writer.waiting = queueChange(writer.waiting, basedOn(before, { type: 'put-note', note: note(body, minute) }));
          return;
        }
        const standing = disk.notes[0]?.body ?? '';
        if (writer.waiting.length > 0 && !writer.seen.has(standing)) mustStand.add(standing);
        const window = shown(writer);
        disk = writer.waiting.reduce(applyChange, disk);
        // What the window showed as an earlier version is one on the disk.
        for (const version of window.notes[0] ? earlierVersions(window.notes[0]) : []) mustStand.add(version.body);
        writer.waiting = [];
        for (const other of writers) other.told = disk;
      });
      const kept = disk.notes.flatMap(({ body, history }) => [body, ...history.map((version) => version.body)]);
      expect(kept).toEqual(expect.arrayContaining([...mustStand]));
    }),
  );
});

const allNotes = ({ notes, deletedNotes }: Notebook): Note[] => [...notes, ...deletedNotes.map((each) => each.note)];

/** A notebook without what is recorded of how it came about. */
function withoutRecords({ tagCounts: _counts, fieldTimes: _times, purgedNotes: _purged, ...each }: Notebook) {
  const bare = ({ history: _history, currentSince: _since, ...rest }: Note) => rest;
  return {
    ...each,
    notes: each.notes.map(bare),
    deletedNotes: each.deletedNotes.map((deleted) => ({ ...deleted, note: bare(deleted.note) })),
  };
}

test('a queue that leaves out what is needless ends in the same notebook', () => {
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      let window = notebook();
      let queued: NotebookChange[] = [];
      for (const each of changes) {
        const made = basedOn(window, each);
        window = applyChange(window, made);
        queued = queueChange(queued, made);
      }
      const saved = queued.reduce(applyChange, notebook());
      expect(withoutRecords(saved)).toEqual(withoutRecords(window));
      // Each version that the window has is on the disk, or all its words are in a later one.
      for (const { id, history } of allNotes(window)) {
        const kept = allNotes(saved).find((each) => each.id === id);
        const bodies = [kept?.body ?? '', ...(kept?.history ?? []).map(({ body }) => body)];
        for (const version of history) expect(bodies.some((body) => goneBetween(version.body, body).characters === 0)).toBe(true);
      }
      expect(queued.length).toBeLessThanOrEqual(changes.length);
    }),
  );
});

test('what stands where an earlier version is brought back becomes a version, however short a while it stood and however little differs', () => {
  const before = [note('one two three four', 0), note('one two three four five', 10)].reduce(put, notebook());
  const bringBack: NotebookChange = { type: 'put-note', note: note('one two three four', 11), basedOn: at(10), keepsBefore: true };
  const [after] = applyChange(before, bringBack).notes;
  expect(after?.body).toBe('one two three four');
  expect(after && earlierVersions(after).map(({ body }) => body)).toEqual(['one two three four', 'one two three four five']);
  expect(applyChange(applyChange(before, bringBack), bringBack).notes).toEqual([after]);
});

test('no state that a version is brought back over is lost', () => {
  const body = fc.stringMatching(/^[ab]{0,6}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(body, fc.nat(20)), { minLength: 2, maxLength: 8 }), (states) => {
      let minute = 0;
      let now = notebook();
      const shown = new Set<string>();
      for (const [words, later] of states) {
        minute += later;
        const present = now.notes[0];
        if (present?.body) shown.add(present.body);
        now = applyChange(now, basedOn(now, { type: 'put-note', note: note(words, minute), keepsBefore: true }));
      }
      const [last] = now.notes;
      const kept = last ? [last.body, ...earlierVersions(last).map((version) => version.body)] : [];
      expect(kept).toEqual(expect.arrayContaining([...shown]));
    }),
  );
});

test('what waits to be saved still keeps what a version was brought back over', () => {
  const saved = put(notebook(), note('one'));
  const typed = basedOn(saved, { type: 'put-note', note: note('one two', 1) });
  const bringBack = basedOn(applyChange(saved, typed), { type: 'put-note', note: note('one two three', 2), keepsBefore: true });
  const more = basedOn(applyChange(saved, bringBack), { type: 'put-note', note: note('one two three four', 3) });
  const queued = [typed, bringBack, more].reduce<NotebookChange[]>(queueChange, []);
  const [after] = queued.reduce(applyChange, saved).notes;
  expect(after && earlierVersions(after).map(({ body }) => body)).toEqual(['one two']);
});

test('only the deletion that was meant is made final: a note that came back meanwhile, or was deleted anew, stays', () => {
  const one = put(notebook(), note('words'));
  const purge: NotebookChange = { type: 'purge-note', noteId: ids[0], deletedAt: at(5) };
  const deleted = applyChange(one, { type: 'delete-note', noteId: ids[0], at: at(5) });
  const again = applyChange(one, { type: 'delete-note', noteId: ids[0], at: at(9) });
  expect(applyChange(again, purge)).toBe(again);
  expect(applyChange(one, purge)).toBe(one);
  expect(applyChange(deleted, purge).deletedNotes).toEqual([]);
});
