import type { DocumentLine, Failure } from '#api';
import type { DocumentFormat } from '#formats/list';
import type { Anchor, ComparedParagraph, DocumentMetadata, Locator, Placement, Sketch } from '#model';
import type { DocumentText } from '../../formats/document-text';
import type { EmbeddedFile } from '../../formats/format';

/** A document's file, and how it is read. */
export interface FileToRead {
  /** Absolute. */
  path: string;
  /** The library folder that it lies in, absolute: a link out of it is not followed. */
  folder: string;
  /** What it is called, without folders, where that is not its name on the disk. */
  fileName?: string;
  format: DocumentFormat;
  /** The encoding that the reader chose, a WHATWG label. */
  encoding?: string;
  /** Of a document that is protected by one. Nothing of what is read with it is kept. */
  password?: string;
  /** The SHA-256 of the content that the page was told of; what holds another one is not read. */
  rawHash?: string;
}

/** What the list shows of a file's content, and its text for the index. */
export interface ListedFacts {
  metadata: DocumentMetadata;
  titles: readonly [string, ...string[]];
  words: number;
  text: DocumentText;
  sketch: Sketch;
}

/** What an anchor marks of its text. */
export type MarkedRange = Pick<Anchor, 'start' | 'end' | 'area'>;

/** A kept text that anchors were made on, with their passages in it. */
export interface EarlierText {
  text: string;
  ranges: readonly MarkedRange[];
  /** Only passages of which nothing changed but white space are carried over. */
  isUncertain: boolean;
}

/** Anchors that were made on one earlier text, and that text where it was kept. */
export interface EarlierAnchors {
  text?: string;
  anchors: readonly Anchor[];
}

/** What the reading thread is asked; `id` names one reading. */
export type ReadingRequest =
  /** `isQuiet`: only the end is answered. */
  | { type: 'read'; id: number; file: FileToRead; isQuiet?: boolean }
  /** Asks what a file says of itself. */
  | { type: 'inspect'; id: number; file: FileToRead }
  /** Asks for a font or sound in a document, by where it lies there, or without a path for the picture on its cover. */
  | { type: 'embedded'; id: number; file: FileToRead; at?: string }
  /** Asks for the sketch of a text. */
  | { type: 'sketch'; id: number; text: string }
  /** Another chunk may be sent. */
  | { type: 'more'; id: number }
  /** Asks where passages of earlier texts are in the text that was read. Only after `end`. */
  | { type: 'carry-over'; id: number; earlier: readonly EarlierText[] }
  /** Asks where anchors of earlier texts are in the text that was read, of which something may have changed. Only after `end`. */
  | { type: 'place'; id: number; earlier: readonly EarlierAnchors[] }
  /** Asks in which chapters and on which pages passages of the text that was read are. Only after `end`. */
  | { type: 'locate'; id: number; ranges: readonly MarkedRange[] }
  /** Asks how an earlier text and the one that was read differ, paragraph by paragraph. Only after `end`. */
  | { type: 'compare'; id: number; earlier: string }
  /** The reading is not needed any more, whether or not it has come to its end. */
  | { type: 'close'; id: number };

/** What is asked of a text that was read as a whole. */
export const questions: ReadonlySet<ReadingRequest['type']> = new Set(['carry-over', 'place', 'locate', 'compare']);

export type ReadingReply =
  /** Whole lines of the stream. */
  | { type: 'lines'; id: number; lines: Uint8Array }
  /** The last line, and what it says. */
  | { type: 'end'; id: number; lines: Uint8Array; textHash: string }
  | { type: 'inspected'; id: number; facts: ListedFacts }
  | { type: 'sketched'; id: number; sketch: Sketch }
  | { type: 'embedded'; id: number; found: EmbeddedFile | undefined }
  | { type: 'failed'; id: number; failure: Failure }
  | { type: 'carried-over'; id: number; carried: CarriedOver }
  /** For each passage; `null` where nothing tells. */
  | { type: 'located'; id: number; locators: (Locator | null)[] }
  /** `text`: the one that was read. */
  | { type: 'compared'; id: number; text: string; rows: ComparedParagraph[] }
  /** For each earlier text the placements of its anchors. */
  | { type: 'placed'; id: number; placements: Placement[][] };

/** What a thread says of itself: something for the log, or only that it gets on; `silentFor`: how long (ms) it may say nothing from then on. */
export type ThreadNotice = { type: 'warning'; message: string } | { type: 'alive'; silentFor?: number };

/** What became of passages of earlier texts. */
export interface CarriedOver {
  /** The text that was read. */
  text: string;
  /** For each earlier text the anchors of its passages in this one; `null` where a passage could not be carried over. */
  anchors: (Anchor | null)[][];
}

/** Chunks that are sent without being asked for more. */
export const SENT_AHEAD = 3;

/** One line of the stream. JSON writes half a surrogate pair as an escape, so that UTF-8 can carry it. */
export const lineOf = (line: DocumentLine): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`${JSON.stringify(line)}\n`);
