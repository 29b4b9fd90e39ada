import { z } from 'zod';
import { documentIdSchema, noteSchema } from '../model/notebook';
import { pageSchema } from './lists';

const noteId = noteSchema.shape.id;

/** A document with notes that lead to another document or note. */
export const linkingDocumentSchema = z.object({
  documentId: documentIdSchema,
  title: z.string(),
  /** How many of its notes do. */
  count: z.int().positive(),
  /** The first of these, with the beginning of its words. */
  notes: z.array(z.object({ noteId, words: z.string() })),
});
export type LinkingDocument = z.infer<typeof linkingDocumentSchema>;

export const linkedHerePageSchema = pageSchema(linkingDocumentSchema).extend({
  /** The notes of the document that other notes lead to, and how many do. */
  linkedNotes: z.array(z.tuple([noteId, z.int().positive()])),
});
export type LinkedHerePage = z.infer<typeof linkedHerePageSchema>;

/** What a title in a link names: documents, or, where none has it, a note on a whole document that has it for a heading. */
export const namedPlaceSchema = z.object({
  documentIds: z.array(documentIdSchema),
  note: z.object({ documentId: documentIdSchema, noteId }).optional(),
});

/** Where a link by address leads by now. */
export const linkedPlaceSchema = z.object({
  /** The document, or the one that has its words by now; absent where neither is in the library. */
  documentId: documentIdSchema.optional(),
  /** Of the note that the link names. */
  note: z.enum(['here', 'in-trash', 'gone']).optional(),
});
export type LinkedPlace = z.infer<typeof linkedPlaceSchema>;
