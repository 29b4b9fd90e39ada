import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of an export as it is written. */
export interface WrittenFile {
  name: string;
  text: AsyncIterable<string>;
}

/** UTF-16 code units that are made one chunk of. */
const CHUNK = 32_768;

const encoder = new TextEncoder();

/** Text as UTF-8, in chunks that are worth handing over. */
export async function* encodeChunks(text: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let pieces: string[] = [];
  let length = 0;
  for await (const piece of text) {
    pieces.push(piece);
    length += piece.length;
    if (length < CHUNK) continue;
    yield encoder.encode(pieces.join(''));
    pieces = [];
    length = 0;
  }
  if (length > 0) yield encoder.encode(pieces.join(''));
}

/** All files as one text, each on a line of its own. */
export async function* joinFiles(files: AsyncIterable<WrittenFile>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const { text } of files) {
    if (!isFirst) yield '\n';
    isFirst = false;
    yield* text;
  }
}

/** All files in a zip, each packed while it is written. */
export async function* zipFiles(files: AsyncIterable<WrittenFile>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const zip = new ZipFile();
  const output = Readable.from(zip.outputStream);
  const fail = (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error)));
  zip.on('error', fail);
  const add = async () => {
    for await (const { name, text } of files) {
      await new Promise<void>((resolve, reject) => {
        zip.addReadStreamLazy(name, { compress: true }, (give) => {
          const source = Readable.from(encodeChunks(text), { objectMode: false });
          source.on('end', resolve).on('error', reject);
          give(null, source);
        });
      });
    }
    zip.end();
  };
  add().catch(fail);
  for await (const chunk of output) yield new Uint8Array(chunk);
}
