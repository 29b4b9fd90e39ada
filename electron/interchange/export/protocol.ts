import type { ColourNames, ExportRequest, Failure } from '#api';
import type { WholeNote } from '#model';
import type { FilePart } from '../facts';
import type { DocumentHead } from '../selection';

/** How the files of an export are given: each by itself, all in one (of several, a zip), or as one text. */
export type Packing = 'files' | 'file' | 'text';

/** What a thread is to render. */
export interface ExportWork extends Pick<ExportRequest, 'format' | 'spreadsheetSafe' | 'linkBase' | 'author'> {
  packing: Packing;
  /** How many files there are. */
  partCount: number;
  /** UTF-16 code units after which each file may end: for a preview. */
  limit?: number;
  colourNames: ColourNames;
  /** Where the texts are that notes were made on, absolute. */
  textsFolder: string;
  /** Of copies: the files of their documents by id, absolute. */
  originals?: Readonly<Record<string, string>>;
}

/** What one file holds: the documents `from` to `to` (exclusive) of the export. */
export interface PartRange extends FilePart {
  from: number;
  to: number;
}

/** A place among the notes of an export: both count from 0. */
export interface Place {
  document: number;
  note: number;
}

/** A document, or some of its notes. */
export interface Portion {
  head: DocumentHead;
  notes: readonly WholeNote[];
  /** The next portion has more notes of the same document. */
  goesOn: boolean;
}

/** Few enough notes that handing them over is the work of a moment. */
export interface Batch {
  portions: Portion[];
  /** Where the next batch begins; absent at the end. */
  next?: Place;
}

/** What the host tells an export's thread. */
export type ExportRequestMessage =
  | { type: 'render'; work: ExportWork }
  | { type: 'part'; part: PartRange }
  | { type: 'batch'; batch: Batch }
  /** Another chunk may be sent. */
  | { type: 'more' };

/** What the thread tells; it ends after `end`. */
export type ExportReply =
  /** Asks what the file `index` holds. */
  | { type: 'ask-part'; index: number }
  /** Asks for documents from `place` on and before `to`, with their notes or without. */
  | { type: 'ask-batch'; place: Place; to: number; withNotes: boolean }
  /** The bytes that follow are of a file of this name. */
  | { type: 'file'; name: string }
  | { type: 'bytes'; bytes: Uint8Array<ArrayBuffer> }
  | { type: 'warning'; message: string }
  /** What is asked for cannot be made; the thread ends. */
  | { type: 'refused'; failure: Failure }
  | { type: 'end' };

/** Chunks that are sent without being asked for more. */
export const SENT_AHEAD = 4;
