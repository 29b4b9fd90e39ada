import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Pause } from '../pacing';
import { keepInSlab } from './slabs';

const QUICKLY = { [constants.ZSTD_c_compressionLevel]: 1 };

/** Bytes that are made room for at once: as many as there will probably be. The usual 16 KB for each of thousands would be left as garbage. */
const roomFor = (bytes: number): number => Math.round(Math.min(Math.max(bytes, 1_024), 65_536));

/** Members of a list in one piece: some milliseconds of work. */
const PIECE = 500;
/** Bytes before each piece that say how long it is. */
const LENGTH = 4;

/** Members of a list that is longer than one piece. */
interface Members {
  list: string;
  members: unknown[];
}

/** The JSON of a value, packed: piece after piece, each with its length before it. */
export type Packed = Uint8Array;

/** Packs an object of JSON; where one of its lists is long, without keeping the thread to itself. */
export async function pack(value: object, pause: Pause): Promise<Packed> {
  const packed: Uint8Array[] = [];
  for (const piece of cut(value)) {
    if (packed.length > 0) await pause();
    const json = Buffer.from(JSON.stringify(piece));
    const bytes = zstdCompressSync(json, { params: QUICKLY, chunkSize: roomFor(json.length / 3) });
    const length = new DataView(new ArrayBuffer(LENGTH));
    length.setUint32(0, bytes.length);
    packed.push(new Uint8Array(length.buffer), bytes);
  }
  return keepInSlab(Buffer.concat(packed));
}

/** The value again. */
export function unpack(packed: Packed): object {
  const [first, ...others] = piecesOf(packed).map(read);
  const value = first ?? {};
  for (const piece of others) append(value, piece as Members);
  return value;
}

/** Likewise, without keeping the thread to itself. */
export async function unpackInSlices(packed: Packed, pause: Pause): Promise<object> {
  const [first = packed, ...others] = piecesOf(packed);
  const value = read(first);
  for (const piece of others) {
    await pause();
    append(value, read(piece) as Members);
  }
  return value;
}

/** Whether unpacking takes a moment only. */
export const isOnePiece = (packed: Packed): boolean => piecesOf(packed).length === 1;

/** The object with its long lists emptied, and then what was in them. */
function* cut(value: object): Generator<object> {
  const long = Object.entries(value).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]) && entry[1].length > PIECE);
  yield long.length === 0 ? value : { ...value, ...Object.fromEntries(long.map(([list]) => [list, []])) };
  for (const [list, all] of long)
    for (let start = 0; start < all.length; start += PIECE) yield { list, members: all.slice(start, start + PIECE) } satisfies Members;
}

function append(value: object, { list, members }: Members): void {
  const all: unknown[] = value[list as keyof typeof value];
  for (const member of members) all.push(member);
}

function piecesOf(packed: Packed): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at < packed.length; ) {
    const start = at + LENGTH;
    at = start + view.getUint32(at);
    pieces.push(packed.subarray(start, at));
  }
  return pieces;
}

const read = (piece: Uint8Array): object =>
  JSON.parse(zstdDecompressSync(piece, { chunkSize: roomFor(piece.length * 6) }).toString()) as object;
