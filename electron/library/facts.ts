import { z } from 'zod';
import { documentFormatSchema, failureSchema } from '#api';
import { revisions } from '#formats/list';

/** What the library knows of one file; kept in the cache as it is. */
export const fileFactsSchema = z.object({
  /** Absolute. */
  path: z.string(),
  folderId: z.string(),
  /** Bytes. */
  size: z.number(),
  /** ms since 1970: the modification time, and when the file came into its folder. */
  changedAt: z.number(),
  addedAt: z.number(),
  format: documentFormatSchema,
  /** SHA-256 of the bytes; absent when they were not read. */
  rawHash: z.string().optional(),
  title: z.string(),
  date: z.iso.date().optional(),
  author: z.string().optional(),
  words: z.number(),
  /** The encoding that the reader had chosen when the file was read. */
  chosen: z.string().optional(),
  /** Why it cannot be read. */
  problem: failureSchema.optional(),
  /** Its folder cannot be reached at the moment. */
  absent: z.boolean().optional(),
});
export type FileFacts = z.infer<typeof fileFactsSchema>;

/** Names what a file holds and how it is read, by which reader: files of the same have the same text. Absent for what cannot be read. */
export const contentOf = ({ rawHash, problem, format, chosen = '' }: FileFacts): string | undefined =>
  problem || !rawHash ? undefined : `${rawHash} ${format}-${revisions[format]} ${chosen}`.trimEnd();
