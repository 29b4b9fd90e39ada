import { z } from 'zod';
import { tagNameSchema } from '../model/notebook';

/** What goes when a document is forgotten, and what stays. */
export const forgettingPlanSchema = z.object({
  /** As the reader knows it. */
  title: z.string(),
  /** Tells what is listed from what is there after the next change; given back with the answer. */
  state: z.string(),
  notes: z.int().nonnegative(),
  /** Of the notes. */
  words: z.int().nonnegative(),
  deletedNotes: z.int().nonnegative(),
  tags: z.array(tagNameSchema),
  /** Kept texts that no other document needs. */
  texts: z.int().nonnegative(),
  /** Old versions of notes beyond those in the notebook. */
  archivedVersions: z.int().nonnegative(),
  /** Backups that hold it: they are written anew without it. */
  backups: z.int().nonnegative(),
  /** Backups that cannot be read, so that they stay as they are. */
  unreadableBackups: z.int().nonnegative(),
  /** Names of the copies in the library's own folder. */
  copies: z.array(z.string()),
  /** Copies in the quarantine. */
  quarantined: z.int().nonnegative(),
  /** Entries of “What changed” beside those that its notes tell. */
  activities: z.int().nonnegative(),
  /** Absolute paths of files outside the data folder: they are not touched. */
  filesStaying: z.array(z.string()),
});
export type ForgettingPlan = z.infer<typeof forgettingPlanSchema>;

/** What could not be forgotten: backups that cannot be read. */
export const forgettingOutcomeSchema = z.object({ unreadableBackups: z.int().nonnegative() });
