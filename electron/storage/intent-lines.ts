import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result } from '#api';
import { ignoreMissing, systemCode } from './errno';
import { writeFailure } from './failures';
import { syncFolder } from './guarded-write';

/**
 * What is about to be done, in lines of JSON on the disk before it is done, so that what the end of Lectern cuts off can be taken back. There
 * is no file before the first line.
 */
export interface IntentLines {
  /** Resolves when the lines are on the disk. */
  add(lines: readonly unknown[]): Promise<Result<null>>;
  /** All whole lines, the last first, one at a time in memory. Throws the system's error. */
  fromEnd(): AsyncIterable<unknown>;
  /** Lets go of the file; the next line opens it again. */
  close(): Promise<void>;
  /** Takes it all away. Throws the system's error. */
  remove(): Promise<void>;
}

const NEW_LINE = 10;

/** Bytes that are looked through at once for ends of lines. */
const CHUNK = 65_536;

export function openIntentLines(file: string): IntentLines {
  let handle: FileHandle | undefined;
  const close = async () => {
    await handle?.close();
    handle = undefined;
  };
  return {
    async add(lines) {
      try {
        handle ??= await open(file, 'a+', 0o600);
        const { size } = await handle.stat();
        // A line that was cut off takes no other along.
        const start = (await isCutOff(handle, size)) ? '\n' : '';
        await handle.appendFile(start + lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
        await handle.datasync();
        if (size === 0) await syncFolder(path.dirname(file));
        return ok(null);
      } catch (error) {
        return writeFailure(error, path.dirname(file));
      }
    },
    async *fromEnd() {
      let reading: FileHandle;
      try {
        reading = await open(file);
      } catch (error) {
        if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return;
        throw error;
      }
      try {
        for await (const line of linesFromEnd(reading)) {
          const parsed = parse(line);
          // What was not written whole was not begun.
          if (parsed !== undefined) yield parsed;
        }
      } finally {
        await reading.close();
      }
    },
    close,
    async remove() {
      await close();
      await rm(file, { force: true });
      await syncFolder(path.dirname(file)).catch(ignoreMissing);
    },
  };
}

async function isCutOff(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== NEW_LINE;
}

/** Lines of a file from its last to its first. A line may be large, and there are thousands: no two are held at once. */
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

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
