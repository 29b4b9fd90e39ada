import { z } from 'zod';
import { colourSchema, momentSchema, sha256Schema } from '../model/notebook';
import { pageSchema } from './lists';

/** A text of a document that notes were made on. */
export const earlierTextSchema = z.object({
  textHash: sha256Schema,
  /** Notes that stand on it. */
  noteCount: z.int().positive(),
  /** Until when the document had it, where that is known. */
  until: momentSchema.optional(),
  /** It is the document's present one. */
  isPresent: z.boolean(),
});
export type EarlierText = z.infer<typeof earlierTextSchema>;

/** A passage of a note within a paragraph, in UTF-16 code units of that. */
export const markedPassageSchema = z.object({ start: z.int().nonnegative(), end: z.int().nonnegative(), colour: colourSchema });
export type MarkedPassage = z.infer<typeof markedPassageSchema>;

/** A paragraph of an earlier text, and what it is in the present one where the two are compared. */
export const textRowSchema = z.object({
  before: z.string().optional(),
  /** Passages of notes in `before`. */
  marks: z.array(markedPassageSchema),
  /** Absent where it is gone, or where nothing is compared. */
  now: z.string().optional(),
  isSame: z.boolean(),
});
export type TextRow = z.infer<typeof textRowSchema>;

/** `at`: the row of the place that was asked for. `changed`: how many rows are not the same. */
export const textPageSchema = pageSchema(textRowSchema).extend({ at: z.int().nonnegative(), changed: z.int().nonnegative() });
export type TextPage = z.infer<typeof textPageSchema>;
