import { z } from 'zod';
import { documentIdSchema } from '../model/notebook';

/** A document that seems to be another file of one with notes. */
export const likelySameSchema = z.object({
  /** The one whose file it is, and the one that has the notes. */
  fromId: documentIdSchema,
  intoId: documentIdSchema,
  /** Of the one that was not asked about. */
  title: z.string(),
  /** Of the one with notes. */
  noteCount: z.int().nonnegative(),
});
export type LikelySame = z.infer<typeof likelySameSchema>;
