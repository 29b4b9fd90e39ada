import { z } from 'zod';
import { type DocumentFormat, describeTooLarge, documentFormats } from '#formats/list';
import { collectionIdSchema, collectionNameSchema, collectionsOf } from '../model/collections';
import { documentMetadataSchema } from '../model/document/document';
import { documentIdSchema, momentSchema, type Notebook, readingStatusSchema, sha256Schema, tagNameSchema } from '../model/notebook';
import { wholeNotes } from '../model/passages';
import { rankSchema } from '../model/ranks';
import { pageSchema } from './lists';
import { type Failure, fail, failureSchema } from './result';
import { sortOrders } from './settings';

export const documentFormatSchema = z.enum(documentFormats);

/** One row of the library: what the list shows without opening the document. */
export const documentSummarySchema = z.object({
  id: documentIdSchema,
  /** What its file says of it, and the reader in its place. A picture of it is at `coverAddress`. */
  ...documentMetadataSchema.shape,
  title: z.string(),
  /** Another document of the library has the same title: the file's name tells them apart. */
  sharesTitle: z.boolean().optional(),
  format: documentFormatSchema,
  fileName: z.string(),
  /** Identifier of the library folder that holds it. */
  folderId: z.string(),
  /** The path inside that folder, with `/`. */
  relativePath: z.string(),
  /** Bytes on disk. */
  size: z.int().nonnegative(),
  /** Words; a Chinese, Japanese or Thai text is counted by the segmenter's words. */
  words: z.int().nonnegative(),
  addedAt: momentSchema,
  /** The file's modification time. */
  changedAt: momentSchema,
  tags: z.array(tagNameSchema),
  favourite: z.literal(true).optional(),
  /** Its place in the reading list; absent where it is not in it. */
  later: rankSchema.optional(),
  /** The ids of those that it is in; absent without any. */
  collections: z.array(collectionIdSchema).optional(),
  status: readingStatusSchema,
  /** 0 to 1. */
  progress: z.number().min(0).max(1),
  lastReadAt: momentSchema.optional(),
  noteCount: z.int().nonnegative(),
  /** The file is gone; the reader's notes on it are kept. */
  missing: z.boolean(),
  /** Its notes whose passages are likely elsewhere since its text changed, and those whose passages were not found. */
  toReview: z.object({ close: z.int().nonnegative(), unplaced: z.int().nonnegative() }).optional(),
  /** How many files of it that are other editions lie here, beside the one that is shown; absent without any. */
  otherEditions: z.int().positive().optional(),
  /** It lies in the inbox: in an order by date it stands where it came, whatever date it states. */
  inInbox: z.boolean().optional(),
  /** Why it cannot be read or its notes not changed. */
  problem: failureSchema.optional(),
});
export type DocumentSummary = z.infer<typeof documentSummarySchema>;

/** What a row of the library shows of the reader's notebook; the same on both ends, so that a row changes without reading back. */
export function summariseNotebook(
  notebook: Notebook,
): Pick<DocumentSummary, 'tags' | 'favourite' | 'later' | 'collections' | 'status' | 'progress' | 'lastReadAt' | 'noteCount'> {
  const collections = collectionsOf(notebook).map(({ id }) => id);
  return {
    tags: notebook.tags,
    favourite: notebook.favourite,
    later: notebook.later,
    collections: collections.length > 0 ? collections : undefined,
    status: notebook.status,
    progress: notebook.position?.progress ?? 0,
    lastReadAt: notebook.lastReadAt,
    noteCount: wholeNotes(notebook.notes).length,
  };
}

/** What the list of documents is narrowed to, and its order. */
export const documentQuerySchema = z.object({
  status: readingStatusSchema.optional(),
  /** Carried by the document or one of its notes, itself or one under it. */
  tag: tagNameSchema.optional(),
  /** Carried by the document itself, or one under it. */
  ownTag: tagNameSchema.optional(),
  /** Carries no tag itself. */
  untagged: z.boolean().optional(),
  favourite: z.literal(true).optional(),
  /** In the reading list. */
  later: z.literal(true).optional(),
  collectionId: collectionIdSchema.optional(),
  folderId: z.string().optional(),
  /** In that folder of it, with `/`, or in one under it. */
  path: z.string().optional(),
  format: documentFormatSchema.optional(),
  /** A part of the authors' names, whatever its case. */
  author: z.string().optional(),
  series: z.string().optional(),
  /** Words that must all stand in the title, the file's name, those of its folders, or the tags. */
  text: z.string().optional(),
  /** Has notes. */
  hasNotes: z.boolean().optional(),
  /** A document that stays in the list whatever its reading status: it is open, and must not vanish under the reader's hand. */
  keptId: documentIdSchema.optional(),
  /** `later`: as in the reading list; `volume`: by the number in the series. */
  sort: z.enum([...sortOrders, 'later', 'volume']),
  /** Documents without a value come last either way. */
  ascending: z.boolean(),
});
export type DocumentQuery = z.infer<typeof documentQuerySchema>;

