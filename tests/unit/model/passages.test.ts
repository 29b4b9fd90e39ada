import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type DeletedNote,
  exactOf,
  idsDeletedWith,
  idsWithParts,
  type Note,
  outlineOf,
  quoteOf,
  recordsOf,
  wholeDeleted,
  wholeNotes,
  wholeWith,
} from '#model';
import { anchor, note, notebook } from '../interchange/export/fixtures';

const idOf = (number: number) => `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const record = (number: number, part: Partial<Note> = {}): Note =>
  note({ id: idOf(number), anchor: anchor(number * 10, `quote ${number}`), ...part });

const anyRecords: fc.Arbitrary<Note[]> = fc
  .array(
    fc.record({
      partOf: fc.option(fc.nat({ max: 6 }), { nil: undefined }),
      body: fc.constantFrom('', '', '', 'words'),
      isBookmark: fc.constantFrom(false, false, true),
      hasAnchor: fc.constantFrom(true, true, false),
    }),
    { maxLength: 6 },
  )
  .map((all) =>
    all.map(({ partOf, body, isBookmark, hasAnchor }, number) => {
      const { anchor: passage, ...rest } = record(number, { body });
      return {
        ...rest,
        ...(hasAnchor && passage && { anchor: passage }),
        ...(partOf !== undefined && { partOf: idOf(partOf) }),
        ...(isBookmark && { motivation: 'bookmarking' as const }),
      };
    }),
  );

test('every record is in one note, as its own or as a passage of it, whatever belongs to what', () => {
  fc.assert(
    fc.property(anyRecords, (records) => {
      const wholes = wholeNotes(records);
      expect(wholes.flatMap(recordsOf).toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(records);
      for (const { id, anchor: passage, parts = [] } of wholes)
        for (const part of parts) expect([part.partOf, part.body, passage !== undefined]).toEqual([id, '', true]);
      for (const { id, body } of records) expect(wholeWith(records, id)?.body || body).toBe(wholeWith(records, id)?.body);
    }),
    { numRuns: 150 },
  );
});

test('which records make one note does not depend on their order', () => {
  const told = (records: readonly Note[]) =>
    new Map(wholeNotes(records).map(({ id, parts = [] }) => [id, new Set(parts.map((part) => part.id))]));
  fc.assert(
    fc.property(anyRecords, (records) => {
      expect(told(records.toReversed())).toEqual(told(records));
    }),
  );
});

test('a passage whose note is gone, or is a passage itself, or leads in a circle, is a note of its own', () => {
  const ids = (...records: Note[]) => wholeNotes(records).map(({ id }) => id);
  expect(ids(record(1), record(2, { partOf: idOf(1) }))).toEqual([idOf(1)]);
  expect(ids(record(2, { partOf: idOf(1) }))).toEqual([idOf(2)]);
  expect(ids(record(1), record(2, { partOf: idOf(1) }), record(3, { partOf: idOf(2) }))).toEqual([idOf(1), idOf(3)]);
  expect(ids(record(1, { partOf: idOf(2) }), record(2, { partOf: idOf(1) }))).toEqual([idOf(1), idOf(2)]);
  expect(ids(record(1, { partOf: idOf(1) }))).toEqual([idOf(1)]);
  // Words that an earlier version of Lectern wrote into a passage are seen.
  expect(ids(record(1), record(2, { partOf: idOf(1), body: 'seen' }))).toEqual([idOf(1), idOf(2)]);
});

test('a quote reads in the order of the text, and paragraphs within it stay apart', () => {
  const [whole] = wholeNotes([record(3), record(1, { partOf: idOf(3), anchor: anchor(4, 'hard\nwrapped\n\nand more ') })]);
  expect(whole && exactOf(whole)).toBe('hard\nwrapped\n\nand more […] quote 3');
  expect(whole && quoteOf(whole)).toBe('hard wrapped\n\nand more […] quote 3');
});

test('what has no passages beyond its own is the same as before, and a note stays the same object while nothing of it changes', () => {
  const alone = [record(1), record(2)];
  expect(wholeNotes(alone)).toBe(alone);
  const [head, part] = [record(1), record(2, { partOf: idOf(1) })];
  expect(wholeNotes([head, part])[0]).toBe(wholeNotes([head, part, record(3)])[0]);
  expect(wholeNotes([head, { ...part }])[0]).not.toBe(wholeNotes([head, part])[0]);
});

test('what stands as “parts” in a file is not taken for passages', () => {
  const [whole] = wholeNotes([record(1, { parts: 5 })]);
  expect(whole && exactOf(whole)).toBe('quote 1');
});

test('passages go to the trash and out of it with their note, and one that went by itself by itself', () => {
  const [head, one, other] = [record(1), record(2, { partOf: idOf(1) }), record(3, { partOf: idOf(1) })];
  expect(idsWithParts([head, one, other], new Set([idOf(1)]))).toEqual(new Set([idOf(1), idOf(2), idOf(3)]));
  expect(idsWithParts([head, one, other], new Set([idOf(2)]))).toEqual(new Set([idOf(2)]));
  const deletedNotes: DeletedNote[] = [
    { note: one, deletedAt: '2026-01-02T00:00:00.000Z' },
    { note: head, deletedAt: '2026-01-03T00:00:00.000Z' },
    { note: other, deletedAt: '2026-01-03T00:00:00.000Z' },
  ];
  expect(wholeDeleted(deletedNotes).map(({ note }) => exactOf(note))).toEqual(['quote 2', 'quote 1 […] quote 3']);
  expect(idsDeletedWith({ deletedNotes }, idOf(1))).toEqual([idOf(1), idOf(3)]);
  expect(idsDeletedWith({ deletedNotes }, idOf(2))).toEqual([idOf(2)]);
  expect(outlineOf(notebook('document-1', [head, one], { deletedNotes }))).toMatchObject({ noteCount: 1, deletedCount: 2 });
});
