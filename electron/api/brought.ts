import { z } from 'zod';
import { documentIdSchema } from '../model/notebook';

/** What would become of one document's notes. */
export const plannedDocumentSchema = z.object({
  documentId: documentIdSchema,
  title: z.string(),
  /** `new`: it has no notebook now. `locked`: its notebook may not be changed, so it is left out. */
  state: z.enum(['new', 'changed', 'same', 'locked']),
  /** Notes that come. */
  added: z.int().nonnegative(),
  /** Notes that are there and come with other words: both are kept. */
  changed: z.int().nonnegative(),
  /** Notes that would come into the trash, or lie there and come with other words: both are kept there. */
  inTrash: z.int().nonnegative(),
  /** Notes that stay as they are. */
  kept: z.int().nonnegative(),
  /** Notes that come and that the reader has deleted since. */
  deleted: z.int().nonnegative(),
  problem: z.string().optional(),
});
export type PlannedDocument = z.infer<typeof plannedDocumentSchema>;

/**
 * What was done, as a sentence. `complete`: nothing was left undone. `undoable`: something was done, and can be taken back; `documentIds`: the
 * documents whose notebooks that would change.
 */
export const broughtOutcomeSchema = z.object({
  message: z.string(),
  complete: z.boolean(),
  undoable: z.boolean(),
  documentIds: z.array(documentIdSchema),
});
export type BroughtOutcome = z.infer<typeof broughtOutcomeSchema>;
