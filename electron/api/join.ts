import { z } from 'zod';
import { documentIdSchema, momentSchema, sha256Schema } from '../model/notebook';
import { documentFormatSchema } from './library';

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

/** One of the contents that the reader said to be one document, as it lies on this machine. */
export const editionSchema = z.object({
  rawHash: sha256Schema,
  /** What the file calls itself. */
  title: z.string(),
  /** Absolute; of equal files several. */
  paths: z.array(z.string()).min(1),
  format: documentFormatSchema,
  words: z.int().nonnegative(),
  /** The file's modification time. */
  changedAt: momentSchema,
  /** The document is read from it. */
  isShown: z.boolean(),
  /** Its folder cannot be reached at the moment. */
  missing: z.boolean(),
});
export type Edition = z.infer<typeof editionSchema>;
