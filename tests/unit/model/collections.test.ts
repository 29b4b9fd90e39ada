import fc from 'fast-check';
import { expect, test } from 'vitest';
import { carriedMemberships, collectionsOf, isInCollection, type Memberships, mergeMemberships, withCollection } from '#model';

const ids = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
const [THESIS] = ids;
const none: { collections?: Memberships } = {};
const thesis = (isIn: boolean) => ({ id: THESIS, name: 'Thesis', isIn });

test('a document comes into a collection once, and goes once', () => {
  const come = withCollection(none, thesis(true));
  expect(collectionsOf(come)).toEqual([{ id: THESIS, name: 'Thesis' }]);
  expect(withCollection(come, thesis(true))).toBe(come);
  const gone = withCollection(come, thesis(false));
  expect(collectionsOf(gone)).toEqual([]);
  expect(withCollection(gone, thesis(false))).toBe(gone);
  expect(isInCollection(withCollection(gone, thesis(true)), THESIS)).toBe(true);
});

test('a machine that did not know of a leaving does not bring the document back, nor one of a coming takes it out', () => {
  const come = withCollection(none, thesis(true));
  const gone = withCollection(come, thesis(false));
  expect(isInCollection({ collections: mergeMemberships(come.collections, gone.collections) }, THESIS)).toBe(false);
  const again = withCollection(gone, thesis(true));
  expect(isInCollection({ collections: mergeMemberships(gone.collections, again.collections) }, THESIS)).toBe(true);
});

const step = fc.record({ id: fc.constantFrom(...ids), name: fc.constantFrom('Thesis', 'Sea'), isIn: fc.boolean() });
const state = fc.array(step, { maxLength: 6 }).map((steps) => steps.reduce(withCollection, none).collections);
/** With a field that only a newer version knows. */
const newer = fc.tuple(state, fc.nat(2)).map(([memberships, field]): Memberships | undefined => {
  const [[id, membership] = []] = Object.entries(memberships ?? {});
  return id && membership ? { ...memberships, [id]: { ...membership, field } } : memberships;
});

test('merging is commutative, associative and idempotent', () => {
  fc.assert(
    fc.property(newer, newer, newer, (a, b, c) => {
      expect(mergeMemberships(a, b)).toEqual(mergeMemberships(b, a));
      expect(mergeMemberships(mergeMemberships(a, b), c)).toEqual(mergeMemberships(a, mergeMemberships(b, c)));
      expect(mergeMemberships(a, a)).toEqual(a);
    }),
  );
});

test('another library is told the same collections, and none that the document is in no more', () => {
  fc.assert(
    fc.property(state, (collections) => {
      const told = { collections: carriedMemberships({ ...(collections && { collections }) }) };
      expect(collectionsOf(told)).toEqual(collectionsOf({ ...(collections && { collections }) }));
      expect(Object.values(told.collections).every(({ count }) => count === 1)).toBe(true);
    }),
  );
});
