import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ok, type Result } from '#api';
import { documentIdSchema, type Notebook, notebookSchema } from '#model';
import { ignoreMissing } from '../../storage/errno';
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

export function openJournal(file: string): Journal {
  let handle: FileHandle | undefined;
  return {
    async add(entry) {
      try {
        handle ??= await open(file, 'a', 0o600);
        await handle.appendFile(`${JSON.stringify(entry)}\n`);
        await handle.datasync();
        return ok(null);
      } catch (error) {
        return writeFailure(error, path.dirname(file));
      }
    },
    async read() {
      const text = await readFile(file, 'utf8').catch(ignoreMissing);
      if (typeof text !== 'string') return [];
      // A line that was cut off was not begun.
      return text.split('\n').flatMap((line) => readEntry(line) ?? []);
    },
    async end() {
      await handle?.close();
      handle = undefined;
      await rm(file, { force: true });
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
