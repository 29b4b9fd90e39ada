import type { ResultsWanted, SearchResult } from '#api';
import type { DocumentFormat } from '#formats/list';
import type { Colour, ReadingStatus } from '#model';
import type { DocumentText } from '../formats/document-text';

/** A note as search sees it. */
export interface SearchNote {
  id: string;
  /** None for a bookmark. */
  colour: Colour | undefined;
  quote: string;
  /** Without the signs of Markdown. */
  body: string;
  tags: string[];
  /** ISO moments. */
  createdAt: string;
  modifiedAt: string;
}

/** A document as search sees it, without its text. */
export interface SearchDocument {
  id: string;
  title: string;
  /** The folder that its file is in, from the library folder on; that one's name first. Parts by slashes. */
  folder: string;
  /** ISO `YYYY-MM-DD`; what `before:` and `after:` compare. */
  date?: string;
  author?: string;
  format: DocumentFormat;
  isFavourite: boolean;
  /** It is in the reading list. */
  isLater: boolean;
  /** The names of those that it is in. */
  collections: string[];
  status: ReadingStatus;
  /** Its file is gone. */
  isMissing: boolean;
  /** It has notes whose passages were not found. */
  hasUnplaced: boolean;
  /** ISO moment. */
  addedAt: string;
  /** Names what its file holds and how that is read; absent when it has no text that can be read. */
  content?: string;
  tags: string[];
  notes: SearchNote[];
}

export type SearchRequest =
  /** Opens the index; answered by `opened`. Comes first. */
  | { type: 'open'; file: string }
  /** Documents that are new or changed, each with what tells this state of it from another, and ids that are no more. Answered by `taken`. */
  | { type: 'documents'; changed: { document: SearchDocument; version: string }[]; removed: string[] }
  /** A text that was read. Answered by `text-taken`. */
  | { type: 'text'; content: string; text: DocumentText }
  /** Asks which documents' texts are not there; what belongs to no document is let go. Answered by `missing`. */
  | { type: 'tidy' }
  /** Ends the thread, once what was written is on the disk. */
  | { type: 'close' }
  /** Answered by `result`, or by `cancelled` when the same client's next one came. */
  | { type: 'search'; id: number; client: string; query: string; limit: number; wanted: ResultsWanted };

export type SearchReply =
  /** The index is open, anew where it was damaged, and takes what it is told; `versions` says of which state it has each document. */
  | { type: 'opened'; versions: ReadonlyMap<string, string> }
  /**
   * The index cannot be written for now: of `versions`, what it has, nothing changes until `opened` comes when it is tried again. Documents that are no
   * more are taken note of all the same.
   */
  | { type: 'paused'; versions: ReadonlyMap<string, string> }
  /** `movedContents`: some documents came, went or have another content, so that texts may be missing or belong to none. */
  | { type: 'taken'; movedContents: boolean }
  | { type: 'text-taken' }
  | { type: 'missing'; ids: string[] }
  | { type: 'result'; id: number; client: string; result: SearchResult }
  | { type: 'cancelled'; id: number; client: string }
  | { type: 'failed'; id: number; client: string; message: string }
  | { type: 'warning'; message: string };
