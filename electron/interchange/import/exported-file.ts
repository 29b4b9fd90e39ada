import type { Pause } from '../../pacing';
import type { Collector } from './collect';

/** A file that is imported, decoded. */
export interface ExportedFile {
  /** With the folders that it was found in, separated by `/`. */
  name: string;
  text: string;
  /** When it was last changed, as an ISO 8601 moment. */
  modified: string;
}

/** Reads one format of our exports, giving way between two notes. Never throws for what is in the file: that is told to the collector. */
export type ReadExport = (file: ExportedFile, collector: Collector, pause: Pause) => Promise<void>;
