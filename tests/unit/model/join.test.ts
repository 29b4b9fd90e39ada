import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Anchor,
  applyChange,
  type BeforeJoining,
  basedOn,
  collectionsOf,
  editionsOf,
  emptied,
  emptyNotebook,
  givenBack,
  goingBack,
  heirOf,
  isSameContent,
  markedSame,
  mergeNotebooks,
  moveInto,
  type Note,
  type Notebook,
  type NotebookChange,
  notebookSchema,
  noteClock,
  takenBack,
  wholeNotes,
  withEdition,
} from '#model';

const FIRST = 'document-1';
const SECOND = 'document-2';
const THESIS = '11111111-1111-4111-8111-111111111111';
const noteIds = [1, 2, 3].map((each) => `01890000-0000-7000-8000-00000000000${each}`);
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12) + minute * 60_000).toISOString();
const empty = (id: string) => emptyNotebook(id, { paths: [], rawHash: (id === FIRST ? '1' : '2').repeat(64), history: [] });
const note = (body: string, minute = 0, id = noteIds[0] ?? ''): Note => ({
  id,
  colour: 'blue',
  body,
  tags: [],
  createdAt: at(0),
  modifiedAt: at(minute),
  history: [],
});
const change = (before: Notebook, each: NotebookChange): Notebook => applyChange(before, basedOn(before, each, at(0)));
/** The hash of the text of a document. */
const textOf = (id: string): string => (id === FIRST ? 'a' : 'b').repeat(64);
const anchorOn = (id: string, start = 0): Anchor => ({ start, end: start + 1, exact: 'x', prefix: '', suffix: '', textHash: textOf(id) });
const put = (before: Notebook, each: Note) => change(before, { type: 'put-note', note: each, keepsBefore: true });
const allNotes = ({ notes, deletedNotes }: Notebook) => [...notes, ...deletedNotes.map((each) => each.note)];
const wordsOf = (notebook: Notebook) =>
  allNotes(notebook).flatMap((each) => [each, ...each.history].map(({ body }) => `${each.id} ${body}`));

