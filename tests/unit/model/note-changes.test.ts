import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Anchor,
  addPassage,
  applyChange,
  basedOn,
  canBeJoined,
  deleteNotes,
  emptyNotebook,
  exactOf,
  inversesOf,
  joinNotes,
  type Note,
  type Notebook,
  type NotebookChange,
  passagesOf,
  restoreNotes,
  splitNote,
  uniteAnchors,
  wholeNotes,
} from '#model';

const TEXT = 'The quay is long. The lamp at its end is old. Nobody lights it any more, and the boats find their way by the church.';
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();
const idOf = (number: number) => `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const anchorAt = (start: number, end: number): Anchor => ({
  start,
  end,
  exact: TEXT.slice(start, end),
  prefix: TEXT.slice(Math.max(0, start - 32), start),
  suffix: TEXT.slice(end, end + 32),
  textHash: 'a'.repeat(64),
});
const anchorOf = (words: string): Anchor => anchorAt(TEXT.indexOf(words), TEXT.indexOf(words) + words.length);
const note = (number: number, words: string, part: Partial<Note> = {}): Note => ({
  id: idOf(number),
  anchor: anchorOf(words),
  colour: 'blue',
  body: '',
  tags: [],
  createdAt: at(number),
  modifiedAt: at(number),
  history: [],
  ...part,
});
const notebook = (...notes: Note[]): Notebook => ({
  ...emptyNotebook('0123456789', { paths: [], rawHash: '0'.repeat(64), history: [] }),
  notes,
});
const make = (before: Notebook, changes: readonly NotebookChange[]): Notebook =>
  changes.reduce((state, change) => applyChange(state, basedOn(state, change)), before);

test('joined notes are one in the order of the text, with the words and tags of all', () => {
  const before = notebook(
    note(1, 'the boats', { body: 'second\n', tags: ['Sea', 'boats'], colour: 'pink' }),
    note(2, 'The quay', { body: 'first', tags: ['sea'] }),
    note(3, 'Nobody', {}),
  );
  const after = make(before, joinNotes(wholeNotes(before.notes), at(9)));
  const [whole, ...others] = wholeNotes(after.notes);
  expect(others).toEqual([]);
  expect(whole).toMatchObject({ id: idOf(2), body: 'first\n\nsecond', tags: ['sea', 'boats'], colour: 'blue', modifiedAt: at(9) });
  expect(whole && exactOf(whole)).toBe('The quay […] Nobody […] the boats');
  // The words are also where they were.
  expect(after.notes.find(({ id }) => id === idOf(1))).toMatchObject({
    colour: 'blue',
    body: '',
    tags: [],
    history: [{ body: 'second\n' }],
  });
});

test('passages that touch or overlap become one, and the record that is not needed for it lies in the trash as it was', () => {
  const before = notebook(note(1, 'The quay is long.'), note(2, 'The lamp at its end', { body: 'its words' }), note(3, 'end is old'));
  const after = make(before, joinNotes(wholeNotes(before.notes), at(9)));
  expect(after.notes).toMatchObject([{ id: idOf(1), body: 'its words', anchor: anchorOf('The quay is long. The lamp at its end is old') }]);
  expect(after.deletedNotes.map(({ note: { id, body } }) => [id, body])).toEqual([
    [idOf(2), 'its words'],
    [idOf(3), ''],
  ]);
});

test('a passage that is added is a record of its own, or makes one that it touches longer', () => {
  const before = notebook(note(1, 'The lamp', { body: 'words', tags: ['lamp'] }));
  const [head] = wholeNotes(before.notes);
  if (!head) throw new Error('There is a note.');
  const further = make(before, addPassage(head, note(2, 'The quay'), at(9)));
  expect(wholeNotes(further.notes)).toMatchObject([{ id: idOf(1), body: 'words', tags: ['lamp'], parts: [{ id: idOf(2) }] }]);
  const longer = make(before, addPassage(head, note(2, 'at its end'), at(9)));
  expect(longer).toMatchObject({ notes: [{ id: idOf(1), anchor: { exact: 'The lamp at its end' } }], deletedNotes: [] });
  expect(longer.notes).toHaveLength(1);
});

test('splitting leaves the words where they were written, and gives each passage the colour of the note', () => {
  const before = notebook(note(1, 'The lamp', { body: 'words' }), note(2, 'The quay', { partOf: idOf(1), colour: 'pink' }));
  const [whole] = wholeNotes(before.notes);
  const after = make(before, whole ? splitNote(whole, at(9)) : []);
  expect(wholeNotes(after.notes)).toBe(after.notes);
  expect(after.notes).toMatchObject([{ body: 'words' }, { body: '', colour: 'blue' }]);
  expect(after.notes[1]).not.toHaveProperty('partOf');
});

test('notes of others, bookmarks and notes on the whole document are not joined', () => {
  const { anchor: _none, ...onDocument } = note(1, 'The lamp');
  const all = [note(1, 'The lamp', { creator: { name: 'Ann' } }), note(1, 'The lamp', { motivation: 'bookmarking' }), onDocument];
  expect(all.map(canBeJoined)).toEqual([false, false, false]);
});

test('all passages of a note are deleted and brought back together', () => {
  const before = notebook(note(1, 'The lamp'), note(2, 'The quay', { partOf: idOf(1) }), note(3, 'Nobody'));
  const deleted = make(before, deleteNotes(before, new Set([idOf(1)]), at(9)));
  expect(deleted.notes.map(({ id }) => id)).toEqual([idOf(3)]);
  const back = make(deleted, restoreNotes(deleted, idOf(1)));
  expect(wholeNotes(back.notes)).toMatchObject([{ id: idOf(3) }, { id: idOf(1), parts: [{ id: idOf(2) }] }]);
});

test('what another window did to a passage does not join it again', () => {
  const before = notebook(note(1, 'The lamp'), note(2, 'The quay', { partOf: idOf(1) }));
  const [, part] = before.notes;
  if (!part) throw new Error('There is a passage.');
  const moved = basedOn(before, { type: 'put-note', note: { ...part, anchor: anchorOf('The quay is'), modifiedAt: at(9) } });
  const { partOf: _whole, ...own } = part;
  const split = applyChange(before, basedOn(before, { type: 'put-note', note: { ...own, modifiedAt: at(8) } }));
  const after = applyChange(split, moved);
  expect(after.notes[1]).toMatchObject({ anchor: { exact: 'The quay is' } });
  expect(after.notes[1]).not.toHaveProperty('partOf');
});

const anyNotes: fc.Arbitrary<Note[]> = fc
  .uniqueArray(fc.tuple(fc.nat({ max: TEXT.length - 2 }), fc.integer({ min: 1, max: 30 }), fc.constantFrom('', 'one', 'two')), {
    minLength: 1,
    maxLength: 6,
    selector: ([start, length]) => `${start} ${length}`,
  })
  .map((all) =>
    all.map(([start, length, body], number) => ({
      ...note(number, 'The'),
      body,
      anchor: anchorAt(start, Math.min(TEXT.length, start + length)),
    })),
  );
const marked = (notes: readonly Note[]): string =>
  [...TEXT]
    .map((letter, index) => (notes.some((each) => passagesOf(each).some(({ start, end }) => start <= index && index < end)) ? letter : '·'))
    .join('');

test('joining keeps what was marked and written, leaves no two passages that touch, and one undo takes it back', () => {
  fc.assert(
    fc.property(anyNotes, (notes) => {
      const before = notebook(...notes);
      const changes = joinNotes(before.notes, at(99));
      // Also where only some of the changes could be made.
      changes.reduce((state, change) => {
        const next = make(state, [change]);
        for (const { body } of notes) expect(next.notes.map((each) => each.body).join('\n')).toContain(body);
        return next;
      }, before);
      const after = make(before, changes);
      const wholes = wholeNotes(after.notes);
      expect(wholes).toHaveLength(1);
      // Where two met with nothing but white space between them, that is marked, too.
      expect(marked(wholes).replaceAll(' ', '·')).toBe(marked(notes).replaceAll(' ', '·'));
      for (const { body } of notes) expect(wholes[0]?.body).toContain(body);
      const passages = wholes.flatMap(passagesOf);
      for (const [index, each] of passages.entries()) {
        expect(each).toMatchObject({ exact: TEXT.slice(each.start, each.end) });
        const next = passages[index + 1];
        if (next) expect(TEXT.slice(each.end, next.start).trim()).not.toBe('');
      }
      const back = inversesOf(before, changes).reduce(applyChange, after);
      const bare = ({ id, body, tags, colour, anchor, partOf }: Note) => ({ id, body, tags, colour, anchor, partOf });
      const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
      expect(back.notes.map(bare).toSorted(byId)).toEqual(notes.map(bare).toSorted(byId));
      expect(back.deletedNotes).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['one block', ' ', 'cell two Last line'],
  ['two blocks', '\n', undefined],
  ['two cells of a table', '\t', undefined],
])('passages with nothing but white space between them become one within a block: %s', (_where, between, united) => {
  const text = `cell two${between}Last line`;
  const passage = (exact: string): Anchor => {
    const start = text.indexOf(exact);
    const end = start + exact.length;
    return { start, end, exact, prefix: text.slice(0, start), suffix: text.slice(end), textHash: 'a'.repeat(64) };
  };
  expect(uniteAnchors(passage('cell two'), passage('Last line'))?.exact).toBe(united);
});

test('anchors of two texts, and those whose words are not as long as they say, are not made one', () => {
  const [one, other] = [anchorOf('The quay'), anchorOf('quay is')];
  expect(uniteAnchors(one, other)?.exact).toBe('The quay is');
  expect(uniteAnchors(one, { ...other, textHash: 'b'.repeat(64) })).toBeUndefined();
  expect(uniteAnchors({ ...one, exact: 'x' }, other)).toBeUndefined();
  // Of pages without text all areas stand at one place of it.
  const [page, next] = [1, 2].map((number) => ({ ...anchorAt(0, 0), area: { page: number } }));
  expect(page && next && uniteAnchors(page, next)).toBeUndefined();
});
