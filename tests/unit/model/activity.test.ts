import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Activity,
  activityKey,
  activitySchema,
  applyChange,
  basedOn,
  collectionsOf,
  type Done,
  doneBetween,
  earlierVersions,
  emptyNotebook,
  type Note,
  type Notebook,
  type NotebookChange,
  takeBack,
  toldByNotes,
} from '#model';

const ids = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002'] as const;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12) + minute * 60_000).toISOString();
const now = at(9_999);
const note = (body: string, minute = 0, part: Partial<Note> = {}): Note => ({
  id: ids[0],
  colour: 'blue',
  body,
  tags: [],
  createdAt: at(0),
  modifiedAt: at(minute),
  history: [],
  ...part,
});
const empty = emptyNotebook('0123456789', { paths: [], rawHash: '0'.repeat(64), history: [] });
const anchor = (exact: string) => ({ start: 0, end: exact.length, exact, prefix: '', suffix: '', textHash: 'a'.repeat(64) });

const change = (before: Notebook, each: NotebookChange): Notebook => applyChange(before, basedOn(before, each, at(0)));
const put = (before: Notebook, each: Note) => change(before, { type: 'put-note', note: each });

/** Takes back what can be, and fails where it cannot. */
function taken(notebook: Notebook, activity: Activity): Notebook {
  const taking = takeBack(activity, { notebook, tags: [], canUndo: () => true, now });
  if (!('changes' in taking)) throw new Error('obstacle' in taking ? taking.obstacle : 'This is of many notebooks.');
  return taking.changes.reduce((before, { change: each }) => {
    if (each.type === 'set-tag-colour' || each.type === 'set-tag-alias') throw new Error('This is none of the notebook.');
    return change(before, each);
  }, notebook);
}
const obstacleOf = (notebook: Notebook, activity: Activity): string | undefined => {
  const taking = takeBack(activity, { notebook, tags: [], canUndo: () => true, now });
  return 'obstacle' in taking ? taking.obstacle : undefined;
};
const inJournal = (done: Done): Activity => activitySchema.parse({ ...done, id: crypto.randomUUID(), at: at(1) });

test('a note tells that it was made, written, moved and deleted; a sitting is one entry', () => {
  const states = [note('one', 0), note('two', 10), note('three', 20), note('four', 200), note('four', 210, { anchor: anchor('there') })];
  const written = states.reduce(put, empty);
  expect(toldByNotes(written).map(({ type, at: moment }) => [type, moment])).toEqual([
    ['note-made', at(0)],
    ['note-written', at(20)],
    ['note-written', at(200)],
    ['note-moved', at(210)],
  ]);
  expect(toldByNotes(put(put(empty, note('one')), note('one', 60, { tags: ['a'] })))).toMatchObject([{ type: 'note-made' }]);
  const deleted = change(written, { type: 'delete-note', noteId: ids[0], at: at(300) });
  expect(toldByNotes(deleted).at(-1)).toMatchObject({ type: 'note-deleted', at: at(300) });
  expect(toldByNotes(put(put(empty, note('')), note('words', 60)))).toMatchObject([
    { type: 'note-made' },
    { type: 'note-written', at: at(60) },
  ]);
});

test('what was written in a sitting is taken back to how the note stood before it, and stays as a version', () => {
  const written = [note('one', 0), note('two', 10), note('three', 20)].reduce(put, empty);
  const [, sitting] = toldByNotes(written);
  if (!sitting) throw new Error('Nothing was told.');
  const [back] = taken(written, sitting).notes;
  expect(back?.body).toBe('one');
  expect(back && earlierVersions(back).map(({ body }) => body)).toEqual(['one', 'two', 'three']);
});

test('each state of a note can be taken back to, until it is gone, and then it is said why not', () => {
  const made = put(empty, note('words'));
  const [making] = toldByNotes(made);
  if (!making) throw new Error('Nothing was told.');
  const deleted = taken(made, making);
  expect(deleted.deletedNotes).toHaveLength(1);
  expect(obstacleOf(deleted, making)).toBe('The note is in the trash.');
  const deletion = toldByNotes(deleted).find(({ type }) => type === 'note-deleted');
  if (!deletion) throw new Error('Nothing was told.');
  expect(taken(deleted, deletion).notes).toHaveLength(1);
  expect(obstacleOf(made, deletion)).toBe('The note is back already.');
  expect(obstacleOf(change(deleted, { type: 'purge-note', noteId: ids[0] }), deletion)).toBe('The note was deleted for good since.');
});

test('tags that were put on go, tags that were taken off come back, what was done since stays', () => {
  const before = change(empty, { type: 'set-tags', tags: ['a', 'b'] });
  const after = change(before, { type: 'set-tags', tags: ['b', 'c'] });
  const [done] = doneBetween(before, after);
  if (!done) throw new Error('Nothing was done.');
  const later = change(after, { type: 'set-tags', tags: ['b', 'c', 'd'] });
  expect(taken(later, inJournal(done)).tags).toEqual(['b', 'd', 'a']);
  expect(obstacleOf(before, inJournal(done))).toBe('The tags were changed again since.');
});

test('tags that a note got before it was deleted in the same save are told', () => {
  const before = put(empty, note('words'));
  const tagged = put(before, note('words', 1, { tags: ['a'] }));
  const deleted = change(tagged, { type: 'delete-note', noteId: ids[0], at: at(2) });
  expect(doneBetween(before, deleted)).toMatchObject([{ type: 'note-tagged', to: ['a'] }]);
});

