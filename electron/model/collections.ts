import { z } from 'zod';
import { canonical } from './canonical';
import { type Comings, isThere, mergeComings, presentIn, withComing } from './comings';

export const collectionIdSchema = z.uuid();
export const collectionNameSchema = z.string().trim().min(1).max(200);

/**
 * How a document stands to a collection: `count` tells how often it was put in and taken out (`comings.ts`); `name` is what the
 * collection was called then. What it is called now is kept with the settings, once for all documents: by the name here it is known where these
 * were lost, or in another library.
 */
export const membershipSchema = z.looseObject({ name: collectionNameSchema, count: z.int().positive() });
export type Membership = z.infer<typeof membershipSchema>;

/** By the ids of collections. */
export type Memberships = Comings<Membership>;

interface Holder {
  collections?: Memberships;
}

/** Whether a document is in a collection. */
export const isInCollection = ({ collections }: Holder, id: string): boolean => isThere(collections, id);

/** The collections that a document is in. */
export const collectionsOf = ({ collections }: Holder): { id: string; name: string }[] =>
  presentIn(collections).map(([id, { name }]) => ({ id, name }));

/** The notebook of a document that is put into a collection, or taken out; the same where that is so already. */
export function withCollection<N extends Holder>(notebook: N, { id, name, isIn }: { id: string; name: string; isIn: boolean }): N {
  const collections = withComing(notebook.collections, id, isIn, (count) => ({ ...notebook.collections?.[id], name, count }));
  return collections === notebook.collections ? notebook : { ...notebook, collections };
}

/** Memberships of two states as one (`mergeComings`). */
export const mergeMemberships = (one?: Memberships, other?: Memberships): Memberships | undefined =>
  mergeComings(one, other, (membership) => [membership.name, canonical(membership)]);

/** Memberships as another library is told them: those that are, without what came before. */
export const carriedMemberships = (notebook: Holder): Memberships =>
  Object.fromEntries(collectionsOf(notebook).map(({ id, name }) => [id, { name, count: 1 }]));

/** What names of collections are compared by. */
export const collectionKey = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
