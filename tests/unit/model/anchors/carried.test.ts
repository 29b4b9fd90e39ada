import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Anchor, anchorsToCarry, applyChange, type CarriedAnchor, mergeNotebooks, type Notebook, withCarriedAnchors } from '#model';
import { makeNote } from '../../host-fixtures';

const RAW = 'f'.repeat(64);
const OLD = 'a'.repeat(64);
const NEW = 'b'.repeat(64);

const anchorIn = (textHash: string, start: number): Anchor => ({ start, end: start + 5, exact: 'quote', prefix: '', suffix: '', textHash });
const carriedAt = (start: number, to = start + 1): CarriedAnchor => ({
  from: { textHash: OLD, start, end: start + 5 },
  to: anchorIn(NEW, to),
});

const notebook = (fields: Partial<Notebook> = {}): Notebook => ({
  version: 1,
  id: 'document-1',
  identity: { paths: [], rawHash: RAW, textHash: OLD, history: [] },
  tags: [],
  status: 'unread',
  notes: [],
  deletedNotes: [],
  ...fields,
});

const version = (anchor: Anchor) => ({
  at: new Date(anchor.start * 1000).toISOString(),
  colour: 'green' as const,
  body: 'before',
  tags: [],
  anchor,
});

const starts = fc.uniqueArray(fc.nat(20), { maxLength: 6 });
const notebooks = fc.tuple(starts, starts, starts).map(([noted, deleted, versions]) =>
  notebook({
    notes: noted.map((start, index) =>
      makeNote({
        id: `01890000-0000-7000-8000-00000000000${index}`,
        anchor: anchorIn(OLD, start),
        history: versions.map((at) => version(anchorIn(OLD, at))),
      }),
    ),
    deletedNotes: deleted.map((start, index) => ({
      note: makeNote({ id: `01890000-0000-7000-8000-00000000001${index}`, anchor: anchorIn(OLD, start) }),
      deletedAt: '2026-01-03T00:00:00.000Z',
    })),
  }),
);

describe('anchors that are carried over', () => {
  it('keep what is known of them, but not where they were in print', () => {
    const anchor = { ...anchorIn(OLD, 10), locator: { page: '7' }, by: 'another program' };
    const after = withCarriedAnchors(notebook({ notes: [makeNote({ anchor })] }), [carriedAt(10)]);
    expect(after.notes[0]?.anchor).toEqual({ ...anchorIn(NEW, 11), by: 'another program' });
  });

  it('know where they are in print on both of two machines, once one of them does', () => {
    const note = makeNote({ anchor: anchorIn(OLD, 10) });
    const [before, after] = [note, { ...note, anchor: { ...anchorIn(OLD, 10), locator: { page: '7' } } }].map((each) =>
      notebook({ notes: [each] }),
    ) as [Notebook, Notebook];
    expect(mergeNotebooks(before, after)).toEqual(after);
    expect(mergeNotebooks(after, before)).toEqual(after);
  });

  it('go along in notes, in versions and in the trash, and leave all else as it was', () => {
    const note = makeNote({ anchor: anchorIn(OLD, 10), history: [version(anchorIn(OLD, 20))] });
    const before = notebook({ notes: [note, makeNote({ body: 'on the whole' })], deletedNotes: [{ note, deletedAt: note.createdAt }] });
    const after = applyChange(before, { type: 'carry-anchors', carried: [carriedAt(10), carriedAt(20)] });
    const moved = { ...note, anchor: anchorIn(NEW, 11), history: [{ ...version(anchorIn(OLD, 20)), anchor: anchorIn(NEW, 21) }] };
    expect(after).toEqual({ ...before, notes: [moved, before.notes[1]], deletedNotes: [{ note: moved, deletedAt: note.createdAt }] });
  });

  it('change nothing the second time, nor where none of them is', () => {
    fc.assert(
      fc.property(notebooks, starts, (before, carried) => {
        const change = carried.map((start) => carriedAt(start));
        const once = withCarriedAnchors(before, change);
        expect(withCarriedAnchors(once, change)).toBe(once);
      }),
    );
  });

  it('end the same on two machines, whichever of them meets the other first', () => {
    fc.assert(
      fc.property(notebooks, (before) => {
        const all = anchorsToCarry(before, RAW, NEW).flatMap(({ anchors }) => anchors.map(({ start }) => carriedAt(start)));
        const carried = withCarriedAnchors(before, all);
        const again = (state: Notebook) => withCarriedAnchors(state, all);
        expect(mergeNotebooks(carried, withCarriedAnchors(before, all))).toEqual(mergeNotebooks(carried, carried));
        expect(again(mergeNotebooks(carried, before))).toEqual(mergeNotebooks(carried, carried));
        expect(again(mergeNotebooks(before, carried))).toEqual(mergeNotebooks(carried, carried));
      }),
    );
  });
});

describe('anchorsToCarry', () => {
  const notes = [anchorIn(OLD, 10), anchorIn(OLD, 10), anchorIn(OLD, 30), anchorIn(NEW, 40)].map((anchor) => makeNote({ anchor }));

  it('names each place of an earlier text once', () => {
    expect(anchorsToCarry(notebook({ notes }), RAW, NEW)).toEqual([
      { textHash: OLD, anchors: [anchorIn(OLD, 10), anchorIn(OLD, 30)], isUncertain: false },
    ]);
  });

  it('is uncertain of a text that is not known to have been one of the same content', () => {
    const history = [{ rawHash: 'e'.repeat(64), textHash: 'c'.repeat(64), until: '2026-01-01T00:00:00.000Z' }];
    const identity = { paths: [], rawHash: RAW, textHash: NEW, history };
    expect(anchorsToCarry(notebook({ notes, identity }), RAW, NEW)).toMatchObject([{ textHash: OLD, isUncertain: true }]);
  });

  it('names none of another content of the file', () => {
    const history = [{ rawHash: 'e'.repeat(64), textHash: OLD, until: '2026-01-01T00:00:00.000Z' }];
    expect(anchorsToCarry(notebook({ notes, identity: { paths: [], rawHash: RAW, history } }), RAW, NEW)).toEqual([]);
    expect(anchorsToCarry(notebook({ notes }), 'e'.repeat(64), NEW)).toEqual([]);
  });
});
