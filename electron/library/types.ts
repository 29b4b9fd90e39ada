import type {
  DocumentFormat,
  DocumentSource,
  DocumentSummary,
  Emit,
  Failure,
  Identity,
  ImportOutcome,
  LibraryFolder,
  Notebook,
  Result,
  UploadedFile,
} from '../api';

/** What the library asks of the notebooks. */
export interface NotebookView {
  get(id: string): Notebook | undefined;
  all(): Iterable<Notebook>;
  /** Where each document was last seen, also where only a backup knows it. */
  identities(): Iterable<{ id: string; identity: Identity }>;
  /** Why a notebook may not be changed. */
  lockedBecause(id: string): Failure | undefined;
  /** Records where a document now is and what its file now holds; `next` gets the identity as it is by then. */
  changeIdentity(id: string, next: (identity: Identity) => Identity): Promise<Result<null>>;
}

/** The part of the log that the library writes to. */
export interface LibraryLog {
  error(message: string, cause?: unknown): void;
  warn(message: string, cause?: unknown): void;
  info(message: string): void;
}

export interface LibraryOptions {
  /** Holds `documents/` and `index.sqlite`; absolute. */
  dataFolder: string;
  /** The documents that ship with the application; absolute. */
  seedsFolder: string;
  /** The reader's own library folders; absolute. */
  folders: readonly string[];
  notebooks: NotebookView;
  log: LibraryLog;
  emit: Emit;
  /** Keeps the paths of the reader's folders. */
  onFoldersChanged(paths: readonly string[]): Promise<Result<null>>;
}

/** A document that can be read, for the search. */
export interface DocumentFile {
  id: string;
  path: string;
  format: DocumentFormat;
  /** The encoding that the reader chose. */
  encoding?: string;
  /** Bytes. */
  size: number;
  changedAt: string;
}

export interface Library {
  list(): { documents: DocumentSummary[]; folders: LibraryFolder[]; scanning: boolean };
  summary(id: string): DocumentSummary | undefined;
  /** A document's text as it is on the disk now; while the first scan runs, waits until the document is found. */
  open(id: string): Promise<Result<{ document: DocumentSummary; source: DocumentSource; notebook: Notebook }>>;
  /** For creating a document's notebook. */
  identity(id: string): Identity | undefined;
  addFolder(path: string): Promise<Result<LibraryFolder>>;
  removeFolder(folderId: string): Promise<Result<null>>;
  /** Copies a document into the library's own folder; throws what its bytes throw as they come. */
  importFile(file: UploadedFile): Promise<ImportOutcome>;
  /**
   * The absolute path of a local image beside a document or in a folder beside it; `undefined` when it is no image, lies
   * elsewhere (also through symbolic links), or does not exist.
   */
  assetPath(documentId: string, relative: string): Promise<string | undefined>;
  /** The readable text of a document; `undefined` when it cannot be read. */
  readText(id: string): Promise<string | undefined>;
  files(): DocumentFile[];
  /** Tells that a notebook changed, so that its row is told anew. */
  notebookChanged(id: string): void;
  /** Tells that a notebook is back from a backup: its document may have moved since, and goes on with it. */
  notebookRestored(id: string): Promise<void>;
  /** Takes in folders that the settings have already, whether or not they can be read now. */
  takeFolders(paths: readonly string[]): void;
  /** The first scan is done. */
  ready: Promise<void>;
  close(): Promise<void>;
}
