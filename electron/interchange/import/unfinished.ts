import { z } from 'zod';
import { ok, type Result } from '#api';
import { documentIdSchema, type Notebook, notebookSchema } from '#model';
import { openIntentLines } from '../../storage/intent-lines';

const changeSchema = z.object({ id: documentIdSchema, before: notebookSchema.optional(), after: notebookSchema });

/** What an import was about to make of a notebook (`before` is absent where there was none). */
export interface UnfinishedChange {
  id: string;
  before: Notebook | undefined;
  after: Notebook;
}

/**
 * What an import is about to do, a line for each notebook, on the disk before it is done: so that one that was cut off by the end of Lectern
 * is taken back at the next start. There is no file while none goes on.
 */
export interface UnfinishedImport {
  /** Resolves when it is on the disk. */
  add(change: UnfinishedChange): Promise<Result<null>>;
  /** What was begun and not ended, the last first, one at a time in memory. Throws the system's error. */
  changes(): AsyncIterable<UnfinishedChange>;
  /** All of it is done, or taken back. */
  end(): Promise<void>;
  /** Lets go of the file, and keeps it. */
  close(): Promise<void>;
}

/**
 * The unfinished import in a file of LOCAL. Where LOCAL cannot be used, the log says so, and imports go on without: only a full disk ends
 * them.
 */
export function openUnfinishedImport(file: string, log: { warn(message: string, cause?: unknown): void }): UnfinishedImport {
  const lines = openIntentLines(file);
  return {
    async add(change) {
      const added = await lines.add([change]);
      if (added.ok || added.failure.code === 'disk-full') return added;
      log.warn(`${file} could not be written: an import that is cut off would not be taken back`, added.failure.message);
      return ok(null);
    },
    async *changes() {
      for await (const line of lines.fromEnd()) {
        const { data } = changeSchema.safeParse(line);
        if (data) yield { id: data.id, before: data.before, after: data.after };
      }
    },
    close: lines.close,
    async end() {
      await lines.remove().catch((error: unknown) => log.warn(`${file} could not be removed`, error));
    },
  };
}
