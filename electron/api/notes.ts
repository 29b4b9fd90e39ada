import { z } from 'zod';
import { activitySchema } from '../model/activity/activity';
import { colourSchema, documentIdSchema, momentSchema, noteSchema, tagNameSchema } from '../model/notebook';
import { pageSchema } from './lists';

export const noteOrders = ['newest', 'document', 'day', 'tag', 'colour'] as const;

/** Which notes of all documents are listed, and how. */
export const notesQuerySchema = z.object({
  /** The tag whose notes the view shows, with those of the tags under it; without it every note. */
  within: tagNameSchema.optional(),
  /** What these are narrowed to: a tag means also the tags under it. */
  colour: colourSchema.optional(),
  /** Only bookmarks, which have no colour. */
  bookmarks: z.boolean().optional(),
  tag: tagNameSchema.optional(),
  /** Carry no tag. */
  untagged: z.boolean().optional(),
  documentId: documentIdSchema.optional(),
  /** Of whom; empty for the reader's own. */
  person: z.string().max(200).optional(),
  /** Changed at or after `since` and before `before` (ms since the epoch). */
  since: z.int().optional(),
  before: z.int().optional(),
  /** Words that must all stand in the quote, the note, its tags or the document's title. */
  text: z.string(),
  /**
   * `newest`: the document with the newest note first. `document`: by title, the notes in the order of the text. `day`: by the day when they
   * were changed last, the newest first. `tag`: under each of its tags, of those that the list is narrowed to; without one at the end. `colour`:
   * in the order of the colours, bookmarks last.
   */
  order: z.enum(noteOrders),
});
export type NotesQuery = z.infer<typeof notesQuerySchema>;

/** A note as lists show it: without its earlier states, with its further passages. */
export const listedNoteSchema = noteSchema
  .omit({ history: true })
  .extend({ parts: z.array(noteSchema.omit({ history: true })).optional() });
export type ListedNote = z.infer<typeof listedNoteSchema>;

/** A note with the document that it belongs to. */
export const locatedNoteSchema = z.object({ documentId: documentIdSchema, title: z.string(), note: listedNoteSchema });

/** What notes stand under: a day (ISO `YYYY-MM-DD`, in the host's time zone), a colour or `bookmarks`, a tag (`tagKey`) or nothing for those without one. */
export const notesHeadingSchema = z.union([z.iso.date(), colourSchema, z.literal('bookmarks'), tagNameSchema, z.literal('')]);
export type NotesHeading = z.infer<typeof notesHeadingSchema>;

/**
 * One of many notes that are listed by document; the first of a document tells how many of its notes are in the list. Where they go by day, tag or
 * colour, documents stand under these (`heading`): the first note of one tells how many there are.
 */
export const foundNoteSchema = locatedNoteSchema.extend({
  inDocument: z.int().positive().optional(),
  heading: notesHeadingSchema.optional(),
  inHeading: z.int().positive().optional(),
});
export type FoundNote = z.infer<typeof foundNoteSchema>;

/** `found`: how many notes there are, of which one may stand in several rows. `within`: how many before they are narrowed. */
export const notesPageSchema = pageSchema(foundNoteSchema).extend({ found: z.int().nonnegative(), within: z.int().nonnegative() });
export type NotesPage = z.infer<typeof notesPageSchema>;

/** A note whose passage was not found in the present text of its document, whose file may be `isMissing` by now. */
export const unplacedNoteSchema = foundNoteSchema.extend({ isMissing: z.boolean() });
export type UnplacedNote = z.infer<typeof unplacedNoteSchema>;
export const unplacedNotesPageSchema = pageSchema(unplacedNoteSchema);
export type UnplacedNotesPage = z.infer<typeof unplacedNotesPageSchema>;

/** A note in the trash. */
export const locatedDeletedNoteSchema = locatedNoteSchema.extend({
  deletedAt: momentSchema,
  /** It has earlier versions that its reader is shown. */
  hasVersions: z.boolean(),
});
export type LocatedDeletedNote = z.infer<typeof locatedDeletedNoteSchema>;
export const deletedNotesPageSchema = pageSchema(locatedDeletedNoteSchema);
export type DeletedNotesPage = z.infer<typeof deletedNotesPageSchema>;

/** Something that was done in the library, as it is listed. */
export const activityRowSchema = z.object({
  activity: activitySchema,
  /** Of its document, where that has notes or a record of the reader's. */
  title: z.string().optional(),
  /** The beginning of the note that it is about. */
  excerpt: z.string().optional(),
  /** Why it cannot be taken back; absent where it can be. */
  obstacle: z.string().optional(),
});
export type ActivityRow = z.infer<typeof activityRowSchema>;

export const activityPageSchema = pageSchema(activityRowSchema).extend({
  /** When that was which stands before the first row. */
  previousAt: momentSchema.optional(),
  /** Lines of the journal that could not be read. */
  unreadable: z.int().nonnegative(),
});
export type ActivityPage = z.infer<typeof activityPageSchema>;

/** What lies in the trash since before a moment. */
export const trashCountSchema = z.object({
  highlights: z.int().nonnegative(),
  /** Notes on whole documents. */
  pageNotes: z.int().nonnegative(),
  /** How many of both hold words of the reader's. */
  withWords: z.int().nonnegative(),
  documents: z.int().nonnegative(),
  /** What tags, titles and colours were before they were changed. */
  changes: z.int().nonnegative(),
  /** Notes, beside these, of notebooks that may not be changed now. */
  locked: z.int().nonnegative(),
});
export type TrashCount = z.infer<typeof trashCountSchema>;

/** Documents that are offered to narrow a list to. */
export const DOCUMENTS_OFFERED = 200;

/** What a list of notes can be narrowed to: all tags of these notes, and the documents with the newest of them, by title. */
export const noteChoicesSchema = z.object({
  tags: z.array(tagNameSchema),
  documents: z.array(z.object({ id: documentIdSchema, title: z.string() })),
  /** The other persons who made notes. */
  people: z.array(z.string()),
  /** There are more documents than are offered. */
  hasMore: z.boolean(),
});
export type NoteChoices = z.infer<typeof noteChoicesSchema>;
