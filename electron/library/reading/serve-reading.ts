import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Failure } from '#api';
import type { DocumentFormat } from '#formats/list';
import {
  type Anchor,
  anchorOfArea,
  carryOver,
  compareTexts,
  createPlacing,
  describe,
  locate,
  locateArea,
  type PagedText,
  type Placement,
  placeArea,
  sketchOf,
} from '#model';
import { encodeText } from '../../formats/document-text';
import { readFacts } from '../../formats/facts';
import type { Format } from '../../formats/format';
import { UnreadableDocument } from '../../formats/unreadable';
import { fileFailures } from '../failures';
import { type DocumentFile, openDocumentFile } from './document-file';
import { type Piece, readModel, type SectionOfWhole, wholeOf } from './model-lines';
import type { Model, Models } from './models';
import {
  type CarriedOver,
  type EarlierAnchors,
  type EarlierText,
  type FileToRead,
  lineOf,
  questions,
  type ReadingReply,
  type ReadingRequest,
  SENT_AHEAD,
  type ThreadNotice,
} from './protocol';

/** The thread's side of the conversation: a `MessagePort` or what behaves like one. */
export interface ReadingPort {
  postMessage(reply: ReadingReply | ThreadNotice, transfer?: ArrayBuffer[]): void;
  on(event: 'message', listener: (request: ReadingRequest) => void): unknown;
}

interface Reading {
  stop: AbortController;
  /** Only its end is sent. */
  isQuiet: boolean;
  /** Chunks that may be sent now. */
  credit: number;
  /** Called when `credit` grows or the reading is stopped. */
  wake(): void;
  /** All of it, once it is read; put together when it is first asked for. */
  whole(): PagedText;
  /** Places anchors in it; made for the first of them. */
  placing?: ReturnType<typeof createPlacing>;
  textHash: string;
}

/**
 * Answers the requests that arrive at `port`; each reading goes on as fast as its chunks are taken. What is among the `models` is not parsed
 * again.
 */
export function serveReading(port: ReadingPort, readerOf: (format: DocumentFormat) => Promise<Format>, models?: Models): void {
  const readings = new Map<number, Reading>();
  let saidAt = 0;

  /** Says that work that takes long gets on, though there is no answer yet. */
  function tellAlive(): void {
    if (performance.now() - saidAt < BETWEEN_SIGNS) return;
    saidAt = performance.now();
    port.postMessage({ type: 'alive' });
  }

  port.on('message', (request) => {
    if (request.type === 'inspect') {
      void inspect(request.id, request.file);
      return;
    }
    if (request.type === 'embedded') {
      void embedded(request.id, request.file, request.at);
      return;
    }
    if (request.type === 'sketch') {
      port.postMessage({ type: 'sketched', id: request.id, sketch: sketchOf(request.text) });
      return;
    }
    if (request.type === 'read') {
      const { isQuiet = false } = request;
      const reading: Reading = {
        stop: new AbortController(),
        isQuiet,
        credit: SENT_AHEAD,
        wake: () => {},
        whole: () => wholeOf([], 0),
        textHash: '',
      };
      readings.set(request.id, reading);
      void read(request.id, reading, request.file);
      return;
    }
    const reading = readings.get(request.id);
    if (!reading) return;
    if (isQuestion(request)) port.postMessage(compare(reading, request));
    else if (request.type === 'more') reading.credit += 1;
    else {
      readings.delete(request.id);
      reading.stop.abort();
    }
    reading.wake();
  });

  async function inspect(id: number, file: FileToRead): Promise<void> {
    const { format, encoding, fileName = path.basename(file.path) } = file;
    const { signal } = new AbortController();
    try {
      const opened = await openDocumentFile(file, tellAlive);
      if (!opened.ok) {
        port.postMessage({ type: 'failed', id, failure: opened.failure });
        return;
      }
      const read = async () => {
        const parts = (await readerOf(format)).read(opened.value, { encoding, signal });
        const facts = await readFacts(parts, { format, fileName }, tellAlive);
        return (await opened.value.hasChanged()) ? undefined : facts;
      };
      const facts = await read().finally(() => opened.value.close());
      if (!facts) {
        port.postMessage({ type: 'failed', id, failure: fileFailures.changed(fileName).failure });
        return;
      }
      const { head, end, titles, words, text } = facts;
      const encoded = encodeText(text, end.textHash);
      const listed = { metadata: head.metadata, titles, words, text: encoded, sketch: sketchOf(text) };
      port.postMessage({ type: 'inspected', id, facts: listed }, [encoded.units.buffer]);
    } catch (error) {
      port.postMessage({ type: 'failed', id, failure: failureOf(error, fileName) });
    }
  }

  async function embedded(id: number, file: FileToRead, at: string | undefined): Promise<void> {
    try {
      const format = await readerOf(file.format);
      const opened = await openDocumentFile(file);
      if (!opened.ok) {
        port.postMessage({ type: 'failed', id, failure: opened.failure });
        return;
      }
      const { signal } = new AbortController();
      const bytes = opened.value;
      const finding = at === undefined ? format.cover?.(bytes, { signal }) : format.embedded?.(bytes, at, { signal });
      const found = await (finding ?? Promise.resolve(undefined)).finally(() => bytes.close());
      const own = found && { mediaType: found.mediaType, bytes: new Uint8Array(found.bytes) };
      port.postMessage({ type: 'embedded', id, found: own }, own ? [own.bytes.buffer] : []);
    } catch (error) {
      port.postMessage({ type: 'failed', id, failure: failureOf(error, path.basename(file.path)) });
    }
  }

  async function read(id: number, reading: Reading, file: FileToRead): Promise<void> {
    try {
      const failure = await send(id, reading, file);
      if (failure) port.postMessage({ type: 'failed', id, failure });
    } catch (error) {
      // What the page does not wait for any more needs no answer.
      if (reading.stop.signal.aborted) return;
      port.postMessage({ type: 'failed', id, failure: failureOf(error, path.basename(file.path)) });
    }
  }

  async function send(id: number, reading: Reading, file: FileToRead): Promise<Failure | undefined> {
    const { signal } = reading.stop;
    const opened = await openDocumentFile(file, tellAlive);
    if (!opened.ok) return opened.failure;
    try {
      const model = file.password === undefined ? models?.of(file, opened.value.size) : undefined;
      const kept = await model?.read();
      const lines = kept ? readModel(kept) : parse(opened.value, file, signal, model);
      for await (const piece of lines) {
        // Lets the port be heard, which a promise alone does not.
        await setImmediate();
        while (reading.credit === 0 && !signal.aborted)
          await new Promise<void>((resolve) => {
            reading.wake = resolve;
          });
        signal.throwIfAborted();
        if (piece.end && (await opened.value.hasChanged())) return fileFailures.changed(opened.value.fileName).failure;
        tellAlive();
        if (reading.isQuiet && !piece.end) continue;
        reading.credit -= 1;
        post(id, reading, piece);
      }
    } finally {
      await opened.value.close();
    }
    return undefined;
  }

  /** The lines of a document that is parsed, one by one. */
  async function* parse(bytes: DocumentFile, file: FileToRead, signal: AbortSignal, model: Model | undefined): AsyncGenerator<Piece> {
    const format = await readerOf(file.format);
    const sections: SectionOfWhole[] = [];
    const all: Uint8Array[] = [];
    let sheetCount = 0;
    for await (const part of format.read(bytes, { encoding: file.encoding, password: file.password, signal })) {
      if (part.part === 'section') sections.push(partOfWhole(part));
      else if (part.part === 'head') sheetCount = part.sheets?.length ?? 0;
      const lines = lineOf(part);
      // The line itself goes over to the other thread.
      if (model) all.push(lines.slice());
      yield part.part === 'end' ? { lines, end: { textHash: part.textHash, whole: () => wholeOf(sections, sheetCount) } } : { lines };
    }
    await model?.keep(all);
  }

  function post(id: number, reading: Reading, { lines, end }: Piece): void {
    if (!end) {
      port.postMessage({ type: 'lines', id, lines }, [lines.buffer]);
      return;
    }
    let whole: PagedText | undefined;
    reading.textHash = end.textHash;
    reading.whole = () => {
      whole ??= end.whole();
      return whole;
    };
    port.postMessage({ type: 'end', id, lines, textHash: end.textHash }, [lines.buffer]);
  }
}

