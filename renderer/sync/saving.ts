import type { Failure } from '#api';

/** Whether everything that the reader wrote is on the disk. */
export type SavingState = { state: 'saved' } | { state: 'saving' } | { state: 'failed'; failure: Failure };

/** `file` names what is written as one: a document's notebook by the document's id. */
export interface SavingOptions<C> {
  /** Writes changes; resolves to a failure when they are not on the disk. */
  save(file: string, changes: C[]): Promise<Failure | undefined>;
  /** Sends changes without waiting for anything, before or after: the window is about to be gone. */
  send(file: string, changes: C[]): void;
  /** Puts a change behind those that wait, leaving out what it makes needless. */
  queue(waiting: readonly C[], change: C): C[];
  onState(state: SavingState): void;
}

/** What is on its way to the disk, whatever it is. */
export interface AnySaving {
  state(): SavingState;
  /** Saves everything at once, also what comes meanwhile; resolves to the failure that still stands, if any. */
  flush(): Promise<Failure | undefined>;
  hasUnsaved(): boolean;
  /** Sends everything that is not known to be on the disk, also what is on its way. It stays in the queue: the window may stay too. */
  sendAll(): void;
}

export interface Saving<C> extends AnySaving {
  /** Takes a change to be saved shortly. */
  enqueue(file: string, change: C): void;
  /** The changes of a file that are not known to be on the disk, in their order. */
  unsavedOf(file: string): readonly C[];
  /** The files that have such changes. */
  unsavedFiles(): string[];
  /** Those of all files. */
  unsaved(): C[];
}

/** Several savings as one: it is saved when all are, and failed when one is. */
export function joinSavings(...savings: readonly AnySaving[]): AnySaving {
  const hasUnsaved = () => savings.some((each) => each.hasUnsaved());
  return {
    state() {
      const states = savings.map((each) => each.state());
      const of = (name: SavingState['state']) => states.find(({ state }) => state === name);
      return of('failed') ?? of('saving') ?? { state: 'saved' };
    },
    async flush() {
      let failure: Failure | undefined;
      do {
        const failures = await Promise.all(savings.map((each) => each.flush()));
        failure = failures.find((each) => each !== undefined);
      } while (!failure && hasUnsaved());
      return failure;
    },
    hasUnsaved,
    sendAll() {
      for (const each of savings) each.sendAll();
    },
  };
}

/** ms that a change waits for others. */
const DEBOUNCE = 300;
/** ms after which it waits no longer: who types without a pause must not lose minutes to a power cut. */
const PATIENCE = 2_000;
/** ms until a failed save is tried again; doubled each time up to the maximum. */
const RETRY_FIRST = 1_000;
const RETRY_MAX = 15_000;

interface Queue<C> {
  waiting: C[];
  inFlight: C[];
  failure?: Failure;
}

/**
 * The only way of the reader's words to the disk. Changes are queued by file, debounced, sent one save at a time for each file,
 * and stay in the queue until the host has confirmed that they are on the disk.
 */
export function createSaving<C>({ save, send, queue: putBehind, onState }: SavingOptions<C>): Saving<C> {
  const queues = new Map<string, Queue<C>>();
  const running = new Map<string, Promise<void>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first of the changes that wait came, by the clock of `performance.now()`. */
  let waitingSince: number | undefined;
  let retryAfter = RETRY_FIRST;

  function unsavedOf(file: string): C[] {
    const { inFlight = [], waiting = [] } = queues.get(file) ?? {};
    return [...inFlight, ...waiting];
  }

  const failureNow = () => [...queues.values()].find(({ failure }) => failure)?.failure;
  const hasUnsaved = () => queues.size > 0;

  function state(): SavingState {
    const failure = failureNow();
    if (failure) return { state: 'failed', failure };
    return hasUnsaved() ? { state: 'saving' } : { state: 'saved' };
  }

  function schedule(delay: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void saveAll(), delay);
  }

  async function saveFile(file: string, queue: Queue<C>): Promise<void> {
    while (queue.waiting.length > 0) {
      queue.inFlight = queue.waiting;
      queue.waiting = [];
      const failure = await save(file, queue.inFlight).catch(
        (error: unknown): Failure => ({
          code: 'write-failed',
          message: `The last changes could not be saved: ${error instanceof Error ? error.message : String(error)} They are kept here and are tried again.`,
        }),
      );
      if (failure) {
        queue.waiting = queue.waiting.reduce<C[]>(putBehind, queue.inFlight);
        queue.inFlight = [];
        queue.failure = failure;
        return;
      }
      queue.inFlight = [];
      delete queue.failure;
    }
    queues.delete(file);
  }

  function start(file: string, queue: Queue<C>): Promise<void> {
    const already = running.get(file);
    if (already) return already.then(() => (queues.get(file) === queue && !queue.failure ? start(file, queue) : undefined));
    const run = saveFile(file, queue).finally(() => running.delete(file));
    running.set(file, run);
    return run;
  }

  async function saveAll(): Promise<Failure | undefined> {
    clearTimeout(timer);
    timer = undefined;
    waitingSince = undefined;
    await Promise.all([...queues].map(([file, queue]) => start(file, queue)));
    const failure = failureNow();
    if (failure) {
      // What came meanwhile has its own time, which is sooner.
      if (timer === undefined) schedule(retryAfter);
      retryAfter = Math.min(retryAfter * 2, RETRY_MAX);
    } else {
      retryAfter = RETRY_FIRST;
    }
    onState(state());
    return failure;
  }

  return {
    state,
    enqueue(file, change) {
      const queue = queues.get(file) ?? { waiting: [], inFlight: [] };
      queues.set(file, queue);
      queue.waiting = putBehind(queue.waiting, change);
      // A queue that waits for its retry keeps its time: typing on must not put the retry off for ever.
      if (!queue.failure || timer === undefined) {
        const now = performance.now();
        waitingSince ??= now;
        schedule(Math.max(0, Math.min(DEBOUNCE, waitingSince + PATIENCE - now)));
      }
      onState(state());
    },
    async flush() {
      let failure = await saveAll();
      while (!failure && hasUnsaved()) failure = await saveAll();
      return failure;
    },
    hasUnsaved,
    sendAll() {
      for (const file of queues.keys()) send(file, unsavedOf(file));
    },
    unsavedOf,
    unsavedFiles: () => [...queues.keys()],
    unsaved: () => [...queues.keys()].flatMap(unsavedOf),
  };
}
