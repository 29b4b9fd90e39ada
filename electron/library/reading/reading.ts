import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Failure, ok, type Result } from '#api';
import { fileFailures } from '../failures';
import type { LibraryLog } from '../types';
import { createInbox, type Inbox } from './inbox';
import { type CarriedOver, type EarlierText, type FileToRead, lineOf, type ReadingReply, type ReadingRequest } from './protocol';

/** A text that was just read as a whole, while the thread still has it. */
export interface ReadText {
  /** SHA-256 of its UTF-8. */
  textHash: string;
  carryOver(earlier: readonly EarlierText[]): Promise<CarriedOver>;
}

/** The lines of a document's stream, in chunks. Whoever does not take all of them calls `return`. */
export type DocumentLines = AsyncIterableIterator<Uint8Array>;

export interface ReadingThread {
  /**
   * Reads a document; fails where it cannot be read at all. What fails later is the stream's last line. `beforeEnd` is awaited before
   * the line that ends the stream is given; its failure is logged and ends nothing.
   */
  read(file: FileToRead, beforeEnd?: (read: ReadText) => Promise<void>): Promise<Result<DocumentLines>>;
  close(): Promise<void>;
}

export interface ReadingOptions {
  /** The bundle of `electron/library/reading/worker.ts`. */
  worker: URL | string;
  log: LibraryLog;
  /** ms without progress after which the thread is ended; a minute unless told. */
  timeLimit?: number;
}

const TIME_LIMIT = 60_000;

/** Reads documents in a worker thread, which starts with the first of them and anew after it broke down. */
export function openReading({ worker: place, log, timeLimit = TIME_LIMIT }: ReadingOptions): ReadingThread {
  let worker: Worker | undefined;
  const inboxes = new Map<number, Inbox>();
  let lastId = 0;

  const start = (): Worker => {
    const started = new Worker(place);
    started.on('message', (reply: ReadingReply) => inboxes.get(reply.id)?.put(reply));
    started.on('error', (error) => {
      log.error('The thread that reads documents broke down, and starts anew with the next document', error);
      breakDown(started);
    });
    started.on('exit', () => breakDown(started));
    return started;
  };

  /** Ends all that a thread was reading; the next document is read by another one. */
  const breakDown = (broken: Worker): void => {
    if (worker !== broken) return;
    worker = undefined;
    for (const inbox of inboxes.values()) inbox.close();
  };

  const endThread = async (): Promise<void> => {
    const running = worker;
    if (running) breakDown(running);
    await running?.terminate();
  };

  const ask = (request: ReadingRequest): void => worker?.postMessage(request);

  return {
    async read(file, beforeEnd = async () => {}) {
      const name = path.basename(file.path);
      worker ??= start();
      // Only what is being read keeps the process alive.
      worker.ref();
      lastId += 1;
      const id = lastId;
      const inbox = createInbox(timeLimit);
      inboxes.set(id, inbox);
      ask({ type: 'read', id, file });
      let isOver = false;

      const close = (): void => {
        isOver = true;
        inbox.close();
        if (!inboxes.delete(id)) return;
        ask({ type: 'close', id });
        if (inboxes.size === 0) worker?.unref();
      };

      /** The thread's next reply, or what kept it from giving one. */
      const take = async (): Promise<ReadingReply> => {
        const reply = await inbox.take();
        if (typeof reply === 'object') return reply;
        if (reply === 'closed') return { type: 'failed', id, failure: fileFailures.brokenOff(name).failure };
        log.error(`Reading ${file.path} got no further for ${timeLimit / 1000} s and was ended`);
        await endThread();
        return { type: 'failed', id, failure: fileFailures.outOfTime(name).failure };
      };

      const carryOver = async (earlier: readonly EarlierText[]): Promise<CarriedOver> => {
        ask({ type: 'carry-over', id, earlier });
        const reply = await take();
        if (reply.type === 'carried-over') return reply.carried;
        throw new Error(reply.type === 'failed' ? reply.failure.message : `The thread answered with ${reply.type}.`);
      };

      const chunkOf = async (reply: ReadingReply): Promise<Uint8Array> => {
        if (reply.type === 'lines') {
          ask({ type: 'more', id });
          return reply.lines;
        }
        if (reply.type === 'end') {
          await beforeEnd({ textHash: reply.textHash, carryOver }).catch((error: unknown) => {
            if (!isOver) log.error(`What was made on an earlier text of ${file.path} could not be carried over`, error);
          });
          close();
          return reply.lines;
        }
        close();
        return lineOf({ part: 'failure', failure: failureOf(reply, name) });
      };

      let first: ReadingReply | undefined = await take();
      if (first.type !== 'lines' && first.type !== 'end') {
        close();
        return { ok: false, failure: failureOf(first, name) };
      }
      return ok({
        async next() {
          const reply = first ?? (isOver ? undefined : await take());
          first = undefined;
          // Whoever went away meanwhile gets nothing more.
          if (!reply || isOver) return { done: true, value: undefined };
          return { done: false, value: await chunkOf(reply) };
        },
        async return() {
          close();
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      });
    },
    close: endThread,
  };
}

const failureOf = (reply: ReadingReply, name: string): Failure =>
  reply.type === 'failed' ? reply.failure : fileFailures.brokenOff(name).failure;
