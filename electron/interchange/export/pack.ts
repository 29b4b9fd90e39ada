import { Zip, ZipDeflate } from 'fflate';

/** A file of an export as it is written. */
export interface WrittenFile {
  name: string;
  content: Content;
}

/** Text, piece by piece, or bytes of their own. */
type Content = AsyncIterable<string | Uint8Array<ArrayBuffer>>;

/** UTF-16 code units that are made one chunk of. */
const CHUNK = 32_768;

const encoder = new TextEncoder();

/** Text as UTF-8, in chunks that are worth handing over, and bytes as they are. */
export async function* encodeChunks(content: Content): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let pieces: string[] = [];
  let length = 0;
  for await (const piece of content) {
    if (typeof piece === 'string') {
      pieces.push(piece);
      length += piece.length;
      if (length < CHUNK) continue;
    }
    if (length > 0) yield encoder.encode(pieces.join(''));
    if (typeof piece !== 'string') yield piece;
    pieces = [];
    length = 0;
  }
  if (length > 0) yield encoder.encode(pieces.join(''));
}

/** All files as one text, each on a line of its own. */
export async function* joinFiles(files: AsyncIterable<WrittenFile>): AsyncGenerator<string | Uint8Array<ArrayBuffer>> {
  let isFirst = true;
  for await (const { content } of files) {
    if (!isFirst) yield '\n';
    isFirst = false;
    yield* content;
  }
}

/** More than this a zip without its later extensions (ZIP64) does not hold. */
const MOST_FILES = 65_535;

/** All files in a zip, each packed while it is written. Throws where there are too many. */
export async function* zipFiles(files: AsyncIterable<WrittenFile>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let packed: Uint8Array[] = [];
  let length = 0;
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    packed.push(bytes);
    length += bytes.length;
  });
  const takePacked = (): Uint8Array<ArrayBuffer> => {
    const taken = new Uint8Array(length);
    let at = 0;
    for (const bytes of packed) {
      taken.set(bytes, at);
      at += bytes.length;
    }
    packed = [];
    length = 0;
    return taken;
  };
  let count = 0;
  for await (const { name, content } of files) {
    count += 1;
    if (count > MOST_FILES) throw new Error(`A zip holds ${MOST_FILES} files at most.`);
    const file = new ZipDeflate(name);
    zip.add(file);
    for await (const bytes of encodeChunks(content)) {
      file.push(bytes);
      if (length >= CHUNK) yield takePacked();
    }
    file.push(new Uint8Array(), true);
  }
  zip.end();
  yield takePacked();
}