describe('moving all that the reader has on a document to another one', () => {
  test('brings notes, trash, tags and a title where there is none, and leaves nothing twice', () => {
    const changes: NotebookChange[] = [
      { type: 'put-note', note: note('gone', 1, noteIds[1]) },
      { type: 'delete-note', noteId: noteIds[1] ?? '', at: at(2) },
      { type: 'set-tags', tags: ['Sea'] },
      { type: 'set-title', title: 'Mine', at: at(3) },
      { type: 'set-favourite', favourite: true, at: at(3) },
      { type: 'set-later', later: 'm', at: at(3) },
      { type: 'set-collection', id: THESIS, name: 'Thesis', isIn: true },
    ];
    const from = changes.reduce(change, put(empty(SECOND), note('words', 1)));
    const into = moveInto(change(empty(FIRST), { type: 'set-tags', tags: ['Land'] }), from);
    expect(into).toMatchObject({
      title: 'Mine',
      tags: ['Land', 'Sea'],
      notes: [{ body: 'words' }],
      deletedNotes: [{ note: { body: 'gone' } }],
    });
    expect(into).toMatchObject({ favourite: true, later: 'm' });
    expect(collectionsOf(into)).toEqual([{ id: THESIS, name: 'Thesis' }]);
    expect(emptied(from, into)).toMatchObject({ notes: [], deletedNotes: [], tags: [] });
    expect(collectionsOf(emptied(from, into))).toEqual([]);
    expect(moveInto(change(empty(FIRST), { type: 'set-title', title: 'Another', at: at(1) }), from).title).toBe('Another');
  });

  test('brings no edition again that was parted from it since', () => {
    const [one, two] = ['3', '4'].map((each) => each.repeat(64)) as [string, string];
    const from = [one, two].reduce((all, each) => withEdition(all, each, true), put(empty(SECOND), note('words', 1)));
    const into = moveInto(empty(FIRST), from);
    expect(editionsOf(into)).toEqual([one, two]);
    const left = emptied(from, into);
    const parted = withEdition(into, two, false);
    expect(editionsOf(moveInto(parted, put(left, note('written where that was not known', 5, noteIds[1]))))).toEqual([one]);
    expect(editionsOf(givenBack(left, into, { from }, new Set(), at(9)))).toEqual([one, two]);
  });

  test('leaves where it is what only says how a document came to be as it is', () => {
    const purged = [note('purged', 1), note('kept', 2, noteIds[1])].reduce(put, empty(SECOND));
    const changes: NotebookChange[] = [
      { type: 'delete-note', noteId: noteIds[0] ?? '', at: at(3) },
      { type: 'purge-note', noteId: noteIds[0] ?? '' },
    ];
    const from = markedSame({ ...changes.reduce(change, purged), forgottenAt: at(1) }, FIRST, at(9));
    const before = put(empty(FIRST), note('purged', 1));
    const into = moveInto(before, from);
    expect(into).not.toHaveProperty('purgedNotes');
    expect(into).not.toHaveProperty('forgottenAt');
    expect(into).not.toHaveProperty('sameAs');
    expect(into.fieldTimes?.['sameAs']).toBeUndefined();
    expect(into.notes.map(({ body }) => body)).toEqual(['purged', 'kept']);
    expect(into).toMatchObject({ id: FIRST, identity: before.identity });
  });

  test('keeps what the other document has not: an earlier state, or other words of the same moment', () => {
    const from = put(empty(SECOND), note('words of a machine that did not know', 5));
    const into = put(empty(FIRST), note('words', 9));
    expect(emptied(from, into).notes).toHaveLength(1);
    expect(emptied(from, moveInto(into, from)).notes).toEqual([]);
  });

  test('makes notes new to a document that was forgotten, so that no machine that forgot it forgets them', () => {
    const forgotten = change(put(empty(FIRST), note('forgotten', 1, noteIds[1])), { type: 'forget', at: at(50) });
    const from = put(empty(SECOND), note('words', 5));
    const into = moveInto(forgotten, from);
    expect(mergeNotebooks(put(empty(FIRST), note('forgotten', 1, noteIds[1])), into).notes.map(({ body }) => body)).toEqual(['words']);
    expect(emptied(from, into).notes).toEqual([]);
    expect(into.notes.map((each) => noteClock(each) > at(50))).toEqual([true]);
  });

  test('is done again after it was taken back', () => {
    const noted = [note('words', 1), note('gone', 2, noteIds[1])].reduce(put, empty(SECOND));
    const from = change(noted, { type: 'set-collection', id: THESIS, name: 'Thesis', isIn: true });
    const into = empty(FIRST);
    const joined = moveInto(into, from);
    const written = change(put(joined, note('written since', 9)), { type: 'delete-note', noteId: noteIds[1] ?? '', at: at(10) });
    const going = goingBack(written, { from, into }, () => false);
    const apart = givenBack(emptied(markedSame(from, FIRST, at(5)), joined), written, { from }, going, at(11));
    expect(apart).toMatchObject({ notes: [{ body: 'written since' }], deletedNotes: [{ note: { body: 'gone' } }] });
    expect(apart).not.toHaveProperty('sameAs');
    const rest = takenBack(written, apart, { into, joined }, going, at(11));
    expect(rest.notes).toEqual([]);
    expect([rest, apart].map((each) => collectionsOf(each).length)).toEqual([0, 1]);
    const again = moveInto(rest, apart);
    expect(again).toMatchObject({ notes: [{ body: 'written since' }], deletedNotes: [{ note: { body: 'gone' } }] });
  });
});

