import { hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file to be packed. */
export interface ZipInput {
  name: string;
  bytes: Buffer;
  mtime?: Date;
}

type Inputs = Iterable<ZipInput> | AsyncIterable<ZipInput>;

/**
 * Packs files into a new zip and makes it durable; the packing itself happens off the main thread, one file after the other.
 * Returns the SHA-256 of each file by its name. Throws the system's error, or the signal's reason.
 */
export async function writeZip(target: string, files: Inputs, signal: AbortSignal): Promise<Map<string, string>> {
  const handle = await open(target, 'wx');
  try {
    const digests = await pack(handle, files, signal);
    await handle.sync();
    return digests;
  } finally {
    await handle.close();
  }
}

async function pack(handle: FileHandle, files: Inputs, signal: AbortSignal): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  const zip = new ZipFile();
  const ended = new AbortController();
  const failed = new Promise<never>((_, reject) => zip.on('error', reject));
  const writing = pipeline(zip.outputStream, (chunks: AsyncIterable<string | Buffer>) => writeAll(handle, chunks), {
    signal: AbortSignal.any([signal, ended.signal]),
  });
  const written = Promise.race([failed, writing]);
  // Awaited below, but perhaps not at the moment when it fails.
  written.catch(() => undefined);
  try {
    for await (const file of files) {
      signal.throwIfAborted();
      digests.set(file.name, hash('sha256', file.bytes, 'hex'));
      await Promise.race([addFile(zip, file), written]);
    }
    zip.end();
    await written;
    return digests;
  } catch (error) {
    ended.abort();
    // The handle is not to be closed beneath it.
    await writing.catch(() => undefined);
    throw signal.aborted ? signal.reason : error;
  }
}

async function writeAll(handle: FileHandle, chunks: AsyncIterable<string | Buffer>): Promise<void> {
  for await (const chunk of chunks) await handle.writeFile(chunk);
}

/** Adds a whole file; resolves when those before it are packed, so that few are in memory. What is packed already (`.gz`) is stored as it is. */
const addFile = (zip: ZipFile, { name, bytes, mtime }: ZipInput): Promise<void> =>
  new Promise((resolve) => {
    const options = { mtime, size: bytes.length, compress: !name.endsWith('.gz') };
    withoutPool(() => zip.addReadStreamLazy(name, options, giveOnce(bytes, resolve)));
  });

/** The zip keeps each name to its end, and would keep with it what was allocated around it. */
function withoutPool(act: () => void): void {
  const { poolSize } = Buffer;
  Buffer.poolSize = 0;
  try {
    act();
  } finally {
    Buffer.poolSize = poolSize;
  }
}

/** Gives the bytes and lets go of them: the zip keeps the function to its end, and would keep all files with it. */
function giveOnce(bytes: Buffer, onGiven: () => void) {
  let content = [bytes];
  return (give: (error: unknown, stream: NodeJS.ReadableStream) => void): void => {
    give(null, Readable.from(content));
    content = [];
    onGiven();
  };
}
