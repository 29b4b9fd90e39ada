import type { ColourNames, Failure } from '#api';
import type { Note, WholeNote } from '#model';
import type { CopiedFiles } from './export/copies';
import type { CodePointRange } from './export/positions';
import type { FilePart } from './facts';
import type { DocumentHead } from './selection';

/** One way to write notes as a file, piece by piece: nothing is made before it is asked for. */
export type WriteFormat = (content: FileContent, context: WriteContext) => AsyncGenerator<string | Uint8Array<ArrayBuffer>>;

/** What goes into one file. Its documents are read anew by each loop over them, in the same order. */
export interface FileContent extends FilePart {
  /** What is known of each document, without its notes. */
  heads(): AsyncIterable<DocumentHead>;
  documents(): AsyncIterable<DocumentContent>;
}

/** A document with its notes in reading order, some at a time. They are taken before the next document is. */
export interface DocumentContent extends DocumentHead {
  notes: AsyncIterable<readonly WholeNote[]>;
}

export interface WriteContext {
  /** Where records of notes stand in Unicode code points, by the ids of their records; without those that are not known. */
  positionsOf(notes: readonly Note[]): Promise<ReadonlyMap<string, CodePointRange>>;
  /** What the reader means by the colours. */
  colourNames: ColourNames;
  /** Cells are to be text for spreadsheets too. */
  spreadsheetSafe: boolean;
  /** What stands before a place in the address of a note. */
  linkBase: string;
  /** What copies are made of. */
  copied: CopiedFiles;
}

/** What is asked for cannot be made, for a reason that the reader is told. */
export class ExportRefused extends Error {
  override name = 'ExportRefused';
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.failure = failure;
  }
}
