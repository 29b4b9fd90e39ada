import { type Failure, fail } from '#api';
import type { Batch, ExportReply, ExportRequestMessage, ExportWork, PartRange, Place } from './protocol';

/** A thread that `serveExport` answers in: a `Worker`, or what behaves like one. */
export interface ExportWorker {
  postMessage(request: ExportRequestMessage): void;
  on(event: 'message', listener: (reply: ExportReply) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  terminate(): Promise<unknown>;
}

/** The next file begins, or some bytes of it. */
export type ExportPiece = { name: string } | { bytes: Uint8Array<ArrayBuffer> };

/** An export as it is made, as fast as it is taken. Throws `ExportBrokenOff`, or the signal's reason. Whoever does not take all of it calls `return`. */
export type ExportStream = AsyncIterableIterator<ExportPiece, undefined>;

/** The thread of an export ended in its midst, or made none. */
export class ExportBrokenOff extends Error {
  override name = 'ExportBrokenOff';
  readonly failure: Failure;
  /** What was asked for cannot be made: nothing is at fault. */
  readonly isRefused: boolean;
  constructor(message: string, { refusal, ...options }: ErrorOptions & { refusal?: Failure } = {}) {
    super(message, options);
    this.isRefused = refusal !== undefined;
    this.failure = refusal ?? brokenOff;
  }
}

const brokenOff: Failure = fail(
  'export-broken-off',
  'The export broke off before its end, and nothing of it was kept. Your notes are as they were. Export again.',
).failure;

interface Rendering {
  /** Starts a thread that runs `electron/interchange/export/worker.ts`. */
  start(): ExportWorker;
  work: ExportWork;
  describePart(index: number): Promise<PartRange>;
  giveBatch(place: Place, to: number, withNotes: boolean): Batch;
  warn(message: string): void;
  signal?: AbortSignal;
}

/** Renders an export in a thread of its own, which ends with it. */
export function renderInThread({ start, work, describePart, giveBatch, warn, signal }: Rendering): ExportStream {
  const arrived: ExportPiece[] = [];
  let ending: { error?: unknown } | undefined;
  let wake = (): void => {};
  const worker = start();

  const end = (how: { error?: unknown }): void => {
    if (ending) return;
    ending = how;
    signal?.removeEventListener('abort', cancel);
    worker.terminate().catch((error: unknown) => warn(`The thread of an export could not be ended: ${error}`));
    wake();
  };
  const cancel = (): void => {
    arrived.length = 0;
    end({ error: signal?.reason });
  };
  const breakOff = (cause: unknown): void => end({ error: new ExportBrokenOff('The thread of an export ended in its midst', { cause }) });

  const answer = async (reply: ExportReply): Promise<void> => {
    switch (reply.type) {
      case 'ask-part':
        return worker.postMessage({ type: 'part', part: await describePart(reply.index) });
      case 'ask-batch':
        return worker.postMessage({ type: 'batch', batch: giveBatch(reply.place, reply.to, reply.withNotes) });
      case 'warning':
        return warn(reply.message);
      case 'refused':
        return end({ error: new ExportBrokenOff('An export was refused', { refusal: reply.failure }) });
      case 'end':
        return end({});
      case 'file':
        arrived.push({ name: reply.name });
        return wake();
      case 'bytes':
        arrived.push({ bytes: reply.bytes });
        return wake();
    }
  };
  worker.on('message', (reply) => {
    if (!ending) answer(reply).catch(breakOff);
  });
  worker.on('error', breakOff);
  worker.on('exit', () => breakOff('It was ended.'));
  if (signal?.aborted) cancel();
  else signal?.addEventListener('abort', cancel);
  worker.postMessage({ type: 'render', work });

  return {
    async next() {
      while (arrived.length === 0 && !ending)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const piece = arrived.shift();
      if (piece === undefined) {
        if (ending && 'error' in ending) throw ending.error;
        return { done: true, value: undefined };
      }
      if ('bytes' in piece && !ending) worker.postMessage({ type: 'more' });
      return { done: false, value: piece };
    },
    async return() {
      arrived.length = 0;
      end({});
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/**
 * Gives the memory of each piece back when the next is asked for: the collector alone would let tens of MB of them gather. Only for who
 * has then done with it.
 */
export async function* releasePieces(stream: ExportStream): AsyncGenerator<ExportPiece, undefined> {
  for await (const piece of stream) {
    yield piece;
    if ('bytes' in piece) piece.bytes.buffer.transfer(0);
  }
  return undefined;
}

/** Only the bytes of an export that is one file. */
export function bytesOf(stream: ExportStream): AsyncIterableIterator<Uint8Array<ArrayBuffer>, undefined> {
  return {
    async next() {
      for (;;) {
        const { done, value } = await stream.next();
        if (done) return { done, value: undefined };
        if ('bytes' in value) return { done: false, value: value.bytes };
      }
    },
    async return() {
      await stream.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
