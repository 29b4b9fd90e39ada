import type { SearchResult } from '#api';
import type { DocumentFormat } from '#formats/list';
import type { Colour } from '#model';

/** A note as search sees it. */
export interface SearchNote {
  id: string;
  colour: Colour;
  quote: string;
  body: string;
  tags: string[];
}

/** A document as search sees it, without its text. */
export interface SearchDocument {
  id: string;
  title: string;
  /** Absolute; absent when the file is gone or cannot be read. */
  path?: string;
  format: DocumentFormat;
  encoding?: string;
  /** Bytes. */
  size: number;
  /** The text is read anew when this or `size` changes. */
  changedAt: string;
  /** ISO `YYYY-MM-DD`; what `before:` and `after:` compare. */
  date?: string;
  tags: string[];
  notes: SearchNote[];
}

/** What the worker is asked: to take over what changed since the last request, and to search. */
export interface SearchRequest {
  id: number;
  /** The window that asks. */
  origin: string;
  query: string;
  limit: number;
  changed: SearchDocument[];
  removed: string[];
}

export type SearchReply =
  | { type: 'result'; id: number; origin: string; result: SearchResult }
  | { type: 'cancelled'; id: number; origin: string }
  | { type: 'warning'; message: string };

/** The text of a document's file, as it is shown; throws when it cannot be read. */
export type ReadText = (document: { path: string; format: DocumentFormat; encoding?: string }) => Promise<string>;
