import { z } from 'zod';
import { notebookChangeSchema } from '../model/changes';
import { LONGEST_LINKED_TITLE } from '../model/links/note-links';
import {
  documentIdSchema,
  identitySchema,
  momentSchema,
  notebookSchema,
  noteSchema,
  noteVersionSchema,
  sha256Schema,
  tagNameSchema,
} from '../model/notebook';
import { tagMoveSchema } from '../model/tag-moves';
import { tagChangeSchema, tagDetailsSchema } from '../model/tags';
import { broughtOutcomeSchema } from './brought';
import { bulkEditSchema, bulkOutcomeSchema, chosenNotesSchema, tagMovePlanSchema } from './bulk';
import { clipSchema } from './clip';
import { firstPageSchema } from './document';
import { exportPreviewSchema, exportRequestSchema, preparedExportSchema } from './export';
import { forgettingOutcomeSchema, forgettingPlanSchema } from './forget';
import { editionSchema, likelySameSchema } from './join';
import {
  documentPageSchema,
  documentQuerySchema,
  documentSourceSchema,
  documentSummarySchema,
  folderRowSchema,
  libraryCountsSchema,
  libraryFolderSchema,
  tagUsesSchema,
  unreadFileSchema,
} from './library';
import { linkedHerePageSchema, linkedPlaceSchema, namedPlaceSchema } from './links';
import { pageArgs } from './lists';
import {
  activityPageSchema,
  deletedNotesPageSchema,
  noteChoicesSchema,
  notesPageSchema,
  notesQuerySchema,
  trashCountSchema,
  unplacedNotesPageSchema,
} from './notes';
import { backupSummarySchema, restorePlanSchema } from './restore';
import { failureSchema, resultSchema } from './result';
import { indexProgressSchema, resultsWantedSchema, searchPurposeSchema, searchResultSchema, writtenQuerySchema } from './search';
import { settingsPatchSchema, settingsSchema, themes } from './settings';
import { earlierTextSchema, textPageSchema } from './texts';

/** What only some hosts can do. The renderer asks for these, never for the host's name. */
export const capabilitiesSchema = z.object({
  /** A native dialog to choose a library folder; without it the reader writes a path. */
  folderDialog: z.boolean(),
  /** A native dialog to save files and folders; without it the browser downloads. */
  saveDialog: z.boolean(),
  /** A native menu bar. */
  nativeMenu: z.boolean(),
  /** A native question before an address is opened; without it the page asks. */
  linkDialog: z.boolean(),
  /** The system's file manager can show where the data lies. */
  fileManager: z.boolean(),
  /** The system hands `lectern:` addresses to the application; without it a link is the address of the page. */
  systemLinks: z.boolean(),
  /** The host reads the clipboard, and tells what was copied from where; without it the page does, as far as its browser lets it. */
  clipboard: z.boolean(),
});
/** Folders that a reader may want to see: the whole data folder, and the backups in it. */
export const dataFolders = ['data', 'backups'] as const;
export type DataFolder = (typeof dataFolders)[number];

export type Capabilities = z.infer<typeof capabilitiesSchema>;

/** Those of a host that leaves all of it to the page. */
export const noCapabilities: Capabilities = {
  folderDialog: false,
  saveDialog: false,
  nativeMenu: false,
  linkDialog: false,
  fileManager: false,
  systemLinks: false,
  clipboard: false,
};

/** What can become of a file that could not be read. */
export const recoverySchema = z.object({
  /** `notebooks`: several that are missing together. `history`: old versions of notes. */
  subject: z.enum(['notebook', 'notebooks', 'history', 'tags', 'settings', 'machine']),
  /** It could not be read, is not there any more, or is there without its notes. */
  loss: z.enum(['unreadable', 'missing', 'emptied']),
  /** The document whose notebook it is, and its title as the backup has it. */
  documentId: documentIdSchema.optional(),
  title: z.string().optional(),
  /** The day of the newest good backup of it; absent when there is none. */
  backup: z.iso.date().optional(),
});
export type Recovery = z.infer<typeof recoverySchema>;

/** `restore`: from the backup. `without`: with nothing, or with what there is now. */
export const recoveryChoiceSchema = z.enum(['restore', 'without']);
export type RecoveryChoice = z.infer<typeof recoveryChoiceSchema>;

