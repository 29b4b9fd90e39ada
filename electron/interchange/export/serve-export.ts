import { SYSTEM_LINK } from '#model';
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

/** Renders the export that is asked for at `port`, as fast as it is taken. */
export function serveExport(port: ExportPort, openTexts: (folder: string, warn: (message: string) => void) => ReadText): void {
  let credit = SENT_AHEAD;
  /** Called when `credit` grows. */
  let wake = (): void => {};
  const parts: ((part: PartRange) => void)[] = [];
  const batches: ((batch: Batch) => void)[] = [];

  port.on('message', (request) => {
    if (request.type === 'part') parts.shift()?.(request.part);
    else if (request.type === 'batch') batches.shift()?.(request.batch);
    else if (request.type === 'render') void render(request.work);
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
    } = work;
    const readText = openTexts(textsFolder, (message) => port.postMessage({ type: 'warning', message }));
    const context = { positionsOf: createPositions(readText), colourNames, spreadsheetSafe, linkBase };
    const write = await loadWriter[format]();
    const taken = new Set<string>();
    for (let index = 0; index < partCount; index += 1) {
      const part = await askPart(index);
      const text = write(contentOf(part, askBatch), context);
      yield { name: nameFile(part.title, exportFileTypes[format].extension, taken), text: endAfter(limit, text) };
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

  async function render(work: ExportWork): Promise<void> {
    const files = writeFiles(work);
    if (work.packing === 'text') await send(encodeChunks(joinFiles(files)));
    else if (work.packing === 'file' && work.partCount > 1) await send(zipFiles(files));
    else {
      for await (const { name, text } of files) {
        port.postMessage({ type: 'file', name });
        await send(encodeChunks(text));
      }
    }
    port.postMessage({ type: 'end' });
  }
}

/** `text` up to the piece with which it is longer than `limit` UTF-16 code units. */
async function* endAfter(limit: number, text: AsyncIterable<string>): AsyncGenerator<string> {
  let length = 0;
  for await (const piece of text) {
    yield piece;
    length += piece.length;
    if (length > limit) return;
  }
}
