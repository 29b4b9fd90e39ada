import { z } from 'zod';
import { documentIdSchema, tagNameSchema } from '../model/notebook';

export const exportFormats = ['markdown', 'html', 'csv', 'json-ld'] as const;
export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** What is to be exported. */
export const exportScopeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('note'), documentId: documentIdSchema, noteId: z.uuid() }),
  z.object({ type: z.literal('documents'), documentIds: z.array(documentIdSchema).min(1) }),
  z.object({ type: z.literal('tag'), tag: tagNameSchema }),
  z.object({ type: z.literal('everything') }),
]);
export type ExportScope = z.infer<typeof exportScopeSchema>;

/** One file of an export. `name` is safe on Windows, macOS and Linux. */
export const exportFileSchema = z.object({ name: z.string(), text: z.string(), mediaType: z.string() });
export type ExportFile = z.infer<typeof exportFileSchema>;

export const exportRequestSchema = z.object({
  scope: exportScopeSchema,
  format: exportFormatSchema,
  /** One file for all documents, or one for each. */
  layout: z.enum(['single', 'per-document']),
  /** CSV only: cells that spreadsheets would compute get an apostrophe in front, which is then part of their text. */
  spreadsheetSafe: z.boolean().optional(),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

export const exportPreviewSchema = z.object({
  /** The first file's name, and the beginning of its text. */
  name: z.string(),
  text: z.string(),
  truncated: z.boolean(),
  fileCount: z.int().nonnegative(),
  documentCount: z.int().nonnegative(),
  noteCount: z.int().nonnegative(),
});
export type ExportPreview = z.infer<typeof exportPreviewSchema>;
