import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ok, type Result } from '#api';
import { documentIdSchema, type Notebook, notebookSchema } from '#model';
import { systemCode } from '../../storage/errno';
import { writeFailure } from '../../storage/failures';

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
}

const NEW_LINE = 10;

/** Bytes that are looked through at once for ends of lines. */
const CHUNK = 65_536;

/**
 * The unfinished import in a file of LOCAL. Where LOCAL cannot be used, the log says so, and imports go on without: only a full disk ends
 * them.
 */
export function openUnfinishedImport(file: string, log: { warn(message: string, cause?: unknown): void }): UnfinishedImport {
  let handle: FileHandle | undefined;
  return {
    async add(change) {
      try {
        handle ??= await open(file, 'a+', 0o600);
        // A line that was cut off takes no other along.
        const start = (await isCutOff(handle)) ? '\n' : '';
        await handle.appendFile(`${start}${JSON.stringify(change)}\n`);
        await handle.datasync();
        return ok(null);
      } catch (error) {
        const written = writeFailure(error, path.dirname(file));
        if (written.failure.code === 'disk-full') return written;
        log.warn(`${file} could not be written: an import that is cut off would not be taken back`, error);
        return ok(null);
      }
    },
    async *changes() {
      let reading: FileHandle;
      try {
        reading = await open(file);
      } catch (error) {
        if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return;
        throw error;
      }
      try {
        for await (const line of linesFromEnd(reading)) {
          // What was not written whole was not begun.
          const change = readChange(line);
          if (change) yield change;
        }
      } finally {
        await reading.close();
      }
    },
    async end() {
      await handle?.close();
      handle = undefined;
      await rm(file, { force: true }).catch((error: unknown) => log.warn(`${file} could not be removed`, error));
    },
  };
}

async function isCutOff(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== NEW_LINE;
}

/** Lines of a file from its last to its first. A notebook may be large, and an import has thousands: no two are held at once. */
async function* linesFromEnd(handle: FileHandle): AsyncGenerator<string> {
  const { size } = await handle.stat();
  const starts = [0];
  const chunk = Buffer.alloc(CHUNK);
  for (let at = 0; at < size; ) {
    const { bytesRead } = await handle.read(chunk, 0, CHUNK, at);
    if (bytesRead === 0) break;
    const read = chunk.subarray(0, bytesRead);
    for (let index = read.indexOf(NEW_LINE); index !== -1; index = read.indexOf(NEW_LINE, index + 1)) starts.push(at + index + 1);
    at += bytesRead;
  }
  let end = size;
  for (const start of starts.reverse()) {
    const line = Buffer.alloc(end - start);
    const { bytesRead } = await handle.read(line, 0, line.length, start);
    end = start;
    if (line.length > 0) yield line.subarray(0, bytesRead).toString();
  }
}

function readChange(line: string): UnfinishedChange | undefined {
  try {
    const { id, before, after } = changeSchema.parse(JSON.parse(line));
    return { id, before, after };
  } catch {
    return undefined;
  }
}
