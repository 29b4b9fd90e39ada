import { hash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';
import { Zip, type ZipInputFile } from 'fflate';
import { systemCode } from './failures';

const deflate = promisify(deflateRaw);

/** Bytes collected before they are written. */
const LARGEST_WRITE = 1_000_000;

/**
 * Packs files into a new zip and makes it durable; the packing itself happens off the main thread. Returns the SHA-256
 * of each file by its name. A file that is gone by now is left out. Throws the system's error, or the signal's reason.
 */
export async function writeZip(
  target: string,
  files: readonly { name: string; path: string }[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  let ready: Uint8Array[] = [];
  let size = 0;
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
    size += chunk.length;
  });
  const handle = await open(target, 'wx');
  const drain = async () => {
    const bytes = Buffer.concat(ready);
    ready = [];
    size = 0;
    await handle.writeFile(bytes);
  };
  try {
    for (const { name, path } of files) {
      signal.throwIfAborted();
      const file = await readIfThere(path);
      if (!file) continue;
      await addFile(zip, name, file);
      digests.set(name, hash('sha256', file.bytes, 'hex'));
      if (size > LARGEST_WRITE) await drain();
    }
    zip.end();
    await drain();
    await handle.sync();
  } finally {
    await handle.close();
  }
  return digests;
}

/** Adds a whole file; what is packed already (`.gz`) is stored as it is. */
async function addFile(zip: Zip, filename: string, { bytes, mtime }: { bytes: Buffer<ArrayBuffer>; mtime: Date }): Promise<void> {
  const isPacked = filename.endsWith('.gz');
  const packed = isPacked ? bytes : await deflate(bytes);
  const entry: ZipInputFile = { filename, mtime, size: bytes.length, crc: crc32(bytes), compression: isPacked ? 0 : 8 };
  zip.add(entry);
  // `add` has given the entry the function that takes its data.
  entry.ondata?.(null, packed, true);
}

async function readIfThere(path: string): Promise<{ bytes: Buffer<ArrayBuffer>; mtime: Date } | undefined> {
  try {
    const [bytes, { mtime }] = await Promise.all([readFile(path), stat(path)]);
    return { bytes, mtime };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
