import { z } from 'zod';
import { notebookChangeSchema } from '../model/changes';
import { documentIdSchema } from '../model/notebook';
import { tagDetailsSchema } from '../model/tags';
import { commandIdSchema } from './commands';
import { importOutcomeSchema, libraryCountsSchema, libraryFolderSchema, tagUsesSchema } from './library';
import { dataProblemSchema, hostNotebookSchema } from './methods';
import { indexProgressSchema } from './search';
import { settingsSchema } from './settings';

/** What a host tells the renderer without being asked. */
export const events = {
  /** Documents came, changed or went: lists of them, and of what is in their notebooks, may be others. */
  'library.changed': z.object({
    counts: libraryCountsSchema,
    /** Of the tags that are carried by more or fewer than told before. */
    tagUses: tagUsesSchema,
    /** All of them, when one changed. */
    folders: z.array(libraryFolderSchema).optional(),
    scanning: z.boolean(),
  }),
  /** How far a scan of the library is; `total` is 0 while it is not known. */
  'library.progress': z.object({ done: z.int().nonnegative(), total: z.int().nonnegative() }),
  'search.progress': indexProgressSchema,
  /** The file of a document was changed by another program, it is shown by another of its editions, or it has another file since documents were joined or parted. */
  'library.source-changed': z.object({ documentId: documentIdSchema, by: z.enum(['program', 'edition', 'joining']) }),
  /** Another window's changes of a notebook are on the disk, as its `revision` (`client` tells which one, to leave it alone). */
  'notebook.changed': z.object({
    documentId: documentIdSchema,
    changes: z.array(notebookChangeSchema),
    revision: z.int().nonnegative(),
    client: z.string().optional(),
  }),
  /**
   * The file of a document is another one's since the reader said that they are the same, or no longer that (`isJoined` is false): windows that
   * show it go along. `title`: of the one that has it now.
   */
  'library.file-given': z.object({
    fromId: documentIdSchema,
    intoId: documentIdSchema,
    title: z.string(),
    isJoined: z.boolean(),
    noteIds: z.array(z.uuid()),
    client: z.string().optional(),
  }),
  /** A document was forgotten; `isGone`: no file of it is left, either. */
  'notebook.forgotten': z.object({ documentId: documentIdSchema, isGone: z.boolean(), client: z.string().optional() }),
  /** A notebook is back from a backup, in place of what was known of it. */
  'notebook.restored': hostNotebookSchema,
  /** How far a restore is, in documents. */
  'restore.progress': z.object({ done: z.int().nonnegative(), total: z.int().nonnegative() }),
  /** The same of an import of notes. */
  'import.progress': z.object({ done: z.int().nonnegative(), total: z.int().nonnegative() }),
  /** How far a change of many documents is, in documents. */
  'bulk.progress': z.object({ done: z.int().nonnegative(), total: z.int().nonnegative() }),
  /** How far an export is: the documents and notes that are written. */
  'export.progress': z.object({ exportId: z.uuid(), documents: z.int().nonnegative(), notes: z.int().nonnegative() }),
  'settings.changed': z.object({ settings: settingsSchema, client: z.string().optional() }),
  'tags.changed': z.object({ tags: z.array(tagDetailsSchema) }),
  'app.problem': dataProblemSchema,
  /** A problem is no more. */
  'app.problem-solved': z.object({ id: z.string() }),
  /** Other events may not have arrived: what they would have told is to be read again. */
  'app.missed': z.object({}),
  /** Files that were opened from outside (the system's "Open with", a second instance). */
  'app.opened': z.array(importOutcomeSchema),
  /** One of Lectern's own addresses was opened from outside. */
  'app.open-link': z.object({ address: z.string() }),
  /** A command chosen in the native menu. */
  'app.command': z.object({ command: commandIdSchema }),
  /** The host is about to close and waits for `shell.flushed`. */
  'app.flush': z.object({}),
} as const;

export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;

/** Tells every connected renderer. */
export type Emit = <E extends EventName>(event: E, payload: EventPayload<E>) => void;
