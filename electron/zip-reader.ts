import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';

const inflate = promisify(inflateRaw);

/** Reads single files of a zip by its central directory (APPNOTE.TXT 4.3), without taking the whole of it into memory. */
export interface ZipReader {
  names(): string[];
  /** How many bytes the file has unpacked; `undefined` when there is none of that name. */
  size(name: string): number | undefined;
  /** The file's bytes, checked against the zip's checksum; `undefined` when there is none of that name. Throws when it is damaged. */
  read(name: string): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

/** What a zip may hold at most, so that one that is damaged or made to do harm takes neither memory nor time. */
export interface ZipLimits {
  entries: number;
  /** Of one file, packed and unpacked. */
  entryBytes: number;
  /** Of all files, unpacked. */
  totalBytes: number;
  /** How many times its packed size a file may have unpacked, once it is larger than `FREE_OF_RATIO`. */
  ratio: number;
}

/** A zip holds more than is allowed. The message says what, as part of a sentence for the reader: "it has more than 5 files". */
export class ZipLimitError extends Error {
  override name = 'ZipLimitError';
}

/** Of Lectern's own zips: a notebook that says the same word a million times packs well, and is a notebook all the same. */
export const ownLimits: ZipLimits = { entries: 250_000, entryBytes: 512 * 1_048_576, totalBytes: 16 * 1_073_741_824, ratio: Infinity };

/** Of a zip that may come from anybody. */
export const foreignLimits: ZipLimits = { entries: 70_000, entryBytes: 64 * 1_048_576, totalBytes: 1_073_741_824, ratio: 200 };

/** Bytes up to which no ratio is too much. */
const FREE_OF_RATIO = 4 * 1_048_576;

/** Bytes that are read at once: of the directory, which has two small records for each file, and of what stands before a file. */
const DIRECTORY_AHEAD = 262_144;
const HEADER_AHEAD = 512;

/** The general purpose bit that says how a name is encoded. */
const UTF_8 = 0x800;

/** The records that may follow the directory: its end, and that of a zip with 64-bit sizes. */
const ENDS: readonly number[] = [0x06054b50, 0x06064b50];

/** Where the bytes of a zip are read from. */
export interface ZipSource {
  /** Bytes */
  readonly size: number;
  /** The bytes from `start` to `end`, the latter not included. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** Opens a zip, a file, its bytes or what reads them; throws when it has no readable directory, and a `ZipLimitError` when it has more than `limits` allow. */
export async function openZip(source: string | Uint8Array | ZipSource, limits = ownLimits): Promise<ZipReader> {
  const bytes = typeof source === 'string' ? await openFile(source) : source instanceof Uint8Array ? bytesOf(source) : bytesFrom(source);
  try {
    const slices = new Slices(bytes);
    const zip = await fromRandomAccessReaderPromise(slices, bytes.size, { autoClose: false });
    const entries = await readDirectory(zip, slices, limits);
    slices.ahead = HEADER_AHEAD;
    return {
      names: () => [...entries.keys()],
      size: (name) => entries.get(name)?.uncompressedSize,
      async read(name) {
        const entry = entries.get(name);
        return entry && readEntry(zip, slices, entry);
      },
      close: bytes.close,
    };
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

async function readDirectory(zip: ZipFile, slices: Slices, limits: ZipLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) throw new ZipLimitError(`it has more than ${limits.entries} files`);
  const entries = new Map<string, Entry>();
  let total = 0;
  let packed = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName, compressedSize, uncompressedSize } = entry;
    if (fileName.endsWith('/')) continue;
    if (entries.has(fileName)) throw new Error(`The zip has two files of the name ${fileName}`);
    if (Math.max(compressedSize, uncompressedSize) > limits.entryBytes)
      throw new ZipLimitError(`“${fileName}” in it is larger than ${limits.entryBytes / 1_048_576} MB`);
    if (uncompressedSize > FREE_OF_RATIO && uncompressedSize > compressedSize * limits.ratio) {
      throw new ZipLimitError(`“${fileName}” in it is more than ${limits.ratio} times as large as it is packed`);
    }
    total += uncompressedSize;
    packed += compressedSize;
    if (total > limits.totalBytes) throw new ZipLimitError(`it is larger than ${limits.totalBytes / 1_048_576} MB when it is unpacked`);
    entries.set(fileName, entry);
  }
  // Also of all together: many small files that pack well fill the memory like a large one.
  if (total > FREE_OF_RATIO && total > packed * limits.ratio)
    throw new ZipLimitError(`it is more than ${limits.ratio} times as large when it is unpacked`);
  // yauzl reads as many records as the end says there are. Its cursor is a number; the declaration has it wrong.
  const after = await slices.slice(Number(zip.readEntryCursor), 4);
  if (!ENDS.includes(after.readUInt32LE(0))) throw new Error('The directory of the zip does not end where it says');
  return entries;
}

/** Reads, unpacks and checks one file. Not by yauzl's stream: this takes no more memory than the file says it has, and a check more. */
async function readEntry(zip: ZipFile, slices: Slices, entry: Entry): Promise<Buffer> {
  const { fileName, fileNameRaw, compressionMethod, compressedSize, uncompressedSize } = entry;
  if (!entry.canDecodeFileData()) throw new Error(`${fileName} in the zip is packed in a way that is not supported`);
  const header = await zip.readLocalFileHeaderPromise(entry);
  const isSameName =
    header.fileName.equals(fileNameRaw) && (header.generalPurposeBitFlag & UTF_8) === (entry.generalPurposeBitFlag & UTF_8);
  if (!isSameName) throw new Error(`${fileName} in the zip is called something else where it begins`);
  const packed = await slices.slice(header.fileDataStart, compressedSize);
  const bytes = compressionMethod === 0 ? packed : await inflate(packed, { maxOutputLength: Math.max(1, uncompressedSize) });
  if (bytes.length !== uncompressedSize || crc32(bytes) !== entry.crc32) throw new Error(`${fileName} in the zip is damaged`);
  return bytes;
}

interface RandomBytes {
  size: number;
  /** Fills `buffer`; how many bytes there were. */
  read(buffer: Buffer, position: number): Promise<number>;
  close(): Promise<void>;
}

async function openFile(file: string): Promise<RandomBytes> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    return { size, read: (buffer, position) => fill(handle, buffer, position), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function fill(handle: FileHandle, buffer: Buffer, position: number): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

const bytesOf = (source: Uint8Array): RandomBytes => ({
  size: source.length,
  read: async (buffer, position) => Buffer.from(source.buffer, source.byteOffset, source.length).copy(buffer, 0, position),
  close: async () => undefined,
});

const bytesFrom = ({ size, read }: ZipSource): RandomBytes => ({
  size,
  read: async (buffer, position) => {
    const bytes = await read(position, position + buffer.length);
    buffer.set(bytes);
    return bytes.length;
  },
  close: async () => undefined,
});

/** What yauzl reads from. Nothing beyond the file is ever asked of the system: it aborts the process at some numbers. */
class Slices extends RandomAccessReader {
  /** Bytes that are read at once. */
  ahead = DIRECTORY_AHEAD;
  readonly #bytes: RandomBytes;
  #ahead: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };

  constructor(bytes: RandomBytes) {
    super();
    this.#bytes = bytes;
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    const { start, bytes } = this.#ahead;
    if (position >= start && position + length <= start + bytes.length) {
      bytes.copy(buffer, offset, position - start, position - start + length);
      callback(null);
      return;
    }
    this.#readAhead(position, length).then(
      (ahead) => {
        ahead.copy(buffer, offset, 0, length);
        callback(null);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    );
  }

  /** A part of the file. Throws when it is not within the file. */
  async slice(position: number, length: number): Promise<Buffer> {
    if (!Number.isSafeInteger(position) || position < 0 || position + length > this.#bytes.size) throw new Error('The zip ends too early');
    const buffer = Buffer.alloc(length);
    if ((await this.#bytes.read(buffer, position)) < length) throw new Error('The zip ends too early');
    return buffer;
  }

  async #readAhead(position: number, length: number): Promise<Buffer> {
    const most = Math.min(this.ahead, this.#bytes.size - position);
    const bytes = await this.slice(position, Math.max(length, most));
    this.#ahead = { start: position, bytes };
    return bytes;
  }
}
