import { z } from 'zod';
import { canonical, inOrder, type Rank } from './canonical';

export const collectionIdSchema = z.uuid();
export const collectionNameSchema = z.string().trim().min(1).max(200);

/**
 * How a document stands to a collection: `count` tells how often it was put in and taken out, so that an odd one is in it; `name` is what the
 * collection was called then. What it is called now is kept with the settings, once for all documents: by the name here it is known where these
 * were lost, or in another library.
 */
export const membershipSchema = z.looseObject({ name: collectionNameSchema, count: z.int().positive() });
export type Membership = z.infer<typeof membershipSchema>;

/** By the ids of collections. */
export type Memberships = Readonly<Record<string, Membership>>;

interface Holder {
  collections?: Memberships;
}

/** Whether a document is in a collection. */
export const isInCollection = ({ collections }: Holder, id: string): boolean => (collections?.[id]?.count ?? 0) % 2 === 1;

/** The collections that a document is in. */
export const collectionsOf = (notebook: Holder): { id: string; name: string }[] =>
  Object.entries(notebook.collections ?? {}).flatMap(([id, { name }]) => (isInCollection(notebook, id) ? [{ id, name }] : []));

/** The notebook of a document that is put into a collection, or taken out; the same where that is so already. */
export function withCollection<N extends Holder>(notebook: N, { id, name, isIn }: { id: string; name: string; isIn: boolean }): N {
  if (isInCollection(notebook, id) === isIn) return notebook;
  const before = notebook.collections?.[id];
  return { ...notebook, collections: { ...notebook.collections, [id]: { ...before, name, count: (before?.count ?? 0) + 1 } } };
}

/** Of each collection the state that knows of more comings and goings. Commutative, associative and idempotent. */
export function mergeMemberships(one: Memberships = {}, other: Memberships = {}): Memberships | undefined {
  const ids = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  const merged = ids.flatMap((id): [string, Membership][] => {
    const [before, since] = [one[id] ?? other[id], other[id] ?? one[id]];
    return before && since ? [[id, inOrder(before, since, rankOf)[1]]] : [];
  });
  return merged.length > 0 ? Object.fromEntries(merged) : undefined;
}

const rankOf = (membership: Membership): Rank => [membership.count, membership.name, canonical(membership)];

/** Memberships as another library is told them: those that are, without what came before. */
export const carriedMemberships = (notebook: Holder): Memberships =>
  Object.fromEntries(collectionsOf(notebook).map(({ id, name }) => [id, { name, count: 1 }]));

/** What names of collections are compared by. */
export const collectionKey = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