describe('the document that has the words by now', () => {
  const of = (id: string, same: Record<string, string>) => heirOf(id, (each) => same[each]);
  test('is found over several joinings', () => expect(of('a', { a: 'b', b: 'c' })).toBe('c'));
  test('is the same for all that are joined in a circle, also from without', () => {
    expect(['a', 'b', 'c', 'd'].map((id) => of(id, { a: 'c', b: 'a', c: 'b', d: 'c' }))).toEqual(['a', 'a', 'a', 'a']);
    expect(of('a', { a: 'a' })).toBe('a');
  });
});

/** What one machine has of the two documents. */
interface Machine {
  notebooks: Record<string, Notebook>;
  undoable: { fromId: string; intoId: string; before: BeforeJoining } | undefined;
  /** All words that were ever on it. */
  written: Set<string>;
}

type Step =
  | { type: 'change'; machine: 0 | 1; id: string; change: NotebookChange }
  | { type: 'join'; machine: 0 | 1; fromId: string; isCutOff: boolean; meanwhile: NotebookChange[] }
  | { type: 'undo'; machine: 0 | 1; isCutOff: boolean; meanwhile: NotebookChange[] }
  | { type: 'drain'; machine: 0 | 1; id: string }
  | { type: 'sync'; machine: 0 | 1; id: string };

const machine = fc.constantFrom<0 | 1>(0, 1);
const documentId = fc.constantFrom(FIRST, SECOND);
const minute = fc.integer({ min: 0, max: 40 });
const anyChange: fc.Arbitrary<NotebookChange> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...noteIds), minute, fc.constantFrom(FIRST, SECOND, undefined)).map(
      ([id, each, text]): NotebookChange => ({
        type: 'put-note',
        note: { ...note('', each, id), ...(text !== undefined && { anchor: anchorOn(text) }) },
        keepsBefore: true,
      }),
    ),
  },
  fc.tuple(fc.constantFrom(...noteIds), minute).map(([noteId, each]): NotebookChange => ({ type: 'delete-note', noteId, at: at(each) })),
  fc.constantFrom(...noteIds).map((noteId): NotebookChange => ({ type: 'restore-note', noteId })),
  fc.constantFrom(...noteIds).map((noteId): NotebookChange => ({ type: 'purge-note', noteId })),
  fc.subarray(['a', 'b']).map((tags): NotebookChange => ({ type: 'set-tags', tags })),
  minute.map((each): NotebookChange => ({ type: 'set-title', title: `title ${each}`, at: at(each) })),
  minute.map((each): NotebookChange => ({ type: 'set-author', author: `author ${each}`, at: at(each) })),
);
/** What is written on the document that gives, before that is taken from it. */
const meanwhile = fc.array(anyChange, { maxLength: 2 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('change' as const), machine, id: documentId, change: anyChange }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('join' as const), machine, fromId: documentId, isCutOff: fc.boolean(), meanwhile }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('undo' as const), machine, isCutOff: fc.boolean(), meanwhile }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('drain' as const), machine, id: documentId }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('sync' as const), machine, id: documentId }) },
);
/** A document that may have been forgotten before, also by a clock that is ahead. */
const anyBeginning = (id: string) =>
  fc
    .option(minute)
    .map((forgotten): Notebook => (forgotten === null ? empty(id) : change(empty(id), { type: 'forget', at: at(forgotten) })));

const get = ({ notebooks }: Machine, id: string): Notebook => notebooks[id] ?? empty(id);
const heir = (of: Machine, id: string) => heirOf(id, (each) => get(of, each).sameAs);

/** Of all that is written no two words are the same. */
const write = (of: Machine, id: string, each: NotebookChange, words: string): void => {
  of.notebooks[id] = change(get(of, id), each.type === 'put-note' ? { ...each, note: { ...each.note, body: words } } : each);
  for (const kept of known(of)) of.written.add(kept);
};

function moveWords(of: Machine, fromId: string, intoId: string, writeMeanwhile?: () => void): void {
  of.notebooks[intoId] = moveInto(get(of, intoId), get(of, fromId));
  writeMeanwhile?.();
  of.notebooks[fromId] = emptied(get(of, fromId), get(of, intoId));
}

