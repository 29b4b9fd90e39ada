import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeTables } from '#api';

const moment = fc.integer({ min: 0, max: 3 }).map((minute) => new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString());
const collection = fc.record({ name: fc.constantFrom('Thesis', 'Sea'), changedAt: moment, isRemoved: fc.constantFrom(true, false) });
const entry = fc.oneof({ weight: 5, arbitrary: collection as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: fc.constantFrom('none', 7) });
const table = fc.dictionary(fc.constantFrom('a', 'b', 'c'), entry);
const merge = (one: Record<string, unknown>, other: Record<string, unknown>) => mergeTables('collections', one, other);

test('merging what two machines have of collections is commutative, associative and idempotent, and loses none', () => {
  fc.assert(
    fc.property(table, table, table, (a, b, c) => {
      expect(merge(a, b)).toEqual(merge(b, a));
      expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
      expect(merge(a, a)).toEqual(a);
      expect(Object.keys(merge(a, b)).sort()).toEqual([...new Set([...Object.keys(a), ...Object.keys(b)])].sort());
    }),
  );
});

test('of a collection what was done to it last counts, and one that makes no sense never does', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString();
  const removed = { name: 'Thesis', changedAt: at(2), isRemoved: true };
  expect(merge({ a: removed }, { a: { name: 'Renamed', changedAt: at(1) } })).toEqual({ a: removed });
  expect(merge({ a: removed }, { a: { name: 'Renamed', changedAt: at(3) } })).toEqual({ a: { name: 'Renamed', changedAt: at(3) } });
  expect(merge({ a: removed }, { a: 'broken' })).toEqual({ a: removed });
});
