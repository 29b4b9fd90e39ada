import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Failure } from '#api';
import type { DocumentFormat } from '#formats/list';
import { carryOver, type DocumentPart, describe } from '#model';
import { documentBytes } from '../../formats/bytes';
import { encodeText } from '../../formats/document-text';
import { readFacts } from '../../formats/facts';
import type { Format } from '../../formats/format';
import { UnreadableDocument } from '../../formats/unreadable';
import { fileFailures } from '../failures';
import { openDocumentFile } from './document-file';
import {
  type CarriedOver,
  type EarlierText,
  type FileToInspect,
  type FileToRead,
  lineOf,
  type ReadingReply,
  type ReadingRequest,
  SENT_AHEAD,
} from './protocol';

/** The thread's side of the conversation: a `MessagePort` or what behaves like one. */
export interface ReadingPort {
  postMessage(reply: ReadingReply, transfer?: ArrayBuffer[]): void;
  on(event: 'message', listener: (request: ReadingRequest) => void): unknown;
}

interface Reading {
  stop: AbortController;
  /** Chunks that may be sent now. */
  credit: number;
  /** Called when `credit` grows or the reading is stopped. */
  wake(): void;
  /** The text, section by section. */
  texts: string[];
  textHash: string;
}

/** Answers the requests that arrive at `port`; each reading goes on as fast as its chunks are taken. */
export function serveReading(port: ReadingPort, readerOf: (format: DocumentFormat) => Promise<Format>): void {
  const readings = new Map<number, Reading>();

  port.on('message', (request) => {
    if (request.type === 'inspect') {
      void inspect(request.id, request.file);
      return;
    }
    if (request.type === 'read') {
      const reading: Reading = { stop: new AbortController(), credit: SENT_AHEAD, wake: () => {}, texts: [], textHash: '' };
      readings.set(request.id, reading);
      void read(request.id, reading, request.file);
      return;
    }
    const reading = readings.get(request.id);
    if (!reading) return;
    if (request.type === 'carry-over')
      port.postMessage({ type: 'carried-over', id: request.id, carried: carryAll(reading, request.earlier) });
    else if (request.type === 'more') reading.credit += 1;
    else {
      readings.delete(request.id);
      reading.stop.abort();
    }
    reading.wake();
  });

  async function inspect(id: number, { bytes, fileName, format, encoding }: FileToInspect): Promise<void> {
    const { signal } = new AbortController();
    try {
      const parts = (await readerOf(format)).read(documentBytes(bytes, fileName), { encoding, signal });
      const { head, end, title, words, text } = await readFacts(parts, { format, fileName });
      const encoded = encodeText(text, end.textHash);
      port.postMessage({ type: 'inspected', id, facts: { metadata: head.metadata, title, words, text: encoded } }, [encoded.units.buffer]);
    } catch (error) {
      port.postMessage({ type: 'failed', id, failure: failureOf(error, fileName) });
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
    const opened = await openDocumentFile(file);
    if (!opened.ok) return opened.failure;
    try {
      const format = await readerOf(file.format);
      for await (const part of format.read(opened.value, { encoding: file.encoding, signal })) {
        // Lets the port be heard, which a promise alone does not.
        await setImmediate();
        while (reading.credit === 0 && !signal.aborted)
          await new Promise<void>((resolve) => {
            reading.wake = resolve;
          });
        signal.throwIfAborted();
        if (part.part === 'end' && (await opened.value.hasChanged())) return fileFailures.changed(opened.value.fileName).failure;
        if (part.part === 'section') reading.texts.push(part.text);
        reading.credit -= 1;
        post(id, reading, part);
      }
    } finally {
      await opened.value.close();
    }
    return undefined;
  }

  function post(id: number, reading: Reading, part: DocumentPart): void {
    const lines = lineOf(part);
    if (part.part !== 'end') {
      port.postMessage({ type: 'lines', id, lines }, [lines.buffer]);
      return;
    }
    reading.textHash = part.textHash;
    port.postMessage({ type: 'end', id, lines, textHash: part.textHash }, [lines.buffer]);
  }
}

function carryAll({ texts, textHash }: Reading, earlier: readonly EarlierText[]): CarriedOver {
  const text = texts.join('');
  const anchors = earlier.map((each) => {
    const carry = carryOver(each.text, text, each.isUncertain ? 0 : undefined);
    return each.ranges.map((range) => {
      const carried = carry(range);
      return carried ? describe(text, carried.start, carried.end, textHash) : null;
    });
  });
  return { text, anchors };
}

/** What a format's reader says of a file that is no such document, or that the file cannot be read. */
function failureOf(error: unknown, name: string): Failure {
  return error instanceof UnreadableDocument ? { code: error.code, message: error.message } : fileFailures.unreadable(name, error).failure;
}