function drain(of: Machine, id: string): void {
  const to = heir(of, id);
  if (get(of, id).sameAs === undefined) return;
  if (to === id) of.notebooks[id] = markedSame(get(of, id), undefined, '');
  else moveWords(of, id, to);
}

/** `now`: minutes; what a reader does at one step is later than at the one before. */
function take(machines: readonly [Machine, Machine], step: Step, now: number): void {
  const of = machines[step.machine];
  const writeMeanwhile = (id: string): void => {
    if ('meanwhile' in step) for (const [index, each] of step.meanwhile.entries()) write(of, id, each, `words ${now} meanwhile ${index}`);
  };
  if (step.type === 'drain') drain(of, step.id);
  else if (step.type === 'sync') {
    const merged = mergeNotebooks(get(machines[0], step.id), get(machines[1], step.id));
    for (const each of machines) each.notebooks[step.id] = merged;
  } else if (step.type === 'change') {
    write(of, step.id, step.change, `words ${now}`);
  } else if (step.type === 'join') {
    const { fromId } = step;
    const intoId = heir(of, fromId === FIRST ? SECOND : FIRST);
    if (intoId === fromId) return;
    const [from, into] = [get(of, fromId), get(of, intoId)];
    of.notebooks[fromId] = markedSame(from, intoId, at(now));
    if (step.isCutOff) of.notebooks[intoId] = moveInto(into, from);
    else moveWords(of, fromId, intoId, () => writeMeanwhile(fromId));
    of.undoable = { fromId, intoId, before: { from, into, joined: get(of, intoId) } };
  } else if (of.undoable) {
    const { fromId, intoId, before } = of.undoable;
    of.undoable = undefined;
    const going = goingBack(get(of, intoId), before, (textHash) => textHash === textOf(fromId));
    of.notebooks[fromId] = givenBack(get(of, fromId), get(of, intoId), before, going, at(now));
    writeMeanwhile(intoId);
    if (!step.isCutOff) of.notebooks[intoId] = takenBack(get(of, intoId), get(of, fromId), before, going, at(now));
  }
}

const anyLife = fc.tuple(anyBeginning(FIRST), anyBeginning(SECOND), fc.array(anyStep, { maxLength: 25 }));
const begin = (first: Notebook, second: Notebook): [Machine, Machine] => {
  const make = (): Machine => ({ notebooks: { [FIRST]: first, [SECOND]: second }, undoable: undefined, written: new Set() });
  return [make(), make()];
};
const known = (of: Machine) => new Set(Object.values(of.notebooks).flatMap(wordsOf));

test('whatever is joined, written, taken back, cut off and merged, no words ever leave both documents, their trash and their histories but those of notes that were removed for good', () => {
  fc.assert(
    fc.property(anyLife, ([first, second, steps]) => {
      const machines = begin(first, second);
      const purged = new Set<string>();
      for (const [index, step] of steps.entries()) {
        const changes = step.type === 'change' ? [step.change] : 'meanwhile' in step ? step.meanwhile : [];
        for (const each of changes) if (each.type === 'purge-note') purged.add(each.noteId);
        take(machines, step, 100 + index);
        for (const each of machines) {
          const now = known(each);
          const lost = [...each.written.difference(now)].filter((words) => !purged.has(words.split(' ')[0] ?? ''));
          expect(lost).toEqual([]);
          for (const words of now) each.written.add(words);
          for (const notebook of Object.values(each.notebooks)) expect(notebookSchema.safeParse(notebook).success).toBe(true);
        }
      }
    }),
    { numRuns: 250 },
  );
});

