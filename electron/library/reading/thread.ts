import type { Failure } from '#api';
import { fileFailures } from '../failures';
import type { LibraryLog } from '../types';
import type { ReadingReply, ReadingRequest } from './protocol';

/** A thread that `serveReading` answers in: a `Worker`, or what behaves like one. */
export interface ReadingWorker {
  postMessage(request: ReadingRequest): void;
  on(event: 'message', listener: (reply: ReadingReply) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  /** Lets it keep the process alive, or not. */
  ref(): void;
  unref(): void;
  terminate(): Promise<unknown>;
}

/** What the thread answers, or that it ended or was ended in the midst. */
export type Answer = ReadingReply | { type: 'broken'; failure: Failure };

/** All that is said of one file. */
export interface Conversation {
  ask(request: Request): void;
  /** The thread's next answer. One call at a time. */
  take(): Promise<Answer>;
  readonly isOver: boolean;
  close(): void;
}

/** A request before it has its number. */
type Request = ReadingRequest extends infer R ? (R extends ReadingRequest ? Omit<R, 'id'> : never) : never;

export interface ThreadOptions {
  /** Starts a thread that runs `electron/library/reading/worker.ts`. */
  start(): ReadingWorker;
  log: LibraryLog;
  /** ms without progress after which the thread is ended. */
  timeLimit: number;
}

export interface Thread {
  /** Begins a conversation on the file `name`, which is closed by whoever began it. */
  begin(name: string, request: Request): Conversation;
  /** Ends the thread and all that goes on in it; what is asked next starts another. */
  end(): Promise<void>;
}

/** A thread that starts when it is first asked something, and anew after it broke down. */
export function createThread({ start, log, timeLimit }: ThreadOptions): Thread {
  let worker: ReadingWorker | undefined;
  const inboxes = new Map<number, Inbox>();
  let lastId = 0;

  const startWorker = (): ReadingWorker => {
    const started = start();
    started.on('message', (reply) => inboxes.get(reply.id)?.put(reply));
    started.on('error', (error) => {
      log.error('A thread that reads documents broke down, and starts anew with the next document', error);
      breakDown(started);
    });
    started.on('exit', () => breakDown(started));
    return started;
  };

  const breakDown = (broken: ReadingWorker): void => {
    if (worker !== broken) return;
    worker = undefined;
    for (const inbox of inboxes.values()) inbox.close();
  };

  const end = async (): Promise<void> => {
    const running = worker;
    if (running) breakDown(running);
    await running?.terminate();
  };

  return {
    begin(name, request) {
      worker ??= startWorker();
      // Only what is being read keeps the process alive.
      worker.ref();
      lastId += 1;
      const id = lastId;
      const inbox = createInbox(timeLimit);
      inboxes.set(id, inbox);
      const ask = (next: Request): void => worker?.postMessage({ ...next, id });
      ask(request);
      return {
        ask,
        async take() {
          const reply = await inbox.take();
          if (reply === 'closed') return { type: 'broken', failure: fileFailures.brokenOff(name).failure };
          if (reply !== 'late') return reply;
          log.error(`Reading ${name} got no further for ${timeLimit / 1000} s and was ended`);
          await end();
          return { type: 'broken', failure: fileFailures.outOfTime(name).failure };
        },
        get isOver() {
          return !inboxes.has(id);
        },
        close() {
          inbox.close();
          if (!inboxes.delete(id)) return;
          ask({ type: 'close' });
          if (inboxes.size === 0) worker?.unref();
        },
      };
    },
    end,
  };
}

/** The replies to one conversation, until they are taken. */
interface Inbox {
  put(reply: ReadingReply): void;
  /** The next reply; `closed` when none will come, `late` when none came within the time limit. */
  take(): Promise<ReadingReply | 'closed' | 'late'>;
  close(): void;
}

function createInbox(timeLimit: number): Inbox {
  const replies: ReadingReply[] = [];
  let isClosed = false;
  let wake = (): void => {};

  return {
    put(reply) {
      replies.push(reply);
      wake();
    },
    async take() {
      if (replies.length === 0 && !isClosed) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
          timer = setTimeout(resolve, timeLimit);
        });
        clearTimeout(timer);
      }
      return replies.shift() ?? (isClosed ? 'closed' : 'late');
    },
    close() {
      isClosed = true;
      wake();
    },
  };
}