/** ms between two signs that a thread gets on. */
const BETWEEN_SIGNS = 1_000;

/** What is kept of a section until all are there. */
const partOfWhole = ({ text, headings, outside, pages }: SectionOfWhole): SectionOfWhole => ({
  text,
  headings,
  ...(outside && { outside }),
  ...(pages && { pages }),
});

/** What is asked of a text that was read. */
type Question = Extract<ReadingRequest, { type: 'carry-over' | 'place' | 'locate' | 'compare' }>;
const isQuestion = (request: ReadingRequest): request is Question => questions.has(request.type);

/** Where passages are, or went; a fault there does not take the thread along. */
function compare(reading: Reading, request: Question): ReadingReply {
  const { id } = request;
  try {
    if (request.type === 'locate') {
      const whole = reading.whole();
      const locators = request.ranges.map(({ start, end, area }) => (area ? locateArea(whole, area) : locate(whole, start, end)) ?? null);
      return { type: 'located', id, locators };
    }
    if (request.type === 'carry-over') return { type: 'carried-over', id, carried: carryAll(reading, request.earlier) };
    if (request.type === 'compare') {
      const text = reading.whole().text;
      return { type: 'compared', id, text, rows: compareTexts(request.earlier, text) };
    }
    return { type: 'placed', id, placements: placeAll(reading, request.earlier) };
  } catch (error) {
    return { type: 'failed', id, failure: fileFailures.unreadable('the text', error).failure };
  }
}

function carryAll(reading: Reading, earlier: readonly EarlierText[]): CarriedOver {
  const { textHash } = reading;
  const whole = reading.whole();
  const { text } = whole;
  const anchors = earlier.map(({ text: before, ranges, isUncertain }) => {
    const carry = carryOver(before, text, isUncertain ? 0 : undefined);
    return ranges.map(({ area, ...range }) => {
      // A file that is the same has the same pages.
      if (area) return isUncertain ? null : anchorOfArea(whole, area, textHash);
      const carried = carry(range);
      return carried ? describe(text, carried.start, carried.end, textHash) : null;
    });
  });
  return { text, anchors };
}

function placeAll(reading: Reading, earlier: readonly EarlierAnchors[]): Placement[][] {
  const whole = reading.whole();
  return earlier.map(({ text, anchors }) => {
    let place: ((anchor: Anchor) => Placement) | undefined;
    return anchors.map((anchor) => {
      const { area } = anchor;
      if (area) return placeArea({ ...anchor, area }, whole, reading.textHash, text);
      reading.placing ??= createPlacing(whole.text);
      place ??= reading.placing(text);
      return place(anchor);
    });
  });
}

/** What a format's reader says of a file that is no such document, or that the file cannot be read. */
function failureOf(error: unknown, name: string): Failure {
  return error instanceof UnreadableDocument ? { code: error.code, message: error.message } : fileFailures.unreadable(name, error).failure;
}
