import { z } from 'zod';

/** What a document says of itself, out of its header. */
export const documentMetadataSchema = z.object({
  title: z.string().optional(),
  /** ISO `YYYY-MM-DD`. */
  date: z.iso.date().optional(),
  author: z.string().optional(),
  language: z.string().optional(),
});
export type DocumentMetadata = z.infer<typeof documentMetadataSchema>;
