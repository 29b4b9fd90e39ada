import { z } from 'zod';
import { documentIdSchema, tagNameSchema } from '../model/notebook';
import { chosenNotesSchema } from './bulk';
import { documentQuerySchema } from './library';

/** Those that hold notes, copies of documents with notes in them, and those that refer to documents, with or without any. */
export const noteFormats = ['markdown', 'html', 'csv', 'json-ld'] as const;
const referenceFormats = ['bibtex', 'csl-json'] as const;
export const exportFormats = [...noteFormats, 'pdf', ...referenceFormats] as const;
export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** Whether a format refers to documents, and has none of the notes on them. */
export const isOfReferences = (format: ExportFormat): boolean => referenceFormats.some((each) => each === format);

/** Whether a format is a copy of each document, with the notes in it: bytes, which can neither be joined nor shown as text. */
export const isOfCopies = (format: ExportFormat): format is 'pdf' => format === 'pdf';

/** What is to be exported. */
export const exportScopeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('note'), documentId: documentIdSchema, noteId: z.uuid() }),
  /** Chosen one by one. */
  z.object({ type: z.literal('notes'), notes: chosenNotesSchema.min(1) }),
  z.object({ type: z.literal('documents'), documentIds: z.array(documentIdSchema).min(1) }),
  /** Those that the list shows. */
  z.object({ type: z.literal('list'), query: documentQuerySchema }),
  z.object({ type: z.literal('tag'), tag: tagNameSchema }),
  z.object({ type: z.literal('everything') }),
]);
export type ExportScope = z.infer<typeof exportScopeSchema>;

/** The system's form of Lectern's own addresses, or that of a page on this machine. */
const linkBaseSchema = z.string().regex(/^(?:lectern:\/\/|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?\/#)$/);

export const exportRequestSchema = z.object({
  scope: exportScopeSchema,
  format: exportFormatSchema,
  /** One file for all documents, or one for each. */
  layout: z.enum(['single', 'per-document']),
  /** Also notes of other persons. Notes that were chosen one by one are exported whoever made them. */
  withOthers: z.boolean().optional(),
  /** CSV only: cells that spreadsheets would compute get an apostrophe in front, which is then part of their text. */
  spreadsheetSafe: z.boolean().optional(),
  /** Copies only: who is told as the author of the reader's own notes; without it nobody is. */
  author: z.string().trim().min(1).max(200).optional(),
  /** What stands before a place in the addresses of notes; the system's form without it. */
  linkBase: linkBaseSchema.optional(),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

export const exportPreviewSchema = z.object({
  /** The first file's name, and the beginning of its text; of a copy what comes into it. */
  name: z.string(),
  text: z.string(),
  truncated: z.boolean(),
  fileCount: z.int().nonnegative(),
  documentCount: z.int().nonnegative(),
  noteCount: z.int().nonnegative(),
});
export type ExportPreview = z.infer<typeof exportPreviewSchema>;

/** An export that is ready to be saved or copied, once. */
export const preparedExportSchema = z.object({
  id: z.uuid(),
  /** Of its first file; safe on Windows, macOS and Linux. */
  name: z.string(),
  mediaType: z.string(),
  fileCount: z.int().positive(),
  documentCount: z.int().positive(),
  /** None where it refers to documents. */
  noteCount: z.int().nonnegative(),
});
export type PreparedExport = z.infer<typeof preparedExportSchema>;

/** How a host that has no dialog gives an export: as one file (of several, a zip), or as one text. */
export const exportForms = ['file', 'text'] as const;
export type ExportForm = (typeof exportForms)[number];

/** Where that is: a stream of bytes, which breaks off where the export does. */
export const exportAddress = (exportId: string, form: ExportForm): string => `/export/${exportId}?as=${form}`;
