import type { ReadingReply } from './protocol';

/** The replies to one reading, until they are taken. */
export interface Inbox {
  put(reply: ReadingReply): void;
  /** The next reply; `closed` when none will come, `late` when none came within the time limit. One call at a time. */
  take(): Promise<ReadingReply | 'closed' | 'late'>;
  close(): void;
}

/** `timeLimit`: ms. */
export function createInbox(timeLimit: number): Inbox {
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