/** Something about the data on disk that the reader must know. */
export const dataProblemSchema = z.object({
  id: z.string(),
  message: z.string(),
  /** The file concerned, where there is one. */
  path: z.string().optional(),
  /** What the reader can choose to do about it. */
  recovery: recoverySchema.optional(),
  /** It is about a library folder. */
  folderId: z.string().optional(),
  /** It is told once only, and not in `app.info`: a window that asks again what is wrong keeps it. */
  toldOnce: z.boolean().optional(),
});
/** The problem whose message says that the data folder was made anew: what it held beside notes, tags and settings is not in it. */
export const DATA_FOLDER_RENEWED = 'data-folder:renewed';

export type DataProblem = z.infer<typeof dataProblemSchema>;

export const appInfoSchema = z.object({
  version: z.string(),
  platform: z.enum(['mac', 'windows', 'linux']),
  dataFolder: z.string(),
  capabilities: capabilitiesSchema,
  problems: z.array(dataProblemSchema),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/**
 * A notebook as the host has it. `revision` grows by one with each change that any window makes; by it a window knows what is newer, and
 * whether it missed something. It begins anew when the host does.
 */
export const hostNotebookSchema = z.object({ notebook: notebookSchema, revision: z.int().nonnegative() });
export type HostNotebook = z.infer<typeof hostNotebookSchema>;

/** Which of a page's saves of a document one is: one that comes after a later one brings nothing new. */
export const saveTurnSchema = z.object({ page: z.uuid(), number: z.int().positive() });

const nothing = z.object({});
const ofPlan = z.object({ planId: z.uuid().optional() });
const done = z.null();
const joinedArgs = z.object({ fromId: documentIdSchema, intoId: documentIdSchema });
const joinedSchema = z.object({ intoId: documentIdSchema, title: z.string(), hasOther: z.boolean(), noteIds: z.array(z.uuid()) });
const editionArgs = z.object({ documentId: documentIdSchema, rawHash: sha256Schema });
const linkedTitle = z.string().max(LONGEST_LINKED_TITLE);
const declare = <A extends z.ZodType, R extends z.ZodType>(args: A, result: R) => ({ args, result });

/** Calls that the core answers, whichever host it runs in. */
export const coreMethods = {
  'app.info': declare(nothing, appInfoSchema),
  /** Writes an error of the renderer's to the log. */
  'app.report': declare(z.object({ message: z.string().max(10_000), stack: z.string().max(50_000).optional() }), done),

  /** The reader has put a problem away: one that tells what happened is not told again. */
  'app.dismiss': declare(z.object({ problemId: z.string() }), done),
  /** Does what the reader chose about a file that could not be read; answers with a sentence on what was done. */
  'app.recover': declare(
    z.object({ problemId: z.string(), choice: recoveryChoiceSchema }),
    resultSchema(z.object({ message: z.string() })),
  ),

  'settings.read': declare(nothing, settingsSchema),
  'settings.update': declare(z.object({ patch: settingsPatchSchema }), resultSchema(settingsSchema)),

  'library.overview': declare(
    nothing,
    z.object({ counts: libraryCountsSchema, tagUses: tagUsesSchema, folders: z.array(libraryFolderSchema), scanning: z.boolean() }),
  ),
  /** A page of the list of documents, and, wherever they stand in it or not, the documents of `locate`. */
  'library.documents': declare(
    z.object({ query: documentQuerySchema, ...pageArgs, locate: z.array(documentIdSchema).max(1000) }),
    documentPageSchema,
  ),
  /** The documents of a list, in its order. */
  'library.document-ids': declare(z.object({ query: documentQuerySchema }), z.array(documentIdSchema)),
  /** Documents whose titles hold `text`, those that begin with it first. */
  'library.titles': declare(z.object({ text: z.string(), limit: z.int().positive().max(100) }), z.array(documentSummarySchema)),
  /** Authors whose names hold `text`, those of most documents first. */
  'library.authors': declare(z.object({ text: z.string(), limit: z.int().positive().max(100) }), z.array(z.string())),
  /** The same of series. */
  'library.series': declare(z.object({ text: z.string(), limit: z.int().positive().max(100) }), z.array(z.string())),
  /** Names of folders within library folders that hold `text`, those with most documents first. */
  'library.folder-names': declare(z.object({ text: z.string(), limit: z.int().positive().max(100) }), z.array(z.string())),
  /** The library folders, and under each that is `open` those in it that documents lie in, in the order in which they are drawn. */
  'library.folder-rows': declare(
    z.object({ open: z.array(folderRowSchema.pick({ folderId: true, path: true })).max(10_000) }),
    z.array(folderRowSchema),
  ),
  /** The document to which a link in another one leads, by their files: with `/`, relative, or from the top of its site where it begins with that. */
  'library.find': declare(
    z.object({ path: z.string(), besideId: documentIdSchema }),
    z.object({ documentId: documentIdSchema.optional() }),
  ),
  /** Which file a document is read from, and the reader's notebook on it. A document without a notebook gets an empty one. */
  'library.open': declare(
    z.object({ documentId: documentIdSchema, password: z.string().max(1000).optional() }),
    resultSchema(hostNotebookSchema.extend({ document: documentSummarySchema, source: documentSourceSchema })),
  ),
  /** The notebook alone: for a document whose file is missing or unreadable. */
  'library.notebook': declare(
    z.object({ documentId: documentIdSchema }),
    resultSchema(hostNotebookSchema.extend({ document: documentSummarySchema.optional() })),
  ),
  /** The picture of the first page of a file that a window drew before. */
  'library.first-page': declare(z.object({ rawHash: sha256Schema }), z.object({ page: firstPageSchema.optional() })),
  /** Keeps that picture for the next time, as long as there is place. */
  'library.keep-first-page': declare(z.object({ rawHash: sha256Schema, page: firstPageSchema }), done),
  /** Adds a folder by its absolute path, from now on watched. */
  'library.add-folder': declare(z.object({ path: z.string().min(1).max(4096) }), resultSchema(libraryFolderSchema)),
  /** Forgets a folder; its files and the notes on them stay. */
  'library.remove-folder': declare(z.object({ folderId: z.string() }), resultSchema(done)),
  /** Makes an added folder the inbox, or lets there be none. */
  'library.set-inbox': declare(z.object({ folderId: z.string().nullable() }), resultSchema(done)),
  /** The files of a folder that a reader takes for documents and that are not read. */
  'library.unread-files': declare(z.object({ folderId: z.string() }), resultSchema(z.array(unreadFileSchema))),
  /** Takes a document that was put into the library's own folder out again, where nothing of the reader's is on it. */
  'library.withdraw': declare(z.object({ documentId: documentIdSchema }), resultSchema(done)),
  /** Takes a folder's files that are not there any more out of the list; the notes on them stay. */
  'library.forget-missing': declare(z.object({ folderId: z.string() }), resultSchema(done)),

  /** The texts that a document's notes were made on, the present one first, then the newest. */
  'texts.list': declare(z.object({ documentId: documentIdSchema }), z.array(earlierTextSchema)),
  /**
   * A text that notes were made on, paragraph by paragraph, with the notes' passages; `isCompared`: beside the document's present one. `at`: a place in it
   * (UTF-16 code units) of which the row is wanted. A question for another text ends this one with `cancelled`.
   */
  'texts.page': declare(
    z.object({
      documentId: documentIdSchema,
      textHash: sha256Schema,
      isCompared: z.boolean(),
      at: z.int().nonnegative(),
      ...pageArgs,
    }),
    resultSchema(textPageSchema),
  ),

  /** The documents whose notes lead to a document, or to one note of it, by title. */
  'links.here': declare(
    z.object({ documentId: documentIdSchema, noteId: noteSchema.shape.id.optional(), ...pageArgs }),
    linkedHerePageSchema,
  ),
  /** What a title in a link names. */
  'links.find': declare(z.object({ title: linkedTitle, besideId: documentIdSchema.optional() }), namedPlaceSchema),
  /** Those of some titles that name nothing. */
  'links.missing': declare(z.object({ titles: z.array(linkedTitle).max(1000) }), z.array(z.string())),
  /** Where a link by address leads by now. */
  'links.place': declare(z.object({ documentId: documentIdSchema, noteId: noteSchema.shape.id.optional() }), linkedPlaceSchema),

  /** What a document seems to be another file of, or what seems to be the file of one whose own is gone; the likest first. */
  'join.likely': declare(z.object({ documentId: documentIdSchema }), z.array(likelySameSchema)),
  /**
   * Gives the file of one document to the notes on another, with what the reader has on it. Answers with the document that has it, which is another one
   * where that was joined meanwhile, its title, whether its own file stays as another edition, and the ids of the notes that came along.
   */
  'join.apply': declare(joinedArgs, resultSchema(joinedSchema)),
  /** Takes the joining of two documents back, where that is the last one with the latter; what was written since stays. `noteIds`: what went along. */
  'join.undo': declare(joinedArgs, resultSchema(joinedSchema.pick({ noteIds: true }))),
  /** Makes a document that was parted from another one an edition of that again, which is not shown. */
  'join.again': declare(joinedArgs, resultSchema(joinedSchema)),
  /** They are not the same, and it is not asked again. */
  'join.refuse': declare(joinedArgs, resultSchema(done)),
  /** The files of a document that are not the same: that which is shown, then the others. */
  'join.editions': declare(z.object({ documentId: documentIdSchema }), z.array(editionSchema)),
  /** Shows a document, with its notes, by another of its editions. */
  'join.show': declare(editionArgs, resultSchema(done)),
  /** Makes an edition that is not shown a document of its own, and answers with its id and title; the notes stay. */
  'join.part': declare(editionArgs, resultSchema(z.object({ documentId: documentIdSchema, title: z.string() }))),

  /**
   * Applies changes to one notebook; answers when they are on the disk and were read back, with the revision that they made.
   * `identity` is that of the document as the page knows it: with it, also a document that is no longer in the library gets its notebook.
   */
  'notebook.apply': declare(
    z.object({
      documentId: documentIdSchema,
      changes: z.array(notebookChangeSchema).min(1).max(10_000),
      identity: identitySchema.optional(),
      turn: saveTurnSchema.optional(),
    }),
    resultSchema(z.object({ savedAt: momentSchema, revision: z.int().nonnegative() })),
  ),
  /** Keeps the text layer that anchors count on, once per hash, and notes it as the document's. */
  'notebook.keep-text': declare(z.object({ documentId: documentIdSchema, textHash: sha256Schema, text: z.string() }), resultSchema(done)),
  /** A passage of a text that anchors were made on, with what stands around it; fails where that text was not kept. */
  'notebook.passage': declare(
    z.object({ textHash: sha256Schema, start: z.int().nonnegative(), end: z.int().nonnegative() }),
    resultSchema(z.object({ before: z.string(), exact: z.string(), after: z.string() })),
  ),
  /** The versions of a note that are older than those in its notebook, oldest first. */
  'notebook.archived-versions': declare(
    z.object({ documentId: documentIdSchema, noteId: z.uuid() }),
    resultSchema(z.array(noteVersionSchema)),
  ),
  /** The notes of all documents. A newer query of the same client ends this one with `cancelled`. */
  'notebook.notes': declare(z.object({ query: notesQuerySchema, ...pageArgs }), resultSchema(notesPageSchema)),
  /** The notes that a query finds. */
  'notebook.note-ids': declare(z.object({ query: notesQuerySchema }), chosenNotesSchema),
  /** What the notes under a tag, or all of them, can be narrowed to. `documentId`: one that is offered as long as it has notes, however many have newer ones. */
  'notebook.note-choices': declare(
    z.object({ within: tagNameSchema.optional(), documentId: documentIdSchema.optional() }),
    noteChoicesSchema,
  ),
  /** The notes whose passages were not found in the present texts of their documents, by document. */
  'notebook.unplaced-notes': declare(z.object(pageArgs), unplacedNotesPageSchema),
  /** The trash, what was deleted last first. */
  'notebook.deleted-notes': declare(z.object(pageArgs), deletedNotesPageSchema),
  /** What was done in one document, or in the whole library, the last first. */
  'notebook.activities': declare(z.object({ documentId: documentIdSchema.optional(), ...pageArgs }), activityPageSchema),
  /** What `notebook.empty-trash` would remove. */
  'notebook.count-deleted': declare(z.object({ before: momentSchema }), trashCountSchema),
  /** Removes for good what lies in the trash since before a moment; answers how many notes, and earlier tags and titles, that were. */
  'notebook.empty-trash': declare(
    z.object({ before: momentSchema }),
    resultSchema(z.object({ removed: z.int().nonnegative(), changes: z.int().nonnegative() })),
  ),

  /** What goes when a document is forgotten, and what stays. Nothing is done. */
  'forget.plan': declare(z.object({ documentId: documentIdSchema }), resultSchema(forgettingPlanSchema)),
  /** Forgets a document with all that is kept of it. It cannot be undone; what is cut off is done at the next start. */
  'forget.apply': declare(z.object({ documentId: documentIdSchema, state: z.string() }), resultSchema(forgettingOutcomeSchema)),

  /** The backups, the newest first, and the last restore since the start, as long as it can be taken back. */
  'restore.list': declare(nothing, z.object({ backups: z.array(backupSummarySchema), last: broughtOutcomeSchema.optional() })),
  /** What restoring from a backup would do. Nothing is done. A newer plan takes the place of an earlier one. */
  'restore.plan': declare(z.object({ name: z.string().max(200) }), resultSchema(restorePlanSchema)),
  /** Does what was planned. `undelete`: with the notes that were deleted since. */
  'restore.apply': declare(z.object({ planId: z.uuid(), undelete: z.boolean() }), resultSchema(broughtOutcomeSchema)),
  /** Lets go of a plan that is not carried out. */
  'restore.forget': declare(z.object({ planId: z.uuid() }), done),
  /** Ends a restore that is going on after the document that it is at. */
  'restore.stop': declare(nothing, done),
  /** Takes back what the last restore brought and was not changed since; nothing where that was by another plan than is asked for. */
  'restore.undo': declare(ofPlan, resultSchema(broughtOutcomeSchema)),

  /** The last import since the start, as long as it can be taken back. */
  'import.last': declare(nothing, z.object({ last: broughtOutcomeSchema.optional() })),
  /** Does what was planned: all of it, or nothing. `undelete`: with the notes that were deleted since. */
  'import.apply': declare(z.object({ planId: z.uuid(), undelete: z.boolean() }), resultSchema(broughtOutcomeSchema)),
  /** Lets go of a plan that is not carried out. */
  'import.forget': declare(z.object({ planId: z.uuid() }), done),
  /** Ends an import that is going on; nothing of it stays. */
  'import.stop': declare(nothing, done),
  /** Takes back what the last import brought and was not changed since; nothing where that was by another plan than is asked for. */
  'import.undo': declare(ofPlan, resultSchema(broughtOutcomeSchema)),

  /** Every tag that is used or was coloured. */
  'tags.list': declare(nothing, z.array(tagDetailsSchema)),
  /** Changes what is kept of tags; answers when it is on the disk and was read back. */
  'tags.apply': declare(z.object({ changes: z.array(tagChangeSchema).min(1).max(10_000) }), resultSchema(done)),

  /** What moving a tag would change. Nothing is done. */
  'bulk.plan-move': declare(tagMoveSchema, resultSchema(tagMovePlanSchema)),
  /** The tags that no document and no note carries, also in the trash. */
  'bulk.unused-tags': declare(nothing, resultSchema(z.array(tagNameSchema))),
  /** Changes many documents or notes: all of them, or nothing. */
  'bulk.apply': declare(bulkEditSchema, resultSchema(bulkOutcomeSchema)),
  /** Ends the change that is going on; nothing of it stays. */
  'bulk.stop': declare(nothing, done),
  /** Takes such a change back, but for what was changed since. */
  'bulk.undo': declare(z.object({ editId: z.uuid() }), resultSchema(bulkOutcomeSchema)),
  /** Makes it again once it was taken back. */
  'bulk.redo': declare(z.object({ editId: z.uuid() }), resultSchema(bulkOutcomeSchema)),

  'search.progress': declare(nothing, indexProgressSchema),
  /** Reads no more texts for the index until it is told to go on, or the next start: what it has by then is found. */
  'search.stop-indexing': declare(nothing, z.null()),
  'search.go-on-indexing': declare(nothing, z.null()),
  /** Finds documents and notes; without a `limit` above 0 it counts them. A newer search of the same client for the same purpose ends this one with `cancelled`. */
  'search.run': declare(
    resultsWantedSchema.extend({
      query: writtenQuerySchema,
      limit: z.int().nonnegative().max(200),
      purpose: searchPurposeSchema,
    }),
    resultSchema(searchResultSchema),
  ),

  /** The beginning of the first file. A newer preview of the same client ends this one with `cancelled`. */
  'export.preview': declare(exportRequestSchema, resultSchema(exportPreviewSchema)),
  /** Chooses what is exported, as it is now. What the same client prepared before, and did not save or copy, is forgotten. */
  'export.prepare': declare(exportRequestSchema, resultSchema(preparedExportSchema)),
} as const;

/** Calls that the host answers: Electron by its own dialogs, the browser's bridge by the browser. */
export const shellMethods = {
  /** The chosen folder's path; `null` when the reader chose none. */
  'shell.choose-folder': declare(nothing, z.string().nullable()),
  /** Saves an export while it is made: one file under a name that the reader confirms, or several into a folder. `null`: the reader chose not to. */
  'shell.save-export': declare(z.object({ prepared: preparedExportSchema }), resultSchema(z.object({ place: z.string() }).nullable())),
  /** Puts an export on the clipboard, its files one after the other. */
  'shell.copy-export': declare(z.object({ prepared: preparedExportSchema }), resultSchema(done)),
  /** Ends the saving or copying of an export with `cancelled`; nothing of it stays. */
  'shell.cancel-export': declare(z.object({ exportId: z.uuid() }), done),
  /** What the clipboard holds now. */
  'shell.read-clipboard': declare(nothing, resultSchema(clipSchema)),
  /** `html`, `markdown`: the same for programs that take it, as far as the host's clipboard does. */
  'shell.copy-text': declare(
    z.object({ text: z.string(), html: z.string().optional(), markdown: z.string().optional() }),
    resultSchema(done),
  ),
  /** Opens an `http:`, `https:` or `mailto:` address in the reader's browser. A host with `linkDialog` asks first; elsewhere the page has asked. */
  'shell.open-external': declare(z.object({ url: z.url({ protocol: /^(https?|mailto)$/ }) }), resultSchema(done)),
  /** Shows a folder of the reader's data in the system's file manager (`fileManager`). */
  'shell.show-folder': declare(z.object({ folder: z.enum(dataFolders) }), resultSchema(done)),
  /** Loads the page again: Electron cancels a page's own `location.reload()` as a navigation. */
  'shell.reload': declare(nothing, done),
  /** Makes native parts follow the theme. */
  'shell.set-theme': declare(z.object({ theme: z.enum(themes) }), done),
  /** The reader's own keys, for the native menu: when they change, and once when the page has started and listens to events. */
  'shell.set-keys': declare(z.object({ keys: z.record(z.string(), z.string()) }), done),
  /** Tells a host that waits to close that everything is saved, or why not. */
  'shell.flushed': declare(z.object({ failure: failureSchema.optional() }), done),
} as const;

export const methods = { ...coreMethods, ...shellMethods } as const;

export type CoreMethodName = keyof typeof coreMethods;
export type ShellMethodName = keyof typeof shellMethods;
export type MethodName = keyof typeof methods;
export type Args<M extends MethodName> = z.input<(typeof methods)[M]['args']>;
export type ParsedArgs<M extends MethodName> = z.output<(typeof methods)[M]['args']>;
export type Returns<M extends MethodName> = z.output<(typeof methods)[M]['result']>;

/** One function for each method; `More` is what it is told beside the arguments. */
export type Handlers<M extends MethodName, More extends unknown[] = []> = {
  [K in M]: (args: ParsedArgs<K>, ...more: More) => Promise<Returns<K>> | Returns<K>;
};
/** What the core answers. It is told the name of the client that calls: a window, or a page in a browser. */
export type CoreHandlers = Handlers<CoreMethodName, [client: string]>;
/** The calls that one part of the core answers, by the beginning of their names, such as `search`. */
export type CallsOf<P extends string> = Pick<CoreHandlers, Extract<CoreMethodName, `${P}.${string}`>>;