test('whatever two machines joined, they come to have the same, the words of joined documents in one of them', () => {
  fc.assert(
    fc.property(anyLife, ([first, second, steps]) => {
      const machines = begin(first, second);
      for (const [index, step] of steps.entries()) take(machines, step, 100 + index);
      for (let round = 0; round < 3; round += 1)
        for (const id of [FIRST, SECOND]) {
          take(machines, { type: 'sync', machine: 0, id: FIRST }, 1000);
          take(machines, { type: 'sync', machine: 0, id: SECOND }, 1000);
          for (const which of [0, 1] as const) take(machines, { type: 'drain', machine: which, id }, 1000);
        }
      const [one, other] = machines;
      for (const id of [FIRST, SECOND]) {
        expect(isSameContent(get(one, id), get(other, id))).toBe(true);
        if (get(one, id).sameAs !== undefined) expect(allNotes(get(one, id))).toEqual([]);
      }
      expect([FIRST, SECOND].some((id) => get(one, id).sameAs === undefined)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('moving again what has moved changes nothing, and a machine that did not know loses nothing by it', () => {
  fc.assert(
    fc.property(
      fc.array(anyChange, { maxLength: 8 }),
      fc.array(anyChange, { maxLength: 8 }),
      anyBeginning(FIRST),
      (ours, theirs, beginning) => {
        const from = ours.reduce(change, empty(SECOND));
        const into = theirs.reduce(change, beginning);
        const moved = moveInto(into, from);
        expect(isSameContent(moveInto(moved, from), moved)).toBe(true);
        expect(allNotes(emptied(from, moved))).toEqual([]);
      },
    ),
  );
});

/** A note that stands on the text of one of the documents, or on none, and may be a passage of another one. */
const anyNoted = (from: number) =>
  fc.array(fc.tuple(fc.constantFrom(FIRST, SECOND, undefined), fc.option(fc.nat(7))), { maxLength: 4 }).map((all) =>
    all.map(([text, whole], index): Note => {
      const anchor = text !== undefined && anchorOn(text, from + index);
      const isPart = anchor && whole !== null && whole !== from + index;
      return { ...note('', 1, idOfNote(from + index)), ...(anchor && { anchor }), ...(isPart && { partOf: idOfNote(whole) }) };
    }),
  );
const idOfNote = (number: number) => `01890000-0000-7000-8000-00000000001${number}`;

test('when a joining is taken back, what was made since stays with the document on whose text it stands, further passages with their note', () => {
  fc.assert(
    fc.property(anyNoted(0), anyNoted(2), anyNoted(4), (fromNotes, intoNotes, since) => {
      const from = fromNotes.reduce(put, empty(SECOND));
      const into = intoNotes.filter(({ id }) => !fromNotes.some((each) => each.id === id)).reduce(put, empty(FIRST));
      const joined = moveInto(into, from);
      const fresh = since.filter(({ id }) => !joined.notes.some((each) => each.id === id));
      const present = fresh.reduce(put, joined);
      const going = goingBack(present, { from, into }, (textHash) => textHash === textOf(SECOND));
      const apart = givenBack(emptied(markedSame(from, FIRST, at(5)), joined), present, { from }, going, at(11));
      const rest = takenBack(present, apart, { into, joined }, going, at(11));
      const idsIn = ({ notes }: Notebook) => notes.map(({ id }) => id);
      // Each is in one of the two, as it was.
      expect([...idsIn(apart), ...idsIn(rest)].sort()).toEqual(idsIn(present).sort());
      expect(idsIn(apart)).toEqual(expect.arrayContaining(idsIn(from)));
      expect(idsIn(rest)).toEqual(expect.arrayContaining(idsIn(into)));
      for (const { id, anchor, parts = [] } of wholeNotes(present.notes)) {
        const isApart = idsIn(apart).includes(id);
        if (fresh.some((each) => each.id === id)) expect(isApart).toBe(anchor?.textHash === textOf(SECOND));
        for (const part of parts.filter((each) => fresh.some((one) => one.id === each.id)))
          expect(idsIn(apart).includes(part.id)).toBe(isApart);
      }
    }),
  );
});
