import { z } from 'zod';
import { canonical, inOrder, type Rank } from '../model/canonical';
import { collectionNameSchema } from '../model/collections';
import { colourSchema, momentSchema } from '../model/notebook';
import { noteOrders } from './notes';
import { writtenQuerySchema } from './search';

export const themes = ['system', 'paper', 'white', 'sepia', 'night', 'black'] as const;
export const readingFonts = ['literata', 'source-serif', 'inter', 'atkinson', 'system', 'book'] as const;
export const sortOrders = ['date', 'title', 'added', 'last-read'] as const;

export const typographySchema = z.object({
  font: z.enum(readingFonts).default('literata'),
  /** CSS pixels. */
  size: z.number().min(12).max(36).default(18.5),
  /** Times the font size. */
  lineHeight: z.number().min(1.2).max(2.2).default(1.66),
  /** Width of the column, in characters (CSS `ch`). */
  width: z.number().min(40).max(100).default(66),
  justify: z.boolean().default(false),
  hyphenate: z.boolean().default(false),
  /** Whether books are drawn as their own style sheets have it, where these say what words mean and how verses stand. */
  ownStyles: z.boolean().default(true),
});
export type Typography = z.infer<typeof typographySchema>;

/** How pages are shown: as wide as there is room, whole, or at so many per cent of their size. */
export const pageZoomSchema = z.union([z.enum(['width', 'page']), z.number().min(25).max(400)]);
export type PageZoom = z.infer<typeof pageZoomSchema>;

/** Per cent that the keys and buttons step through. */
export const ZOOM_STEPS = [25, 33, 50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300, 400] as const;

/** What the reader means by a colour: "claim", "evidence". */
export const colourNamesSchema = z.partialRecord(colourSchema, z.string().trim().min(1).max(40));
export type ColourNames = z.infer<typeof colourNamesSchema>;

/** A search that the reader keeps; of two states of one the later counts. */
export const savedSearchSchema = z.object({
  query: writtenQuerySchema.min(1),
  /** In place of the query. */
  name: z.string().max(200).optional(),
  changedAt: momentSchema,
  /** It is not shown any more; that it was removed is known to other machines by this. */
  isRemoved: z.boolean().optional(),
});
export type SavedSearch = z.infer<typeof savedSearchSchema>;

/** What the reader calls a collection; of two states of one the later counts. Which documents are in it, their notebooks tell. */
export const collectionSchema = savedSearchSchema.omit({ query: true, name: true }).extend({ name: collectionNameSchema });
export type Collection = z.infer<typeof collectionSchema>;

/** Tables of the settings of which each entry has an id of its own, and is changed by itself. */
export const keptTables = { savedSearches: savedSearchSchema, collections: collectionSchema } as const;
export type KeptTable = keyof typeof keptTables;

/**
 * Such a table of two states: of each entry the one that was changed later, so that what was removed stays so; the other of one that makes no sense.
 * Commutative, associative and idempotent.
 */
export function mergeTables<T>(table: KeptTable, copy: Record<string, T>, since: Record<string, T>): Record<string, T> {
  const schema = keptTables[table];
  const rank = (entry: T): Rank => {
    const { success, data } = schema.safeParse(entry);
    return [success ? 1 : 0, success ? Date.parse(data.changedAt) : 0, canonical(entry)];
  };
  const merged = { ...copy };
  for (const [id, entry] of Object.entries(since)) {
    const before = merged[id];
    merged[id] = before === undefined ? entry : inOrder(before, entry, rank)[1];
  }
  return merged;
}

/** The reader's preferences; each has a default, so `settingsSchema.parse({})` is a whole one. */
export const settingsSchema = z.object({
  theme: z.enum(themes).default('system'),
  typography: typographySchema.prefault({}),
  libraryOpen: z.boolean().default(true),
  notesOpen: z.boolean().default(true),
  outlineOpen: z.boolean().default(false),
  notesView: z.enum(['margin', 'list']).default('margin'),
  documentsView: z.enum(['list', 'covers']).default('list'),
  pageZoom: pageZoomSchema.default('width'),
  /** Whether a document's notes of other persons are shown beside it. */
  othersShown: z.boolean().default(true),
  sort: z.enum(sortOrders).default('date'),
  sortAscending: z.boolean().default(false),
  /** How lists of all notes go. */
  noteOrder: z.enum(noteOrders).default('newest'),
  /** The colour that the next highlight gets from the key for "highlight". */
  lastColour: colourSchema.default('yellow'),
  colourNames: colourNamesSchema.default({}),
  /** Who is named as the author of the reader's own notes in copies of PDFs; empty for nobody. */
  authorName: z.string().max(200).default(''),
  /** The reader's own keys by command; `''` takes a command's key away. */
  keys: z.record(z.string(), z.string()).default({}),
  /** Commands that were chosen in the palette, the last one first; some may be of another version. */
  recentCommands: z.array(z.string()).default([]),
  /** Tags that were put on last, the last one first. */
  recentTags: z.array(z.string()).default([]),
  /** Whether the document that was open last is opened at the start, as the reader likes it. */
  opensLast: z.boolean().default(true),
  /** By ids of their own. */
  savedSearches: z.record(z.string(), savedSearchSchema).default({}),
  collections: z.record(z.string(), collectionSchema).default({}),
  /** The document that was open last. */
  lastDocumentId: z.string().optional(),
  /** Whether that document is opened at the start: not when Lectern broke or ended in the midst of drawing it. */
  reopenLast: z.boolean().default(true),
});
export type Settings = z.infer<typeof settingsSchema>;

/** A change of some settings; nested objects are given whole. No defaults: what is absent stays. */
export const settingsPatchSchema = z.object({
  theme: z.enum(themes).optional(),
  typography: z.object({ ...typographySchema.shape }).optional(),
  libraryOpen: z.boolean().optional(),
  notesOpen: z.boolean().optional(),
  outlineOpen: z.boolean().optional(),
  notesView: z.enum(['margin', 'list']).optional(),
  documentsView: z.enum(['list', 'covers']).optional(),
  pageZoom: pageZoomSchema.optional(),
  othersShown: z.boolean().optional(),
  sort: z.enum(sortOrders).optional(),
  sortAscending: z.boolean().optional(),
  noteOrder: z.enum(noteOrders).optional(),
  lastColour: colourSchema.optional(),
  colourNames: colourNamesSchema.optional(),
  authorName: z.string().max(200).optional(),
  keys: z.record(z.string(), z.string()).optional(),
  recentCommands: z.array(z.string()).optional(),
  recentTags: z.array(z.string()).optional(),
  opensLast: z.boolean().optional(),
  savedSearches: z.record(z.string(), savedSearchSchema).optional(),
  collections: z.record(z.string(), collectionSchema).optional(),
  lastDocumentId: z.string().optional(),
  reopenLast: z.boolean().optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
