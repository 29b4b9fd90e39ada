import { z } from 'zod';
import { momentSchema } from '../model/notebook';
import { plannedDocumentSchema } from './brought';

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
