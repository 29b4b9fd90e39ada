import type { Failure, Result } from '#api';
import type { ArchivedVersion, Identity, Note, Notebook, TagDetails } from '#model';
import type { Collected } from './collect';

/** What is to be brought into the library, whatever it was read from. */
export interface Incoming {
  notebooks: readonly Notebook[];
  tags: readonly TagDetails[];
  /** A text that anchors count on, by its hash; `undefined` when it did not come along. Throws when it is damaged. */
  text(textHash: string): Promise<string | undefined>;
  /** Dropped files, by name as in `report.txt`. */
  files: readonly string[];
  /** The documents of which archived versions came along. */
  archives: readonly string[];
  /** The archived versions of such a document's notes. Throws when they are damaged. */
  versions(documentId: string): Promise<readonly ArchivedVersion[]>;
  /** What exports tell beside their notebooks; absent for a backup. */
  exported?: Pick<Collected, 'documents' | 'edits' | 'documentEdits' | 'byHand'>;
}

/** A document of this library, with notes or without. */
export interface PresentDocument {
  id: string;
  rawHash?: string;
  title: string;
  author?: string;
}

/** Where it is brought: the reader's notebooks, tags, texts and dropped files as they are now. */
export interface Present {
  notebook(id: string): Notebook | undefined;
  notebooks(): Iterable<Notebook>;
  /** All documents of which the library knows, also those without a notebook. */
  documents(): Iterable<PresentDocument>;
  /** What a document is, for its first notebook. */
  identity(id: string): Identity | undefined;
  /** The ids of those notes, of notes on the document `id`, whose passage is not in its text as it is now; none where that cannot be read. */
  withoutPlace(id: string, notes: readonly Note[]): Promise<ReadonlySet<string>>;
  /** Why a notebook may not be changed, when it may not. */
  lockedBecause(id: string): Failure | undefined;
  tags(): readonly TagDetails[];
  hasText(textHash: string): Promise<boolean>;
  hasFile(name: string): Promise<boolean>;
  /** How many of these versions a document's archive has not. */
  countLacking(id: string, versions: readonly ArchivedVersion[]): Promise<number>;
}

/** What changes it. Each answers when it is on the disk and was read back; after a failure everything is as it was. */
export interface Target extends Present {
  update(id: string, next: (present: Notebook | undefined) => Notebook): Promise<Result<{ before: Notebook | undefined; after: Notebook }>>;
  /** Removes a notebook that holds nothing, as if there had never been one; any other stays. */
  removeNothing(id: string): Promise<Result<null>>;
  /** Adds tags that are new, with their colours. Colours that the reader chose stay. */
  addTags(tags: readonly TagDetails[]): Promise<Result<null>>;
  keepText(textHash: string, text: string): Promise<Result<null>>;
  /** Brings a dropped file back where there is none of that name; whether it did. */
  bringFile(name: string): Promise<Result<boolean>>;
  /** Puts those into a document's archive of versions that it has not; how many. */
  bringVersions(id: string, versions: readonly ArchivedVersion[]): Promise<Result<number>>;
  /** Takes a dropped file away that was brought and not changed since. */
  takeFile(name: string): Promise<Result<null>>;
}
