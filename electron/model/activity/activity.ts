import { z } from 'zod';
import { collectionIdSchema, collectionNameSchema } from '../collections';
import { colourSchema, documentIdSchema, momentSchema, recordFields, tagNameSchema } from '../notebook';

const ofDocument = { at: momentSchema, documentId: documentIdSchema };
const ofNote = { ...ofDocument, noteId: z.uuid() };

/** What the notes of a notebook tell by themselves of how they came about. */
const toldByNotes = [
  z.object({ type: z.literal('note-made'), ...ofNote }),
  /** `version`: when the state was written that stood there before; absent where that had no words. */
  z.object({ type: z.literal('note-written'), ...ofNote, version: momentSchema.optional() }),
  /** It marks another passage. */
  z.object({ type: z.literal('note-moved'), ...ofNote, version: momentSchema }),
  z.object({ type: z.literal('note-deleted'), ...ofNote }),
] as const;

const tagLists = { from: z.array(tagNameSchema), to: z.array(tagNameSchema) };
const inJournal = { id: z.uuid() };
const ofJoining = { fromId: documentIdSchema, fromTitle: z.string(), intoTitle: z.string() };

/** What no notebook tells, and the journal keeps. */
export const journalEntrySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('note-restored'), ...inJournal, ...ofNote }),
  z.object({ type: z.literal('note-tagged'), ...inJournal, ...ofNote, ...tagLists }),
  z.object({ type: z.literal('notes-purged'), ...inJournal, ...ofDocument, count: z.int().positive() }),
  z.object({ type: z.literal('document-tagged'), ...inJournal, ...ofDocument, ...tagLists }),
  z.object({
    type: z.literal('document-collected'),
    ...inJournal,
    ...ofDocument,
    collectionId: collectionIdSchema,
    name: collectionNameSchema,
    isIn: z.boolean(),
  }),
  /** A collection was made (no `from`), renamed, or removed (no `to`). */
  z.object({
    type: z.literal('collection-set'),
    ...inJournal,
    at: momentSchema,
    collectionId: collectionIdSchema,
    from: collectionNameSchema.optional(),
    to: collectionNameSchema.optional(),
  }),
  /** A value that is absent was what the file says. */
  z.object({
    type: z.literal('field-set'),
    ...inJournal,
    ...ofDocument,
    field: z.enum(recordFields),
    from: z.string().optional(),
    to: z.string().optional(),
  }),
  z.object({ type: z.literal('document-added'), ...inJournal, ...ofDocument, title: z.string() }),
  /** The document got the file of another one, with what was written on it; or was parted from it again. Titles as they were before. */
  z.object({ type: z.literal('document-joined'), ...inJournal, ...ofDocument, ...ofJoining }),
  z.object({ type: z.literal('document-parted'), ...inJournal, ...ofDocument, ...ofJoining }),
  z.object({
    type: z.literal('tag-coloured'),
    ...inJournal,
    at: momentSchema,
    name: tagNameSchema,
    from: colourSchema.optional(),
    to: colourSchema.optional(),
  }),
  /** `message`: what a restore, or the taking back of one, did. */
  z.object({ type: z.literal('restored'), ...inJournal, at: momentSchema, message: z.string() }),
  /** The same of an import. */
  z.object({ type: z.literal('imported'), ...inJournal, at: momentSchema, message: z.string() }),
  /** `editId`: under which this machine keeps what takes it back. `isUndo`: it took that back. */
  z.object({
    type: z.literal('changed-together'),
    ...inJournal,
    at: momentSchema,
    editId: z.uuid(),
    message: z.string(),
    isUndo: z.boolean().optional(),
  }),
]);
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** Something that was done in the library. */
export const activitySchema = z.discriminatedUnion('type', [...toldByNotes, ...journalEntrySchema.options]);
export type Activity = z.infer<typeof activitySchema>;

/** Names an activity among all. */
export const activityKey = (activity: Activity): string =>
  'id' in activity ? activity.id : `${activity.type} ${activity.noteId} ${activity.at}`;
