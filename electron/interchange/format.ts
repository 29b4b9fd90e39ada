import type { CodePointRange } from './export/positions';
import type { SelectedDocument, Selection } from './selection';

/** One way to write a selection of notes as a file. */
export interface ExportFileFormat {
  extension: string;
  mediaType: string;
  /** The file piece by piece, each made when it is asked for: a preview asks for no more than it shows. */
  write(selection: Selection, context: WriteContext): AsyncGenerator<string> | Generator<string>;
}

export interface WriteContext {
  /** Where a document's notes stand in Unicode code points, by note id; without those that are not known. */
  positionsOf(document: SelectedDocument): Promise<ReadonlyMap<string, CodePointRange>>;
  /** Cells are to be text for spreadsheets too. */
  spreadsheetSafe: boolean;
}
