import type { DocumentPart } from '#model';
import type { DocumentFormat } from './list';

/** A document's file, as its format's reader gets it. */
export interface DocumentBytes {
  /** Bytes */
  readonly size: number;
  /** Without folders: a title of last resort. */
  readonly fileName: string;
  /** The bytes from `start` to `end`, the latter not included; fewer where the file ends before. Throws what the file system throws. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** A document's file, or what is in memory in place of one, that is open until it is closed. */
export interface OpenBytes extends Pick<DocumentBytes, 'size' | 'read'> {
  close(): Promise<void>;
}

export interface ReadContext {
  /** The encoding that the reader chose, a WHATWG label. */
  encoding?: string;
  /** Of a document that is protected by one. Without it, or with a wrong one, such a document is unreadable (`document-locked`). */
  password?: string;
  signal: AbortSignal;
}

/** A picture, font or sound, as a window shows or plays it. */
export interface EmbeddedFile {
  /** Of a picture one of those that may be embedded (`allowedEmbeddedImages`). */
  mediaType: string;
  bytes: Uint8Array;
}

/** How a kind of document is read: pure, without page or files, on any thread. */
export interface Format {
  readonly id: DocumentFormat;
  /**
   * A head, sections in order, an end. Rejects with `UnreadableDocument` for what is no such document, with the signal's
   * reason when that is aborted, with anything else only on a bug.
   */
  read(source: DocumentBytes, context: ReadContext): AsyncIterable<DocumentPart>;
  /** The picture on its cover, where documents of the kind may have one (`metadata.hasCover`). Rejects as `read` does. */
  cover?(source: DocumentBytes, context: ReadContext): Promise<EmbeddedFile | undefined>;
  /** The picture, font or sound that lies at `path` in a document (`addressWithin`, `OwnFont`); `undefined` where there is none. Rejects as `read` does. */
  embedded?(source: DocumentBytes, path: string, context: ReadContext): Promise<EmbeddedFile | undefined>;
}

/** A file that was read already, as a format's reader gets it. */
export const documentBytes = (bytes: Uint8Array, fileName: string): DocumentBytes => ({
  size: bytes.length,
  fileName,
  read: async (start, end) => bytes.subarray(start, end),
});
