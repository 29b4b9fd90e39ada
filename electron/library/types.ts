import type {
  DataProblem,
  DocumentPage,
  DocumentQuery,
  DocumentSource,
  DocumentSummary,
  Edition,
  Emit,
  Failure,
  FolderRow,
  ImportOutcome,
  LibraryCounts,
  LibraryFolder,
  Result,
  UnreadFile,
  UploadedFile,
} from '#api';
import type { Identity, Notebook, NotebookOutline } from '#model';
import type { DocumentText } from '../formats/document-text';
import type { EmbeddedFile, OpenBytes } from '../formats/format';
import type { WatchSystem } from './folder-watcher';
import type { Known } from './identity';
import type { Likeness } from './likenesses';
import type { BeforeEnd, DocumentLines } from './reading/reading';
import type { ReadingWorker } from './reading/thread';

/** What the library asks of the notebooks. */
export interface NotebookView {
  get(id: string): Notebook | undefined;
  ids(): Iterable<string>;
  /** What is at hand of a notebook: `get` unpacks it. */
  outline(id: string): NotebookOutline | undefined;
  /** What each document is, also where only a backup knows it. */
  identities(): Iterable<{ id: string; identity: Identity }>;
  /** Why a notebook may not be changed. */
  lockedBecause(id: string): Failure | undefined;
  /** Records what a document's file now holds; `next` gets the identity as it is by then. */
  changeIdentity(id: string, next: (identity: Identity) => Identity): Promise<Result<null>>;
  /** Records that contents, by their raw hashes, are editions of a document. */
  addEditions(id: string, rawHashes: readonly string[]): Promise<Result<null>>;
}

/** Where a document was last seen on this machine, and what its file held. */
export interface Sighting {
  /** Absolute paths, the shown one first. */
  paths: readonly string[];
  rawHash: string;
}

/** What the library keeps of this machine alone. */
export interface MachineView {
  sighting(documentId: string): Sighting | undefined;
  /** Keeps where documents were seen, by their ids. */
  setSightings(sightings: ReadonlyMap<string, Sighting>): Promise<Result<null>>;
  /** Keeps the paths of the reader's folders. */
  setFolders(paths: readonly string[]): Promise<Result<null>>;
  /** The path of the one where a browser saves pages. */
  inbox(): string | undefined;
  setInbox(path: string | undefined): Promise<Result<null>>;
}

/** The part of the log that the library writes to. */
export interface LibraryLog {
  error(message: string, cause?: unknown): void;
  warn(message: string, cause?: unknown): void;
  info(message: string): void;
}

export interface LibraryOptions {
  /** Holds `documents/`; absolute. */
  dataFolder: string;
  /** Why nothing may be written into the data folder at the moment (its disk is gone), when it may not. */
  refusal?(): Promise<Failure | undefined>;
  /** Holds `files.sqlite`; absolute. */
  localFolder: string;
  /** The documents that ship with the application; absolute. */
  seedsFolder: string;
  /** Starts a thread that runs `reading/worker.ts`. */
  startReading(): ReadingWorker;
  /** The reader's own library folders; absolute. */
  folders: readonly string[];
  notebooks: NotebookView;
  machine: MachineView;
  /** How many notes of a document wait for the reader's look, since its text changed. */
  toReview(id: string): DocumentSummary['toReview'];
  /** A text that notes were made on; `undefined` where it was not kept. */
  keptText(textHash: string): Promise<string | undefined>;
  index: IndexView;
  /** How folders are watched; the system's own, but in tests. */
  watching?: WatchSystem;
  log: LibraryLog;
  emit: Emit;
}

/** Keeps an index of what the library holds. */
export interface IndexView {
  /** These documents may have changed, come or gone. */
  touch(ids: Iterable<string>): void;
  /** A text that was read, under the name of its content. Resolves when there is room for the next. */
  put(content: string, text: DocumentText): Promise<void>;
  /** Every document is known now. */
  complete(): void;
}

