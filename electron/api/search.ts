import { z } from 'zod';
import { colourSchema, documentIdSchema } from '../model/notebook';
import { cutQuery } from '../model/query/query';

/** A query as it is written; of a longer one than is read, only that is kept. */
export const writtenQuerySchema = z.string().overwrite(cutQuery);

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

/** Where words are looked for: everywhere, in the texts of documents alone, or in notes alone. */
export const searchScopes = ['all', 'texts', 'notes'] as const;
export type SearchScope = (typeof searchScopes)[number];

export const searchOrders = ['best', 'newest'] as const;
export type SearchOrder = (typeof searchOrders)[number];

/** Which part of what is found is wanted, and how. */
export const resultsWantedSchema = z.object({
  /** Documents that are left out before the first one. */
  from: z.int().nonnegative().default(0),
  order: z.enum(searchOrders).default('best'),
  scope: z.enum(searchScopes).default('all'),
  /** Hits of each document. */
  hits: z.int().positive().max(50).default(5),
  /** More is asked for after it: the order is the same however much that is. */
  isPaged: z.boolean().default(false),
  /** The most frequent tags of the documents are wanted too. */
  withTags: z.boolean().default(false),
});
export type ResultsWanted = z.infer<typeof resultsWantedSchema>;

/** What a search is for: a newer one for the same takes the place of an older. */
export const searchPurposeSchema = z.enum(['box', 'page', 'counts', 'links']).default('box');

/** The hits of one document, best first. A document that filters alone find has none. */
export const searchGroupSchema = z.object({
  documentId: documentIdSchema,
  title: z.string(),
  date: z.iso.date().optional(),
  /** The title is what was looked for, and nothing more. */
  isWholeTitle: z.boolean(),
  score: z.number(),
  /** How many hits there are, of which `hits` holds the first few. */
  total: z.int().nonnegative(),
  hits: z.array(searchHitSchema),
  /** How many of all are in its text. */
  inText: z.int().nonnegative(),
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
  /** The most frequent tags of the documents, where they were asked for. */
  tags: z.array(z.string()).optional(),
  /** What could not be searched, for the reader. */
  notice: z.string().optional(),
  /** ms */
  elapsed: z.number(),
});
export type SearchResult = z.infer<typeof searchResultSchema>;
