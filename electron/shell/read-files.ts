import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Failure, fail, type ImportedFile, type ImportOutcome } from '../api';

/** Bytes; a larger file is no document. */
const largest = 256 * 1024 * 1024;

/** Reads files that were opened from outside. What cannot be read is an outcome already. */
export async function readOpenedFiles(paths: readonly string[]): Promise<{ files: ImportedFile[]; outcomes: ImportOutcome[] }> {
  const files: ImportedFile[] = [];
  const outcomes: ImportOutcome[] = [];
  for (const file of new Set(paths)) {
    const name = path.basename(file);
    try {
      const { size, isFile } = await stat(file).then((stats) => ({ size: stats.size, isFile: stats.isFile() }));
      if (!isFile) outcomes.push({ name, failure: notAFile(file) });
      else if (size > largest) outcomes.push({ name, failure: tooLarge(name) });
      else files.push({ name, bytes: new Uint8Array(await readFile(file)) });
    } catch (error) {
      outcomes.push({ name, failure: describeReadError(error, file) });
    }
  }
  return { files, outcomes };
}

const notAFile = (file: string): Failure =>
  fail('file-not-importable', `${file} is not a file. A folder is added by “Add library folder…” in the menu File.`).failure;

const tooLarge = (name: string): Failure => fail('document-too-large', `${name} is too large to be a document.`).failure;

function describeReadError(error: unknown, file: string): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === undefined) throw error;
  if (code === 'ENOENT') return fail('document-not-found', `There is no file ${file}.`).failure;
  return fail('document-unreadable', `${file} could not be read (${String(code)}).`).failure;
}
