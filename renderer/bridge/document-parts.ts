import { type DocumentLine, type DocumentSource, documentAddress, documentFileAddress, type Failure, failureSchema } from '#api';
import type { DocumentPart, Placements } from '#model';
import { HostLostError } from './requests';

/** A document cannot be read, or no further. Its message is for the reader. */
export class DocumentFailedError extends Error {
  override name = 'DocumentFailedError';
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.failure = failure;
  }
}

/**
 * The parts of a document, as the host reads them out of its file. Rejects with `DocumentFailedError` where the host cannot read it, does
 * not answer, or where the connection breaks off in the midst; with the signal's reason when that is aborted. `rawHash` and `unlockKey` are
 * what `library.open` told of the file; `onPlacements` is told, before the last part, where passages of earlier texts are in this one.
 */
export async function* fetchDocument(
  documentId: string,
  { rawHash, unlockKey }: Pick<DocumentSource, 'rawHash' | 'unlockKey'>,
  signal: AbortSignal,
  onPlacements: (placements: Placements) => void,
): AsyncGenerator<DocumentPart, void, undefined> {
  const response = await fetch(documentAddress(documentId, rawHash, unlockKey), { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new DocumentFailedError({ code: 'document-unreadable', message: new HostLostError().message }, { cause: error });
  });
  if (!response.ok) throw new DocumentFailedError(await failureOf(response));
  yield* readParts(response.body ?? new ReadableStream(), signal, onPlacements);
}

/** Bytes of a file, the end not included. */
type ByteRange = readonly [start: number, end: number];

/** The file that a document is read from, of which only those bytes are fetched that are asked for. */
export interface DocumentFile {
  /** Bytes */
  size: number;
  /** Of a small file all. */
  beginning: Uint8Array<ArrayBuffer>;
  /** Stretches of it, in their order, the ends not included; fails as `fetchDocument` does, also where the file is another by now. */
  read(ranges: readonly ByteRange[]): Promise<Uint8Array<ArrayBuffer>[]>;
}

/** Bytes of a file that are fetched before anybody asks. */
const BEGINNING = 2 * 1024 * 1024;

/** Opens the file that a document is read from; fails as `fetchDocument` does. */
export async function openDocumentFile(documentId: string, rawHash: string, signal: AbortSignal): Promise<DocumentFile> {
  const ask = async <T>(ranges: readonly ByteRange[], take: (response: Response) => Promise<T>): Promise<T> => {
    try {
      const headers = { Range: `bytes=${ranges.map(([start, end]) => `${start}-${end - 1}`).join(',')}` };
      const response = await fetch(documentFileAddress(documentId, rawHash), { signal, headers });
      if (!response.ok) throw new DocumentFailedError(await failureOf(response));
      return await take(response);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof DocumentFailedError ? error : new DocumentFailedError(brokenOff, { cause: error });
    }
  };
  const read: DocumentFile['read'] = (ranges) =>
    ask(ranges, async (response) => {
      const bytes = new Uint8Array(await response.arrayBuffer());
      return ranges.length === 1 ? [bytes] : partsIn(bytes, ranges);
    });
  return ask([[0, BEGINNING]], async (response) => ({
    size: Number(response.headers.get('Content-Range')?.split('/')[1]),
    beginning: new Uint8Array(await response.arrayBuffer()),
    read,
  }));
}

/** The stretches in an answer of several (RFC 9110, 14.6): before each stand headers, which end with an empty line. */
export function partsIn(bytes: Uint8Array<ArrayBuffer>, ranges: readonly ByteRange[]): Uint8Array<ArrayBuffer>[] {
  let at = 0;
  return ranges.map(([start, end]) => {
    at = endOfHeaders(bytes, at);
    const part = bytes.slice(at, at + end - start);
    if (part.length < end - start) throw new Error('The answer ends too early');
    at += end - start;
    return part;
  });
}

function endOfHeaders(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 4 <= bytes.length; at++)
    if (bytes[at] === 13 && bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) return at + 4;
  throw new Error('The answer is not what was asked for');
}

/** The parts in a stream of lines, each as soon as its line is there. */
export async function* readParts(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
  onPlacements: (placements: Placements) => void = () => {},
): AsyncGenerator<DocumentPart, void, undefined> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  // A line may come in many pieces: they are joined once.
  let begun: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        signal.throwIfAborted();
        throw new DocumentFailedError(brokenOff, { cause: error });
      });
      if (done) throw new DocumentFailedError(brokenOff);
      const [rest = '', ...lines] = value.split('\n');
      begun.push(rest);
      for (const next of lines) {
        const line = parseLine(begun.join(''));
        begun = [next];
        if (line.part === 'failure') throw new DocumentFailedError(line.failure);
        if (line.part === 'placements') {
          onPlacements(line.placements);
          continue;
        }
        yield line;
        if (line.part === 'end') return;
      }
    }
  } finally {
    // Lets the host stop reading what nobody waits for. A stream that broke off cannot be cancelled any more.
    await reader.cancel().catch(() => undefined);
  }
}

function parseLine(line: string): DocumentLine {
  try {
    return JSON.parse(line) as DocumentLine;
  } catch (cause) {
    throw new DocumentFailedError(brokenOff, { cause });
  }
}

const brokenOff: Failure = {
  code: 'document-unreadable',
  message:
    'The connection to Lectern broke off while this document was being read. Open it again to read it to its end; your notes on it are kept.',
};

async function failureOf(response: Response): Promise<Failure> {
  const text = await response.text();
  try {
    return failureSchema.parse(JSON.parse(text));
  } catch {
    return {
      code: 'document-unreadable',
      message: `Lectern could not read this document (${response.status}: ${text.trim()}). Open it again.`,
    };
  }
}