export interface Library {
  folders(): LibraryFolder[];
  /** Whether files are still being looked for. */
  scanning(): boolean;
  /** How many documents and notes there are, of each kind and with each tag. */
  counted(): Promise<{ counts: LibraryCounts; tagUses: [string, number][] }>;
  /** A page of the documents of a query, and, wherever they stand, those of `locate`. */
  page(query: DocumentQuery, wanted: { from: number; count: number; locate: readonly string[] }): Promise<DocumentPage>;
  /** Begins no scan of a large library while a reader waits for this, which the thread would be too busy for. */
  putOffFor<T>(work: Promise<T>): Promise<T>;
  /** The ids of all documents of a query, in its order. */
  idsOf(query: DocumentQuery): Promise<string[]>;
  /** Documents whose titles hold `text`, those that begin with it first. */
  titles(text: string, limit: number): Promise<DocumentSummary[]>;
  /** Authors whose names hold `text`, those of most documents first. */
  authors(text: string, limit: number): Promise<string[]>;
  /** The same of series. */
  series(text: string, limit: number): Promise<string[]>;
  /** Names of folders within the library folders that hold `text`, those with most documents first. */
  folderNames(text: string, limit: number): Promise<string[]>;
  /** The library folders, and under each that is open those in it. */
  folderRows(open: readonly { folderId: string; path: string }[]): Promise<FolderRow[]>;
  /** The id of the document to which a link in another one leads, by their files: with `/`, relative, or from the top of its site where it begins with that. */
  find(wanted: { path: string; besideId: string }): Promise<string | undefined>;
  /** The row of a document, also of one whose file is gone or cannot be read. */
  summary(id: string): DocumentSummary | undefined;
  /**
   * A document with the file that it is read from as it is on the disk now; while the first scan runs, waits until the document is found.
   * `password` is that of a protected one, for one reading, and kept nowhere.
   */
  open(id: string, password?: string): Promise<Result<{ document: DocumentSummary; source: DocumentSource; notebook: Notebook }>>;
  /**
   * The parts of a document as NDJSON, of the file that holds `rawHash` or, without it, of the one that is shown. Fails where it cannot
   * be read at all. `beforeEnd` is awaited before the last line; `unlockKey` is what `open` gave for a password.
   */
  read(id: string, rawHash: string | undefined, beforeEnd: BeforeEnd, unlockKey?: string): Promise<Result<DocumentLines>>;
  /** A document's file that holds `rawHash`, for what the page draws by itself; fails as `read` does. */
  fileBytes(id: string, rawHash: string): Promise<Result<OpenBytes>>;
  /** For creating a document's notebook. */
  identity(id: string): Identity | undefined;
  addFolder(path: string): Promise<Result<LibraryFolder>>;
  removeFolder(folderId: string): Promise<Result<null>>;
  /** Makes an added folder the inbox: what comes there stands on top of an order by date. `null`: none is. */
  setInbox(folderId: string | null): Promise<Result<null>>;
  /** The files of a folder that are not read, by path. */
  unreadFiles(folderId: string): Result<UnreadFile[]>;
  /** Takes a folder's documents that are not there off the list, but for those with notes: the reader knows that they are gone. */
  forgetMissing(folderId: string): Promise<Result<null>>;
  /** Tells that Lectern removed files of its own folder (absolute paths): what is kept of them goes at once. */
  filesRemoved(paths: readonly string[]): Promise<void>;
  /** Folders that are not there, lost much at once, or cannot be watched. */
  problems(): DataProblem[];
  /** Copies a document into the library's own folder; throws what its bytes throw as they come. */
  importFile(file: UploadedFile): Promise<ImportOutcome>;
  /** Removes the library's own copy of a document; fails where the reader has notes or tags on it, or no copy is there. */
  withdraw(documentId: string): Promise<Result<null>>;
  /**
   * The absolute path of an image, by its path beside a document, or of one that a Markdown document names, wherever in its library folder it lies; `undefined`
   * when it is no image, lies outside of that folder (also through symbolic links), or does not exist.
   */
  assetPath(documentId: string, relative: string): Promise<string | undefined>;
  /** The picture on the cover of the shown file of a document. */
  cover(id: string): Promise<EmbeddedFile | undefined>;
  /** The font or sound that lies at a place in a document's file, where that holds `rawHash`. */
  embedded(id: string, rawHash: string, at: string): Promise<EmbeddedFile | undefined>;
  /** The ids of all documents that have a row. */
  ids(): Iterable<string>;
  /** Where the shown file of a document is, and the name of its content and the hash of its text where that can be read. */
  file(id: string): { path: string; content?: string | undefined; textHash?: string | undefined } | undefined;
  /** Reads the shown file of a document for `beforeEnd` alone; nobody waits for it. */
  readThrough(id: string, beforeEnd: (rawHash: string) => BeforeEnd): Promise<Result<null>>;
  /** Reads the text of a document once more, for the index. */
  readText(id: string): Promise<Result<{ content: string; text: DocumentText }>>;
  /**
   * Tells that a notebook changed, so that its row is told anew. Of one that was just made, `identity` says where its document was last
   * seen.
   */
  notebookChanged(id: string, identity?: Identity): Promise<void>;
  /** Documents with notes that one without is much like, or those without that one with notes, whose file is gone, is like; the likest first. */
  like(id: string): Promise<Likeness[]>;
  /** Gives the files of one document to another; the files that this had are another edition of it, where its notebook says so, else a document of their own. What was known of these before is given. */
  join(fromId: string, intoId: string): Promise<Known | undefined>;
  /** Makes the files of one document an edition of another that is not shown, as the notebooks of both say by now. */
  putBeside(fromId: string, intoId: string): Promise<void>;
  /** Takes a joining back. `known`: what was known of the latter before; without it no file is given back. */
  separate(fromId: string, intoId: string, known: Known | undefined): Promise<void>;
  /** The files of a document that are not the same, that which is shown first. */
  editions(id: string): Edition[];
  /** The document that has a content, be it shown or another edition. */
  idOfContent(rawHash: string): string | undefined;
  /** The hash of the text of a content, where a file here has it and it can be read. */
  textOfContent(rawHash: string): string | undefined;
  /** Shows a document by another of its editions, as its notebook says by now. */
  showEdition(id: string, rawHash: string): Promise<void>;
  /** Tells that `toReview` answers otherwise for a document. */
  reviewChanged(id: string): void;
  /** Tells that a notebook is back from a backup: its document may have moved since, and goes on with it. */
  notebookRestored(id: string): Promise<void>;
  /** Tells that a document has no notebook any more, as if there had never been one. */
  notebookRemoved(id: string): void;
  /** Takes in folders that the settings have already, whether or not they can be read now. */
  takeFolders(paths: readonly string[]): void;
  /** The first window has what it waits for: of a large library the first page of its list. */
  begun: Promise<void>;
  /** The first scan is done. */
  ready: Promise<void>;
  close(): Promise<void>;
}