test('the colour of a tag is given back while it is still the one that was given', () => {
  const coloured = inJournal({ type: 'tag-coloured', name: 'Coast', from: 'blue', to: 'pink' });
  const present = (colour: 'pink' | 'green') => ({ notebook: undefined, tags: [{ name: 'coast', colour }], canUndo: () => true, now });
  expect(takeBack(coloured, present('pink'))).toEqual({ changes: [{ change: { type: 'set-tag-colour', name: 'Coast', colour: 'blue' } }] });
  expect(takeBack(coloured, present('green'))).toEqual({ obstacle: 'The colour of the tag was changed again since.' });
});

const anyChange: fc.Arbitrary<NotebookChange> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...ids), fc.constantFrom('', 'one', 'two'), fc.nat(30), fc.subarray(['x', 'y']))
    .map(([id, body, minute, tags]): NotebookChange => ({ type: 'put-note', note: note(body, minute, { id, tags }) })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'delete-note', noteId, at: at(40) })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'restore-note', noteId })),
  fc.constantFrom(...ids).map((noteId): NotebookChange => ({ type: 'purge-note', noteId })),
  fc.subarray(['a', 'b', 'c']).map((tags): NotebookChange => ({ type: 'set-tags', tags })),
  fc.option(fc.constantFrom('A', 'B'), { nil: undefined }).map((title): NotebookChange => ({ type: 'set-title', title })),
  fc
    .constantFrom('unread' as const, 'reading' as const, 'finished' as const)
    .map((status): NotebookChange => ({ type: 'set-status', status })),
);

test('whatever a change takes away that its reader wrote can be taken back at once', () => {
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 8 }), anyChange, (earlier, last) => {
      const before = earlier.reduce(change, empty);
      const after = change(before, last);
      const known = new Set(toldByNotes(before).map(activityKey));
      const done = [...doneBetween(before, after).map(inJournal), ...toldByNotes(after).filter((each) => !known.has(activityKey(each)))];
      for (const activity of done) expect(activitySchema.parse(activity)).toEqual(activity);
      const restored = done
        .filter(({ type }) => type !== 'notes-purged' && type !== 'note-made' && type !== 'note-written')
        .reduce(taken, after);
      expect(new Set(restored.tags)).toEqual(new Set(before.tags));
      expect(restored.title).toEqual(before.title);
      if (last.type === 'set-status' && (before.status === 'finished' || last.status === 'finished'))
        expect(restored.status).toEqual(before.status);
      for (const { id, tags } of before.notes) {
        const now = restored.notes.find((each) => each.id === id);
        expect(now && new Set(now.tags)).toEqual(new Set(tags));
      }
    }),
  );
});

test('what was done to another person’s note is taken back as far as its words stay', () => {
  const creator = { name: 'Ada' };
  const anchor = { start: 1, end: 2, exact: 'x', prefix: '', suffix: '', textHash: 'a'.repeat(64) };
  const theirs = note('theirs, updated', 9, {
    creator,
    anchor,
    history: [{ at: at(0), colour: 'blue', body: 'theirs', tags: [], anchor }],
  });
  const [written] = toldByNotes({ ...empty, notes: [theirs] }).filter(({ type }) => type === 'note-written');
  if (!written) throw new Error('Nothing was told.');
  expect(obstacleOf({ ...empty, notes: [theirs] }, written)).toContain('by Ada');
  const tagged = inJournal({ type: 'note-tagged', documentId: empty.id, noteId: theirs.id, from: ['a'], to: [] } as never);
  expect(obstacleOf({ ...empty, notes: [theirs] }, tagged)).toContain('by Ada');
});

test('favourites, the reading list and collections are told and taken back, and another place in the list is no news', () => {
  const thesis = { type: 'set-collection', id: ids[0], name: 'Thesis', isIn: true } as const;
  const steps: [NotebookChange, string[]][] = [
    [{ type: 'set-favourite', favourite: true }, ['field-set']],
    [{ type: 'set-later', later: 'm' }, ['field-set']],
    [{ type: 'set-later', later: 'x' }, []],
    [thesis, ['document-collected']],
  ];
  for (const [step, told] of steps) {
    const before = steps
      .map(([each]) => each)
      .slice(
        0,
        steps.findIndex(([each]) => each === step),
      )
      .reduce(change, empty);
    const after = change(before, step);
    const done = doneBetween(before, after);
    expect(done.map(({ type }) => type)).toEqual(told);
    for (const each of done) {
      const { favourite, later, collections } = taken(after, inJournal(each));
      expect({ favourite, later }).toEqual({ favourite: before.favourite, later: before.later });
      expect(collectionsOf({ ...(collections && { collections }) })).toEqual(collectionsOf(before));
    }
  }
  const put = change(empty, thesis);
  const entry = inJournal(doneBetween(empty, put)[0] ?? expect.fail());
  expect(obstacleOf(change(put, { ...thesis, isIn: false }), entry)).toBe('The document is out of the collection again.');
});

test('a note that was taken out of a file came when it was taken in, not when it was made', () => {
  const taken = note('Count them.', 1, { creator: { name: 'Ada' }, takenAt: at(500) });
  expect(toldByNotes(put(empty, taken))).toEqual([{ type: 'note-made', at: at(500), documentId: empty.id, noteId: taken.id }]);
});
