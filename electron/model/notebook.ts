import { z } from 'zod';
import { colours, readingStatuses } from './choices';
import { collectionIdSchema, membershipSchema } from './collections';
import { locatorSchema } from './document/locator';
import { rankSchema } from './ranks';

export const colourSchema = z.enum(colours);

/** An ISO 8601 moment in UTC, as `Date.prototype.toISOString` writes it. */
export const momentSchema = z.iso.datetime({ offset: true });

/** A SHA-256 in lower-case hexadecimal. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** A document's identifier: chosen once by the library, safe as a file name. */
const documentIdPattern = /^[0-9a-z-]{8,64}$/;
export const documentIdSchema = z.string().regex(documentIdPattern);
/** The same, where thousands are looked at: a schema takes ten times as long. */
export const isDocumentId = (id: string): boolean => documentIdPattern.test(id);

/** A box on a page, in points (1/72 inch) from the upper left corner of the page as it is seen. */
export const areaBoxSchema = z.looseObject({
  x: z.number().nonnegative(),
  y: z.number().nonnegative(),
  width: z.number().positive(),
  height: z.number().positive(),
});
export type AreaBox = z.infer<typeof areaBoxSchema>;

/** A page (from 1) of a document that is shown as pages, or with a `box` a part of it (RFC 8118: `page`, `viewrect`). */
export const areaSchema = z.looseObject({ page: z.int().positive(), box: areaBoxSchema.optional() });
export type Area = z.infer<typeof areaSchema>;

/**
 * Where a passage is: a W3C TextPositionSelector (`start`, `end`: UTF-16 code units in the text layer) and
 * TextQuoteSelector (`exact`, with up to 32 code units of `prefix` and `suffix`), in the text whose hash is `textHash`. With an `area` it is no passage: `start` and `end` are those of the text of its page, and there is no quote.
 */
export const anchorSchema = z.looseObject({
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  exact: z.string(),
  prefix: z.string(),
  suffix: z.string(),
  textHash: sha256Schema,
  area: areaSchema.optional(),
  /** Where that is in print, as told by the newest text in which the passage was found; absent where it does not tell, or was not read since. */
  locator: locatorSchema.optional(),
});
export type Anchor = z.infer<typeof anchorSchema>;

/** A tag's name: levels separated by `/`, compared without case. */
export const tagNameSchema = z.string().trim().min(1).max(200);

/** An earlier state of a note. */
export const noteVersionSchema = z.looseObject({
  /** When it was written, and when the next state took its place. */
  at: momentSchema,
  until: momentSchema.optional(),
  colour: colourSchema,
  body: z.string(),
  tags: z.array(tagNameSchema),
  anchor: anchorSchema.optional(),
  /** The fullest state of a sitting in which words go little by little; not a version yet. */
  provisional: z.boolean().optional(),
});

/** Another person who made a note (W3C Web Annotation, `creator`). */
export const creatorSchema = z.looseObject({ name: z.string().trim().min(1).max(200) });
export type Creator = z.infer<typeof creatorSchema>;

/** A highlight with its note; without an anchor, a note on the whole document. */
export const noteSchema = z.looseObject({
  id: z.uuid(),
  /** Absent for the reader's own. A note of another person is read, hidden or deleted, and never edited. */
  creator: creatorSchema.optional(),
  /** A bookmark: a place to come back to, `body` its name (W3C Web Annotation, `motivation`). Its colour is not shown. */
  motivation: z.literal('bookmarking').optional(),
  /** The note of which it is a further passage, by its id: then it has no words and no tags of its own, and is drawn in the colour of that one (`passages.ts`). */
  partOf: z.uuid().optional(),
  anchor: anchorSchema.optional(),
  colour: colourSchema,
  /** Markdown; empty for a bare highlight. */
  body: z.string(),
  tags: z.array(tagNameSchema),
  createdAt: momentSchema,
  modifiedAt: momentSchema,
  /** When it was taken in out of the document's file, where it had been made elsewhere before. */
  takenAt: momentSchema.optional(),
  /** When this state came to stand here, where that is later than `modifiedAt`: by undo, or out of the trash. */
  currentSince: momentSchema.optional(),
  /** When its tags were last changed among those of many notes. Of two states of the same moment the one where that was later counts. */
  retaggedAt: momentSchema.optional(),
  /** Earlier states, oldest first. */
  history: z.array(noteVersionSchema),
});
export type Note = z.infer<typeof noteSchema>;
export type NoteVersion = z.infer<typeof noteVersionSchema>;

/** Whether a note is a bookmark: it has words and a passage as every note has, so that it is placed, searched, merged and exported likewise, but no colour. */
export const isBookmark = ({ motivation }: Pick<Note, 'motivation'>): boolean => motivation === 'bookmarking';

/** An earlier state of a note that is no longer in its notebook, but in the document's archive of versions. */
export const archivedVersionSchema = z.looseObject({ noteId: z.uuid(), version: noteVersionSchema });
export type ArchivedVersion = z.infer<typeof archivedVersionSchema>;

export const deletedNoteSchema = z.looseObject({ note: noteSchema, deletedAt: momentSchema });
export type DeletedNote = z.infer<typeof deletedNoteSchema>;

/** A note that was removed from the trash for good, up to the state with this clock. */
export const purgedNoteSchema = z.looseObject({ noteId: z.uuid(), clock: momentSchema });
export type PurgedNote = z.infer<typeof purgedNoteSchema>;

