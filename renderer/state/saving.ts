import type { Failure, NotebookChange } from '../../electron/api';
import { queueChange } from '../domain/pending';

/** Whether everything that the reader wrote is on the disk. */
export type SavingState = { state: 'saved' } | { state: 'saving' } | { state: 'failed'; failure: Failure };

export interface SavingOptions {
  /** Writes changes; resolves to a failure when they are not on the disk. */
  save(documentId: string, changes: NotebookChange[]): Promise<Failure | undefined>;
  /** Sends changes without waiting for anything, before or after: the window is about to be gone. */
  send(documentId: string, changes: NotebookChange[]): void;
  onState(state: SavingState): void;
}

export interface Saving {
  /** Takes a change to be saved shortly. */
  enqueue(documentId: string, change: NotebookChange): void;
  /** Saves everything at once, also what comes meanwhile; resolves to the failure that still stands, if any. */
  flush(): Promise<Failure | undefined>;
  hasUnsaved(): boolean;
  /** Sends everything that is not known to be on the disk, also what is on its way. It stays in the queue: the window may stay too. */
  sendAll(): void;
  /** The changes of a document that are not known to be on the disk, in their order. */
  unsavedOf(documentId: string): readonly NotebookChange[];
}

/** ms that a change waits for others. */
const DEBOUNCE = 300;
/** ms after which it waits no longer: who types without a pause must not lose minutes to a power cut. */
const PATIENCE = 2_000;
/** ms until a failed save is tried again; doubled each time up to the maximum. */
const RETRY_FIRST = 1_000;
const RETRY_MAX = 15_000;

interface Queue {
  waiting: NotebookChange[];
  inFlight: NotebookChange[];
  failure?: Failure;
}

/**
 * The only way of the reader's words to the disk. Changes are queued by document, debounced, sent one save at a time for each document,
 * and stay in the queue until the host has confirmed that they are on the disk.
 */
export function createSaving({ save, send, onState }: SavingOptions): Saving {
  const queues = new Map<string, Queue>();
  const running = new Map<string, Promise<void>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first of the changes that wait came, by the clock of `performance.now()`. */
  let waitingSince: number | undefined;
  let retryAfter = RETRY_FIRST;

  function unsavedOf(documentId: string): NotebookChange[] {
    const { inFlight = [], waiting = [] } = queues.get(documentId) ?? {};
    return [...inFlight, ...waiting];
  }

  const failureNow = () => [...queues.values()].find(({ failure }) => failure)?.failure;
  const hasUnsaved = () => queues.size > 0;

  function tell() {
    const failure = failureNow();
    onState(failure ? { state: 'failed', failure } : hasUnsaved() ? { state: 'saving' } : { state: 'saved' });
  }

  function schedule(delay: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void saveAll(), delay);
  }

  async function saveDocument(documentId: string, queue: Queue): Promise<void> {
    while (queue.waiting.length > 0) {
      queue.inFlight = queue.waiting;
      queue.waiting = [];
      const failure = await save(documentId, queue.inFlight).catch(
        (error: unknown): Failure => ({
          code: 'write-failed',
          message: `The last changes could not be saved: ${error instanceof Error ? error.message : String(error)} They are kept here and are tried again.`,
        }),
      );
      if (failure) {
        queue.waiting = queue.waiting.reduce(queueChange, queue.inFlight);
        queue.inFlight = [];
        queue.failure = failure;
        return;
      }
      queue.inFlight = [];
      delete queue.failure;
    }
    queues.delete(documentId);
  }

  function start(documentId: string, queue: Queue): Promise<void> {
    const already = running.get(documentId);
    if (already) return already.then(() => (queues.get(documentId) === queue && !queue.failure ? start(documentId, queue) : undefined));
    const run = saveDocument(documentId, queue).finally(() => running.delete(documentId));
    running.set(documentId, run);
    return run;
  }

  async function saveAll(): Promise<Failure | undefined> {
    clearTimeout(timer);
    timer = undefined;
    waitingSince = undefined;
    await Promise.all([...queues].map(([documentId, queue]) => start(documentId, queue)));
    const failure = failureNow();
    if (failure) {
      // What came meanwhile has its own time, which is sooner.
      if (timer === undefined) schedule(retryAfter);
      retryAfter = Math.min(retryAfter * 2, RETRY_MAX);
    } else {
      retryAfter = RETRY_FIRST;
    }
    tell();
    return failure;
  }

  return {
    enqueue(documentId, change) {
      const queue = queues.get(documentId) ?? { waiting: [], inFlight: [] };
      queues.set(documentId, queue);
      queue.waiting = queueChange(queue.waiting, change);
      // A queue that waits for its retry keeps its time: typing on must not put the retry off for ever.
      if (!queue.failure || timer === undefined) {
        const now = performance.now();
        waitingSince ??= now;
        schedule(Math.max(0, Math.min(DEBOUNCE, waitingSince + PATIENCE - now)));
      }
      tell();
    },
    async flush() {
      let failure = await saveAll();
      while (!failure && hasUnsaved()) failure = await saveAll();
      return failure;
    },
    hasUnsaved,
    sendAll() {
      for (const documentId of queues.keys()) send(documentId, unsavedOf(documentId));
    },
    unsavedOf,
  };
}
