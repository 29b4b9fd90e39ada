import { z } from 'zod';
import { documentIdSchema, momentSchema } from '../model/notebook';

/** A backup that can be restored from. */
export const backupSummarySchema = z.object({
  /** The zip's name in the folder of the backups. */
  name: z.string(),
  madeAt: momentSchema,
  /** Documents that the reader had notes, tags or a place in; absent, like the others, when the backup does not tell. */
  documents: z.int().nonnegative().optional(),
  notes: z.int().nonnegative().optional(),
  /** Dropped files. */
  files: z.int().nonnegative().optional(),
  /** Why it cannot be read. */
  problem: z.string().optional(),
});
export type BackupSummary = z.infer<typeof backupSummarySchema>;

/** Bytes of a zip that is restored from without lying among the backups. */
export const LARGEST_ZIP = 128 * 1_048_576;

/** What would become of one document's notes. */
export const plannedDocumentSchema = z.object({
  documentId: documentIdSchema,
  title: z.string(),
  /** `new`: it has no notebook now. `locked`: its notebook may not be changed, so it is left out. */
  state: z.enum(['new', 'changed', 'same', 'locked']),
  /** Notes that come. */
  added: z.int().nonnegative(),
  /** Notes that are there and in the backup with other words: both are kept. */
  changed: z.int().nonnegative(),
  /** Notes that stay as they are. */
  kept: z.int().nonnegative(),
  /** Notes of the backup that the reader has deleted since. */
  deleted: z.int().nonnegative(),
  problem: z.string().optional(),
});
export type PlannedDocument = z.infer<typeof plannedDocumentSchema>;

/** A dry run: what a restore would do. */
export const restorePlanSchema = z.object({
  id: z.uuid(),
  /** When the backup was made, where it tells. */
  madeAt: momentSchema.optional(),
  documents: z.array(plannedDocumentSchema),
  tagCount: z.int().nonnegative(),
  fileCount: z.int().nonnegative(),
  /** Old versions of notes, beyond those in the notebooks, that are not here. */
  versionCount: z.int().nonnegative(),
  /** What of the zip could not be read and is left out, as whole sentences. */
  notices: z.array(z.string()),
});
export type RestorePlan = z.infer<typeof restorePlanSchema>;

/** What was done, as a sentence. `complete`: nothing was left undone. `undoable`: something was done, and can be taken back. */
export const restoreOutcomeSchema = z.object({ message: z.string(), complete: z.boolean(), undoable: z.boolean() });
export type RestoreOutcome = z.infer<typeof restoreOutcomeSchema>;
