import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ok, type Result } from '#api';
import { documentIdSchema, type Notebook, notebookSchema } from '#model';
import { systemCode } from '../../storage/errno';
import { writeFailure } from '../../storage/failures';

const entrySchema = z.object({ id: documentIdSchema, before: notebookSchema.optional(), after: notebookSchema });

/** What an import was about to make of a notebook (`before` is absent where there was none). */
export interface JournalEntry {
  id: string;
  before: Notebook | undefined;
  after: Notebook;
}

/**
 * What an import is about to do, a line for each notebook, on the disk before it is done: so that one that was cut off by the end of Lectern
 * is taken back at the next start. There is no file while none goes on.
 */
export interface Journal {
  /** Resolves when it is on the disk. */
  add(entry: JournalEntry): Promise<Result<null>>;
  /** What was begun and not ended. */
  read(): Promise<JournalEntry[]>;
  /** All of it is done, or taken back. */
  end(): Promise<void>;
}

/** The journal in a file of LOCAL. Where LOCAL cannot be used, the log says so, and imports go on without: only a full disk ends them. */
export function openJournal(file: string, log: { warn(message: string, cause?: unknown): void }): Journal {
  let handle: FileHandle | undefined;
  return {
    async add(entry) {
      try {
        handle ??= await open(file, 'a', 0o600);
        await handle.appendFile(`${JSON.stringify(entry)}\n`);
        await handle.datasync();
        return ok(null);
      } catch (error) {
        const written = writeFailure(error, path.dirname(file));
        if (written.failure.code === 'disk-full') return written;
        log.warn(`${file} could not be written: an import that is cut off would not be taken back`, error);
        return ok(null);
      }
    },
    async read() {
      try {
        // A line that was cut off was not begun.
        return (await readFile(file, 'utf8')).split('\n').flatMap((line) => readEntry(line) ?? []);
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') log.warn(`${file} could not be read`, error);
        return [];
      }
    },
    async end() {
      await handle?.close();
      handle = undefined;
      await rm(file, { force: true }).catch((error: unknown) => log.warn(`${file} could not be removed`, error));
    },
  };
}

function readEntry(line: string): JournalEntry | undefined {
  try {
    const { id, before, after } = entrySchema.parse(JSON.parse(line));
    return { id, before, after };
  } catch {
    return undefined;
  }
}
