import { z } from 'zod';
import { collectionIdSchema, collectionNameSchema } from '../model/collections';
import { documentIdSchema, readingStatusSchema, tagNameSchema } from '../model/notebook';
import { tagMoveSchema } from '../model/tag-moves';
import { tidyTagNames } from '../model/tag-names';

/** Documents, or notes, that one change is made of at most. */
const MOST = 200_000;

const documentIds = z
  .array(documentIdSchema)
  .min(1)
  .max(MOST)
  .transform((ids) => [...new Set(ids)]);
/** Notes by document. */
export const chosenNotesSchema = z.array(z.object({ documentId: documentIdSchema, noteIds: z.array(z.uuid()).min(1) })).max(MOST);
export type ChosenNotes = z.infer<typeof chosenNotesSchema>;
/** Of at least one; each document once. */
const notesToChange = chosenNotesSchema.min(1).transform((notes) => {
  const byDocument = Map.groupBy(notes, ({ documentId }) => documentId);
  return [...byDocument].map(([documentId, own]) => ({ documentId, noteIds: own.flatMap(({ noteIds }) => noteIds) }));
});
const tagNames = z.array(tagNameSchema).transform(tidyTagNames);
const tagLists = { add: tagNames, remove: tagNames };

/** What is done to many documents or notes as one: all of it or nothing, and taken back as one. */
export const bulkEditSchema = z.discriminatedUnion('type', [
  /** Of all documents and notes that carry the tags. */
  z.object({ type: z.literal('move-tags'), moves: z.array(tagMoveSchema).min(1).max(10_000) }),
  /** Those of the names that nothing carries when it is done. */
  z.object({ type: z.literal('delete-unused-tags'), names: z.array(tagNameSchema).min(1).max(MOST) }),
  z.object({ type: z.literal('tag-documents'), documentIds, ...tagLists }),
  z.object({ type: z.literal('set-status'), documentIds, status: readingStatusSchema }),
  z.object({ type: z.literal('set-favourite'), documentIds, isFavourite: z.boolean() }),
  /** Those that come to the reading list come to its end, in the order that is given. */
  z.object({ type: z.literal('set-later'), documentIds, isLater: z.boolean() }),
  z.object({
    type: z.literal('set-collection'),
    documentIds,
    collectionId: collectionIdSchema,
    name: collectionNameSchema,
    isIn: z.boolean(),
  }),
  z.object({ type: z.literal('tag-notes'), notes: notesToChange, ...tagLists }),
  z.object({ type: z.literal('delete-notes'), notes: notesToChange }),
  /** Of those whose files are gone: their notes go to the trash, and what else the reader set is taken back, so that they leave the list. */
  z.object({ type: z.literal('remove-records'), documentIds }),
]);
export type BulkEdit = z.infer<typeof bulkEditSchema>;

/** What moving a tag would change. */
export const tagMovePlanSchema = z.object({
  /** The tag, first, and those under it that are in use, each with its name after that; `isThere`: something else is called so already. */
  tags: z.array(
    z.object({
      from: tagNameSchema,
      to: tagNameSchema.optional(),
      isThere: z.boolean(),
      documents: z.int().nonnegative(),
      notes: z.int().nonnegative(),
    }),
  ),
  documents: z.int().nonnegative(),
  notes: z.int().nonnegative(),
  /** Notes of other persons, which keep their tags. */
  othersNotes: z.int().nonnegative(),
  /** Documents whose notebooks may not be changed now. */
  locked: z.int().nonnegative(),
});
export type TagMovePlan = z.infer<typeof tagMovePlanSchema>;

/** What was done, as a sentence. `editId`: by which it is taken back; absent where nothing was changed. */
export const bulkOutcomeSchema = z.object({ message: z.string(), editId: z.uuid().optional() });
export type BulkOutcome = z.infer<typeof bulkOutcomeSchema>;
