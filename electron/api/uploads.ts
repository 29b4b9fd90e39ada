import { z } from 'zod';
import { notesImportSchema } from './import';
import { importOutcomeSchema } from './library';
import { restorePlanSchema } from './restore';
import { resultSchema } from './result';

/** Calls that hand over one file as it is: a stream of its bytes, and its name beside them. Each with the schema of its result. */
export const uploads = {
  /** Copies a document into the library's own folder; never overwrites. */
  'library.import': importOutcomeSchema,
  /** What restoring from a zip would do that does not lie among the backups. */
  'restore.plan-zip': resultSchema(restorePlanSchema),
  /** What importing notes out of files would do: a list of them, and their bytes (`importedFilesSchema`). A newer plan takes the place of an earlier one. */
  'import.plan': resultSchema(notesImportSchema),
} as const;

export type UploadName = keyof typeof uploads;
export type UploadResult<U extends UploadName> = z.output<(typeof uploads)[U]>;

/** The name that a file comes under: its own, or a path of the machine that it comes from. */
export const uploadedNameSchema = z.string().min(1).max(1000);

/** A file that is being handed over, as the host has it. Its bytes come once, and as fast as they are taken. */
export interface UploadedFile {
  name: string;
  /** Bytes, where that is known beforehand. */
  size?: number;
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** One function for each upload. It may end before it has taken all bytes; it throws what `chunks` throws. */
export type UploadHandlers = { [U in UploadName]: (file: UploadedFile) => Promise<UploadResult<U>> };
