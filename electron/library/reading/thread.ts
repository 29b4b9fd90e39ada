import type { Failure } from '#api';
import { fileFailures } from '../failures';
import type { LibraryLog } from '../types';
import { questions, type ReadingReply, type ReadingRequest, type ThreadNotice } from './protocol';

/** A thread that `serveReading` answers in: a `Worker`, or what behaves like one. */
export interface ReadingWorker {
  postMessage(request: ReadingRequest): void;
  on(event: 'message', listener: (reply: ReadingReply | ThreadNotice) => void): unknown;
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
  /** How many threads there may be: with more than one, no file waits for another that takes long to lay out. */
  most: number;
  /** ms without work after which the last thread ends too, with all the memory that it took; absent: it stays, so that the next file need not wait. */
  restLimit?: number | undefined;
}

export interface Threads {
  /** Begins a conversation on the file `name`, which is closed by whoever began it. */
  begin(name: string, request: Request): Conversation;
  /** Ends the threads and all that goes on in them; what is asked next starts another. */
  end(): Promise<void>;
}

/** A thread that runs, and the conversations in it. */
interface Running {
  worker: ReadingWorker;
  inboxes: Map<number, Inbox>;
  /** When it last said anything (ms), or until when it said that it may say nothing: who waits for another file waits no longer in vain. */
  heardAt: number;
  /** Ends it when it has had nothing to do for long. */
  ending: NodeJS.Timeout | undefined;
}

/** Threads that start when they are needed, and anew after one broke down. */
export function createThreads({ start, log, timeLimit, most, restLimit }: ThreadOptions): Threads {
  let running: readonly Running[] = [];
  let lastId = 0;

  const startThread = (): Running => {
    const started: Running = { worker: start(), inboxes: new Map(), heardAt: 0, ending: undefined };
    const { worker, inboxes } = started;
    worker.on('message', (reply) => {
      started.heardAt = performance.now() + (reply.type === 'alive' ? (reply.silentFor ?? 0) : 0);
      if (reply.type === 'warning') log.warn(reply.message);
      else if (reply.type !== 'alive') inboxes.get(reply.id)?.put(reply);
    });
    worker.on('error', (error) => {
      log.error('A thread that reads documents broke down, and starts anew with the next document', error);
      breakDown(started);
    });
    worker.on('exit', () => breakDown(started));
    running = [...running, started];
    return started;
  };

  const breakDown = (broken: Running): void => {
    running = running.filter((each) => each !== broken);
    clearTimeout(broken.ending);
    for (const inbox of broken.inboxes.values()) inbox.close();
  };

  const endThread = async (ended: Running): Promise<void> => {
    breakDown(ended);
    await ended.worker.terminate();
  };

  /** The thread for the next file: one that has begun to answer all that it was asked, else another, as long as there may be one. */
  const choose = (): Running => {
    const free = running.find(({ inboxes }) => ![...inboxes.values()].some((inbox) => inbox.isSilent));
    const last = running.at(-1);
    return free ?? (last && running.length >= most ? last : startThread());
  };

  const endResting = (resting: Running): void =>
    void endThread(resting).catch((error: unknown) => log.error('A thread that reads documents could not be ended', error));

  /** A thread that has nothing to do does not keep the process alive, and goes when there is another, or when that lasts. */
  const rest = (resting: Running): void => {
    // One that is being ended keeps it alive until that is done.
    if (resting.inboxes.size > 0 || !running.includes(resting)) return;
    resting.worker.unref();
    if (running.length > 1) endResting(resting);
    else if (restLimit !== undefined) resting.ending = setTimeout(endResting, restLimit, resting).unref();
  };

  return {
    begin(name, request) {
      const thread = choose();
      const { worker, inboxes } = thread;
      clearTimeout(thread.ending);
      // Only what is being read keeps the process alive.
      worker.ref();
      lastId += 1;
      const id = lastId;
      const inbox = createInbox(timeLimit, () => thread.heardAt);
      inboxes.set(id, inbox);
      const ask = (next: Request): void => {
        if (questions.has(next.type)) inbox.expect();
        if (running.includes(thread)) worker.postMessage({ ...next, id });
      };
      ask(request);
      return {
        ask,
        async take() {
          const reply = await inbox.take();
          if (reply === 'closed') return { type: 'broken', failure: fileFailures.brokenOff(name).failure };
          if (reply !== 'late') return reply;
          log.error(`Reading ${name} got no further for ${timeLimit / 1000} s and was ended`);
          await endThread(thread);
          return { type: 'broken', failure: fileFailures.outOfTime(name).failure };
        },
        get isOver() {
          return !inboxes.has(id);
        },
        close() {
          inbox.close();
          if (!inboxes.delete(id)) return;
          ask({ type: 'close' });
          rest(thread);
        },
      };
    },
    async end() {
      await Promise.all(running.map(endThread));
    },
  };
}

/** The replies to one conversation, until they are taken. */
interface Inbox {
  put(reply: ReadingReply): void;
  /** The next reply; `closed` when none will come, `late` when the thread said nothing within the time limit. */
  take(): Promise<ReadingReply | 'closed' | 'late'>;
  /** Whether nothing came yet since the conversation began. */
  readonly isSilent: boolean;
  /** It has been asked for something that takes long. */
  expect(): void;
  close(): void;
}

function createInbox(timeLimit: number, heardAt: () => number): Inbox {
  const replies: ReadingReply[] = [];
  let isSilent = true;
  let isClosed = false;
  let wake = (): void => {};

  return {
    put(reply) {
      isSilent = false;
      replies.push(reply);
      wake();
    },
    async take() {
      const askedAt = performance.now();
      while (replies.length === 0 && !isClosed) {
        const left = Math.max(askedAt, heardAt()) + timeLimit - performance.now();
        if (left <= 0) break;
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
          timer = setTimeout(resolve, left);
        });
        clearTimeout(timer);
      }
      return replies.shift() ?? (isClosed ? 'closed' : 'late');
    },
    expect() {
      isSilent = true;
    },
    get isSilent() {
      return isSilent;
    },
    close() {
      isClosed = true;
      wake();
    },
  };
}
