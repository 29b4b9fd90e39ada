import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type Failure, fail, type ImportOutcome, type UploadedFile } from '#api';
import type { Library } from '../library';

/** The file at an absolute path, to be handed over. Rejects with a system error where there is none. */
export async function fileAt(file: string): Promise<UploadedFile> {
  const stats = await stat(file);
  if (!stats.isFile()) throw Object.assign(new Error(`${file} is not a file`), { code: 'EISDIR' });
  return { name: path.basename(file), size: stats.size, chunks: read(file) };
}

/** Opens the file only when its bytes are asked for. */
async function* read(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file);
}

/** Copies a file that was opened from outside into the library. One that cannot be read is an outcome too. */
export async function importPath(library: Pick<Library, 'importFile'>, file: string): Promise<ImportOutcome> {
  try {
    return await library.importFile(await fileAt(file));
  } catch (error) {
    return { name: path.basename(file), failure: describeReadError(error, file) };
  }
}

function describeReadError(error: unknown, file: string): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === undefined) throw error;
  if (code === 'ENOENT') return fail('document-not-found', `There is no file ${file}.`).failure;
  if (code === 'EISDIR') {
    return fail('file-not-importable', `${file} is not a file. A folder is added by “Add library folder…” in the menu File.`).failure;
  }
  return fail('document-unreadable', `${file} could not be read (${String(code)}).`).failure;
}
