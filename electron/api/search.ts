import { z } from 'zod';
import { colourSchema, documentIdSchema } from '../model/notebook';

/** One place where the words were found. */
export const searchHitSchema = z.object({
  kind: z.enum(['title', 'text', 'quote', 'note', 'tag']),
  noteId: z.uuid().optional(),
  colour: colourSchema.optional(),
  /** The passage around the hit; the hit itself is `match`. White space is folded. */
  before: z.string(),
  match: z.string(),
  after: z.string(),
  /** Everything in the passage (`before`, `match` and `after` as one) that was looked for: where each begins and ends, ascending. */
  marks: z.array(z.tuple([z.int().nonnegative(), z.int().positive()])),
  /** Where it is in the document's text (UTF-16 code units), when that has this hash; of hits in the text. */
  place: z.object({ start: z.int().nonnegative(), end: z.int().nonnegative(), textHash: z.string() }).optional(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** The hits of one document, best first. */
export const searchGroupSchema = z.object({
  documentId: documentIdSchema,
  title: z.string(),
  /** The title is what was looked for, and nothing more. */
  isWholeTitle: z.boolean(),
  score: z.number(),
  /** How many hits there are, of which `hits` holds the first few. */
  total: z.int().nonnegative(),
  hits: z.array(searchHitSchema),
});
export type SearchGroup = z.infer<typeof searchGroupSchema>;

/** How far texts are read that the index of the search has not got; both are 0 when it is over. */
export const indexProgressSchema = z.object({
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
  /** The reader has stopped it, so that not all texts are searched. */
  isStopped: z.boolean(),
});
export type IndexProgress = z.infer<typeof indexProgressSchema>;

export const searchResultSchema = z.object({
  groups: z.array(searchGroupSchema),
  /** Documents with a hit, of which `groups` holds the best. */
  documentCount: z.int().nonnegative(),
  /** There may be more documents: looking at each would have taken too long. */
  hasMore: z.boolean().optional(),
  /** What could not be searched, for the reader. */
  notice: z.string().optional(),
  /** ms */
  elapsed: z.number(),
});
export type SearchResult = z.infer<typeof searchResultSchema>;