export const documentPageSchema = pageSchema(documentSummarySchema).extend({
  /** Where in the list the documents are that were asked for by id, from 0; without those that are not in it. */
  places: z.record(documentIdSchema, z.int().nonnegative()),
  /** The rows of these documents, without those that the library does not know. */
  located: z.array(documentSummarySchema),
});
export type DocumentPage = z.infer<typeof documentPageSchema>;

/** How many documents and notes there are, as the sidebar counts them. */
export const libraryCountsSchema = z.object({
  documents: z.int().nonnegative(),
  favourites: z.int().nonnegative(),
  /** Documents in the reading list. */
  later: z.int().nonnegative(),
  /** Those that hold documents, each with what it was called when one was put in last. */
  collections: z.array(z.object({ id: collectionIdSchema, name: collectionNameSchema, documents: z.int().positive() })),
  /** Documents of each format that there are any of. */
  formats: z.partialRecord(documentFormatSchema, z.int().positive()),
  unread: z.int().nonnegative(),
  reading: z.int().nonnegative(),
  finished: z.int().nonnegative(),
  notes: z.int().nonnegative(),
  /** Notes whose passages were not found in the present texts of their documents. */
  unplacedNotes: z.int().nonnegative(),
  deletedNotes: z.int().nonnegative(),
});
export type LibraryCounts = z.infer<typeof libraryCountsSchema>;

/** Tags of documents and notes, with those above them, and how many carry each, itself or one under it; none do where that is 0. */
export const tagUsesSchema = z.array(z.tuple([tagNameSchema, z.int().nonnegative()]).readonly());

/** A folder that documents lie in, of the tree under a library folder; `path`: inside of that, with `/`, empty for itself. */
export const folderRowSchema = z.object({
  folderId: z.string(),
  path: z.string(),
  depth: z.int().nonnegative(),
  /** In it and in those under it. */
  documents: z.int().positive(),
  hasFolders: z.boolean(),
  isOpen: z.boolean(),
});
export type FolderRow = z.infer<typeof folderRowSchema>;

export const libraryFolderSchema = z.object({
  id: z.string(),
  /** As the reader knows it: the absolute path, or "Lectern’s own documents" for the built-in folder. */
  name: z.string(),
  path: z.string(),
  /** Built-in folders cannot be removed. `own` is where dropped and opened files are copied to. */
  kind: z.enum(['seeds', 'own', 'added']),
  /** A browser saves pages there: what came last stands on top. One of the added folders, or none. */
  isInbox: z.boolean(),
  /** Documents that can be read. */
  documentCount: z.int().nonnegative(),
  /** Files that were there, are not there now, and stay in the list: its disk may be gone and not they. */
  missingCount: z.int().nonnegative(),
  /** Files that a reader takes for documents and that are not read. */
  unreadCount: z.int().nonnegative(),
  /** Why it cannot be read; its documents are then shown as missing. */
  problem: failureSchema.optional(),
});
export type LibraryFolder = z.infer<typeof libraryFolderSchema>;

/** A file of a library folder that is not read. */
export const unreadFileSchema = z.object({
  /** The path inside the folder, with `/`. */
  path: z.string(),
  /** A sentence for the reader. */
  reason: z.string(),
});
export type UnreadFile = z.infer<typeof unreadFileSchema>;

/** The file that an open document is read from. Its text, and what is said of it, come as the parts of the document (`documentAddress`). */
export const documentSourceSchema = z.object({
  format: documentFormatSchema,
  /** SHA-256 of its bytes. */
  rawHash: sha256Schema,
  /** Where it was opened with a password: lets its parts be read with that, once. */
  unlockKey: z.string().optional(),
});
export type DocumentSource = z.infer<typeof documentSourceSchema>;

/** Of a document that nothing is known of. */
export const documentNotFound = (): { ok: false; failure: Failure } =>
  fail('document-not-found', 'This document is no longer in the library. If its file was moved, add the folder where it is now.');

/** Why a document of `size` bytes is refused. */
export const documentTooLarge = (name: string, format: DocumentFormat, size: number): { ok: false; failure: Failure } =>
  fail('document-too-large', describeTooLarge(name, format, size));

/** What became of each file that was to be copied into the library. */
export const importOutcomeSchema = z.object({
  /** The file's in the library where it was copied into it, else as it was handed over. */
  name: z.string(),
  documentId: documentIdSchema.optional(),
  /** The library had a document with the same content. */
  wasKnown: z.boolean().optional(),
  failure: failureSchema.optional(),
});
export type ImportOutcome = z.infer<typeof importOutcomeSchema>;
