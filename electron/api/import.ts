import { z } from 'zod';
import { creatorSchema } from '../model/notebook';
import { plannedDocumentSchema } from './brought';

/** Bytes of all files that are imported at once. */
export const LARGEST_IMPORT = 128 * 1_048_576;

/** The first line of what is handed over to be imported: JSON of the files that follow it, one after the other, without anything between them. */
export const importedFilesSchema = z.object({
  /** Whose notes these are, where another person made them and the files do not say so. */
  creator: creatorSchema.optional(),
  files: z.array(
    z.object({
      /** With the folders that it was found in, separated by `/`. */
      name: z.string().min(1).max(1000),
      /** Bytes. */
      size: z.int().nonnegative(),
      /** ms since the epoch. */
      modified: z.number(),
    }),
  ),
});
export type ImportedFiles = z.infer<typeof importedFilesSchema>;

/** What could not be read of a file, and is left out. */
export const badRecordSchema = z.object({
  file: z.string(),
  /** Counted from 1. */
  line: z.int().positive().optional(),
  /** A whole sentence. */
  problem: z.string(),
});
export type BadRecord = z.infer<typeof badRecordSchema>;

/** What would become of one document's notes. `added` and `changed` count as in a restore; what follows says more of them. */
export const importedDocumentSchema = plannedDocumentSchema.extend({
  /** By what the document of the notes was known; absent where it is not in this library, and its notes wait for its file. */
  foundBy: z.enum(['content', 'id', 'title']).optional(),
  /** Notes of which the file has newer words, or that were changed in the file; what stood here becomes an old version. */
  updated: z.int().nonnegative(),
  /** Notes that were changed in the file and here. */
  conflicts: z.int().nonnegative(),
  /** Notes that stay as they are, since they were changed here after they were exported. */
  newer: z.int().nonnegative(),
  /** Notes that are here already, word for word. */
  same: z.int().nonnegative(),
  /** Of the notes that come, those whose passage is not in the document's text as it is now. */
  unplaced: z.int().nonnegative(),
  /** What becomes of its title, date and tags where these were changed in the file, as whole sentences. */
  said: z.array(z.string()),
});
export type ImportedDocument = z.infer<typeof importedDocumentSchema>;

/** A dry run: what an import would do. */
export const notesImportSchema = z.object({
  id: z.uuid(),
  documents: z.array(importedDocumentSchema),
  badRecords: z.array(badRecordSchema),
  /** What else is to be known of the files, as whole sentences. */
  notices: z.array(z.string()),
});
export type NotesImport = z.infer<typeof notesImportSchema>;
