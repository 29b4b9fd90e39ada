import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';

const inflate = promisify(inflateRaw);

/** A file in a zip, by the central directory. */
interface ZipEntry {
  name: string;
  /** 0: stored, 8: deflated. */
  method: number;
  crc: number;
  packedSize: number;
  /** Of the local header, in bytes from the start. */
  offset: number;
}

/** Reads single files of a zip by its central directory (APPNOTE.TXT 4.3), without taking the whole of it into memory. */
export interface ZipReader {
  names(): string[];
  /** The file's bytes, checked against the zip's checksum; `undefined` when there is none of that name. Throws when it is damaged. */
  read(name: string): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
/** The end record with the longest comment. */
const LONGEST_END = 22 + 0xffff;

/** Opens a zip; throws when it has no readable directory. */
export async function openZip(file: string): Promise<ZipReader> {
  const handle = await open(file, 'r');
  try {
    const entries = new Map((await readDirectory(handle)).map((entry) => [entry.name, entry]));
    return {
      names: () => [...entries.keys()],
      async read(name) {
        const entry = entries.get(name);
        return entry && readEntry(handle, entry);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function readDirectory(handle: FileHandle): Promise<ZipEntry[]> {
  const { size } = await handle.stat();
  const tail = await readAt(handle, Math.max(0, size - LONGEST_END), Math.min(size, LONGEST_END));
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || tail.length - end < 22 || tail.readUInt32LE(end) !== END) throw new Error('The zip has no end record');
  const directory = await readAt(handle, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < tail.readUInt16LE(end + 10); ) {
    if (directory.readUInt32LE(at) !== CENTRAL) throw new Error('The directory of the zip is damaged');
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packedSize: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function readEntry(handle: FileHandle, { name, method, crc, packedSize, offset }: ZipEntry): Promise<Buffer> {
  const header = await readAt(handle, offset, 30);
  const start = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = await readAt(handle, start, packedSize);
  const bytes = method === 0 ? packed : await inflate(packed);
  if (crc32(bytes) !== crc) throw new Error(`${name} in the zip is damaged`);
  return bytes;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) throw new Error('The zip ends too early');
    filled += bytesRead;
  }
  return buffer;
}