/** When a note's state came to stand: of two states of one note the later is the present one. */
export const noteClock = ({ modifiedAt, currentSince }: Pick<Note, 'modifiedAt' | 'currentSince'>): string =>
  currentSince !== undefined && Date.parse(currentSince) > Date.parse(modifiedAt) ? currentSince : modifiedAt;

/** The moment one millisecond after another; `time`: ms since the epoch. */
export const justAfter = (time: number): string => new Date(time + 1).toISOString();

export const readingStatusSchema = z.enum(readingStatuses);

/** A language as BCP 47 names it, such as `en-GB`. */
export const languageSchema = z.string().regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}$/);

/** What a reader writes of a document in place of what its file says. */
export const metadataFields = ['title', 'author', 'date', 'language'] as const;

/** What of a document is there only as the reader set it; without any of it nothing would be missed. */
export const readersFields = [...metadataFields, 'favourite', 'later'] as const;

/** These, and what else a reader sets of a document; of two machines the one that set it later is believed. */
export const recordFields = [...readersFields, 'encoding', 'status'] as const;
export type RecordField = (typeof recordFields)[number];

/** The reader's place: `offset` is the start of the first visible paragraph, in the text layer. */
export const positionSchema = z.looseObject({
  offset: z.int().nonnegative(),
  /** How much of the text lies above where the eye is (`eyeInView`), 0 to 1; 0 where all of it fits on the screen. */
  progress: z.number().min(0).max(1),
  /** Of the format's reader whose text `offset` counts in; 1 where there is none. */
  revision: z.int().positive().optional(),
  /** s that were ever spent reading it. */
  secondsRead: z.number().nonnegative().optional(),
  /** A page is shown whole, not as its article alone, since the reader wants that. */
  wholePage: z.boolean().optional(),
  /** A document that has pages is shown as a text that flows, since the reader wants that. */
  asText: z.boolean().optional(),
  /** It was marked as finished by itself once; what the reader makes of that stays. */
  wasFinished: z.boolean().optional(),
});
export type Position = z.infer<typeof positionSchema>;

export const identitySchema = z.looseObject({
  /**
   * Absolute paths where the document is or was last seen, the current one first: as a page is told them of a document that has no
   * notebook yet. A notebook's file has none, since they belong to one machine and are kept in `machines/`; those of an earlier version
   * stay in it, and count on a machine that has not seen the document.
   */
  paths: z.array(z.string()).default([]),
  /** The file's name when its content was last seen. */
  fileName: z.string().optional(),
  /** Of the newest content that any machine has seen. */
  rawHash: sha256Schema,
  /** The text layer that the newest anchors count on; absent until there is an anchor. */
  textHash: sha256Schema.optional(),
  /** What the document called itself when its file was last seen: the name of a missing document. */
  title: z.string().optional(),
  /** Earlier contents of the file, oldest first; with a `path` where an earlier version wrote it. */
  history: z.array(z.looseObject({ rawHash: sha256Schema, textHash: sha256Schema.optional(), until: momentSchema })),
});
export type Identity = z.infer<typeof identitySchema>;

/** The name of a document's file as far as its notebook tells it, on whichever system that was written. */
export const fileNameOf = ({ fileName, paths }: Identity): string | undefined => fileName ?? paths[0]?.split(/[\\/]/).at(-1);

export const NOTEBOOK_VERSION = 1;

/** Everything of the reader's that belongs to one document; stored as `notebooks/<id>.json`. */
export const notebookSchema = z.looseObject({
  version: z.int().positive(),
  id: documentIdSchema,
  identity: identitySchema,
  /** The reader's own title, authors (as `model/citation/names` reads them), date (ISO `YYYY-MM-DD`) and language, in place of what the file says. */
  title: z.string().optional(),
  author: z.string().optional(),
  date: z.iso.date().optional(),
  language: languageSchema.optional(),
  /** The document whose notebook has all of this one's since the reader said that they are the same. */
  sameAs: documentIdSchema.optional(),
  /** Contents that the reader said to be this document, by raw hash (`editions.ts`). */
  editions: z.record(sha256Schema, z.int().positive()).optional(),
  /** The encoding that the reader chose (a WHATWG label). */
  encoding: z.string().optional(),
  tags: z.array(tagNameSchema),
  favourite: z.literal(true).optional(),
  /** Its place in the reading list (`ranks.ts`); absent where it is not in it. */
  later: rankSchema.optional(),
  /** The collections that it is or was in, by id. */
  collections: z.record(collectionIdSchema, membershipSchema).optional(),
  status: readingStatusSchema,
  position: positionSchema.optional(),
  lastReadAt: momentSchema.optional(),
  notes: z.array(noteSchema),
  deletedNotes: z.array(deletedNoteSchema),
  /** What merging with another machine's state needs to know of what was taken away or set (`merge.ts`). */
  purgedNotes: z.array(purgedNoteSchema).optional(),
  /** By a tag's key: how many times it came and went, once it went. */
  tagCounts: z.record(z.string(), z.int().positive()).optional(),
  /** When each of these fields was last set. */
  fieldTimes: z.record(z.string(), momentSchema).optional(),
  /** When the reader had the document forgotten: nothing of what was there until then is to come back (`forget.ts`). */
  forgottenAt: momentSchema.optional(),
});
export type Notebook = z.infer<typeof notebookSchema>;

/** A notebook with nothing in it yet. */
export const emptyNotebook = (id: string, identity: Identity): Notebook => ({
  version: NOTEBOOK_VERSION,
  id,
  identity,
  tags: [],
  status: 'unread',
  notes: [],
  deletedNotes: [],
});
