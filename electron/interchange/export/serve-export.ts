import { SYSTEM_LINK } from '#model';
import { keptTextFile, readKeptText } from '../../storage/kept-text';
import { ExportRefused } from '../format';
import { contentOf } from './content';
import { nameFile } from './file-names';
import { exportFileTypes } from './list';
import { encodeChunks, joinFiles, type WrittenFile, zipFiles } from './pack';
import { createPositions, type ReadText } from './positions';
import {
  type Batch,
  type ExportReply,
  type ExportRequestMessage,
  type ExportWork,
  type PartRange,
  type Place,
  SENT_AHEAD,
} from './protocol';
import { loadWriter } from './registry';

/** The thread's side of the conversation: a `MessagePort` or what behaves like one. */
export interface ExportPort {
  postMessage(reply: ExportReply, transfer?: ArrayBuffer[]): void;
  on(event: 'message', listener: (request: ExportRequestMessage) => void): unknown;
}

/** Renders the export that is asked for at `port`, as fast as it is taken. `textsIn` makes what reads the kept texts of a folder. */
export function serveExport(port: ExportPort, textsIn: typeof openTexts = openTexts): void {
  let credit = SENT_AHEAD;
  /** Called when `credit` grows. */
  let wake = (): void => {};
  const parts: ((part: PartRange) => void)[] = [];
  const batches: ((batch: Batch) => void)[] = [];

  port.on('message', (request) => {
    if (request.type === 'part') parts.shift()?.(request.part);
    else if (request.type === 'batch') batches.shift()?.(request.batch);
    else if (request.type === 'render') void render(request.work).catch(refuse);
    else {
      credit += 1;
      wake();
    }
  });

  const askPart = (index: number) =>
    new Promise<PartRange>((resolve) => {
      parts.push(resolve);
      port.postMessage({ type: 'ask-part', index });
    });

  const askBatch = (place: Place, to: number, withNotes: boolean) =>
    new Promise<Batch>((resolve) => {
      batches.push(resolve);
      port.postMessage({ type: 'ask-batch', place, to, withNotes });
    });

  async function* writeFiles(work: ExportWork): AsyncGenerator<WrittenFile> {
    const {
      format,
      partCount,
      limit = Number.POSITIVE_INFINITY,
      spreadsheetSafe = false,
      linkBase = SYSTEM_LINK,
      textsFolder,
      colourNames,
      originals = {},
      author,
    } = work;
    const readText = textsIn(textsFolder, (message) => port.postMessage({ type: 'warning', message }));
    const copied = { originals, author, readText, isPreview: work.limit !== undefined };
    const context = { positionsOf: createPositions(readText), colourNames, spreadsheetSafe, linkBase, copied };
    const write = await loadWriter[format]();
    const taken = new Set<string>();
    for (let index = 0; index < partCount; index += 1) {
      const part = await askPart(index);
      const content = write(contentOf(part, askBatch), context);
      const begun = await begin(content, partCount > 1);
      const extension = typeof begun === 'string' ? 'txt' : exportFileTypes[format].extension;
      yield { name: nameFile(part.title, extension, taken), content: typeof begun === 'string' ? inOne(begun) : endAfter(limit, begun) };
    }
  }

  async function send(chunks: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const bytes of chunks) {
      while (credit === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      credit -= 1;
      port.postMessage({ type: 'bytes', bytes }, [bytes.buffer]);
    }
  }

  const refuse = (error: unknown): void => {
    if (error instanceof ExportRefused) port.postMessage({ type: 'refused', failure: error.failure });
    // A fault ends the thread.
    else
      queueMicrotask(() => {
        throw error;
      });
  };

  async function render(work: ExportWork): Promise<void> {
    const files = writeFiles(work);
    if (work.packing === 'text') await send(encodeChunks(joinFiles(files)));
    else if (work.packing === 'file' && work.partCount > 1) await send(zipFiles(files));
    else {
      for await (const { name, content } of files) {
        port.postMessage({ type: 'file', name });
        await send(encodeChunks(content));
      }
    }
    port.postMessage({ type: 'end' });
  }
}

type Content = WrittenFile['content'];

/** A file with its first piece, which shows whether it can be made. Why not stands in its place where there are others, as a sentence. */
async function begin(content: AsyncGenerator<string | Uint8Array<ArrayBuffer>>, hasOthers: boolean): Promise<Content | string> {
  try {
    return startingWith(await content.next(), content);
  } catch (error) {
    if (!hasOthers || !(error instanceof ExportRefused)) throw error;
    return `${error.failure.message}\n`;
  }
}

async function* startingWith(
  first: IteratorResult<string | Uint8Array<ArrayBuffer>>,
  rest: Content,
): AsyncGenerator<string | Uint8Array<ArrayBuffer>> {
  if (!first.done) yield first.value;
  yield* rest;
}

async function* inOne(text: string): AsyncGenerator<string> {
  yield text;
}

/** `content` up to the piece with which it is longer than `limit` UTF-16 code units. */
async function* endAfter(limit: number, content: Content): AsyncGenerator<string | Uint8Array<ArrayBuffer>> {
  let length = 0;
  for await (const piece of content) {
    yield piece;
    length += piece.length;
    if (length > limit) return;
  }
}

/** Makes what reads the kept texts of a folder; a text that cannot be read is as one that was not kept, and `warn` is told. */
function openTexts(folder: string, warn: (message: string) => void): ReadText {
  return async (textHash) => {
    const file = keptTextFile(folder, textHash);
    try {
      const found = await readKeptText(file, textHash);
      if (found === 'damaged') warn(`${file} is damaged: where its notes stand is left out of the export`);
      return typeof found === 'object' ? found.text : undefined;
    } catch (error) {
      warn(`${file} could not be read, and where its notes stand is left out of the export: ${error}`);
      return undefined;
    }
  };
}
