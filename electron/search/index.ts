import {
  type CallsOf,
  type ColourNames,
  fail,
  type IndexProgress,
  ok,
  type Result,
  type ResultsWanted,
  resultsWantedSchema,
  type SearchResult,
} from '#api';
import { nameColours } from '#model';
import type { DocumentText } from '../formats/document-text';
import { createFeeder } from './feeder';
import type { SearchReply, SearchRequest } from './protocol';
import type { SearchSource } from './source';

export { removeIndexFile } from './index-file';
export type { SearchDocument } from './protocol';
export { type SearchSource, searchNote } from './source';

/** A thread that `serveSearch` answers in: a `Worker`, or what behaves like one. */
export interface SearchWorker {
  postMessage(request: SearchRequest, transfer?: ArrayBuffer[]): void;
  on(event: 'message', listener: (reply: SearchReply) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  /** Lets it keep the process alive, or not. */
  ref(): void;
  unref(): void;
  terminate(): Promise<unknown>;
}

export interface Search {
  /**
   * The best `limit` documents for a query in the language of `parseQuery`. A newer run of the same client ends its older one
   * with `cancelled`. Rejects when each worker breaks down that is asked.
   */
  run(client: string, query: string, limit: number, wanted?: Partial<ResultsWanted>): Promise<Result<SearchResult>>;
  /** In how many documents can be searched since the index was opened for the first time; 0 where it is made anew. */
  known: Promise<number>;
  /** Tells what is searched; until then only what the index has is found. */
  follow(source: SearchSource): void;
  /** These documents, or the notes on them, may have changed. */
  touch(ids: Iterable<string>): void;
  /** A text that was just read, under the name of its content. Resolves when there is room for the next. */
  put(content: string, text: DocumentText): Promise<void>;
  /** Every document of the library is known: what the index has beside them is forgotten, and texts that it has not are read. */
  complete(): void;
  /** How far the reading of texts is that the index has not. */
  progress(): IndexProgress;
  /** Reads no more texts for the index until it is told to go on, or the next start. */
  stopReading(): void;
  goOnReading(): void;
  close(): Promise<void>;
}

export interface SearchOptions {
  /** Where the index is kept; absolute. */
  file: string;
  /** Starts a thread that runs `electron/search/worker.ts`. */
  start(): SearchWorker;
  log: { error(message: string, cause?: unknown): void; warn(message: string, cause?: unknown): void };
  /** Told how far the reading of texts is that the index has not. */
  onProgress?(progress: IndexProgress): void;
}

interface SearchSurroundings {
  /** What the reader means by colours, which can be written in their place. */
  colourNames(): ColourNames;
  /** Told of what the reader waits for. */
  awaited<T>(work: Promise<T>): Promise<T>;
}

/** What the search answers. */
export const searchCalls = (search: Search, { colourNames, awaited }: SearchSurroundings): CallsOf<'search'> => ({
  'search.stop-indexing': () => {
    search.stopReading();
    return null;
  },
  'search.go-on-indexing': () => {
    search.goOnReading();
    return null;
  },
  'search.progress': () => search.progress(),
  'search.run': ({ query, limit, purpose, ...wanted }, client) =>
    awaited(search.run(`${client} ${purpose}`, nameColours(query, colourNames()), limit, wanted)),
});

interface Pending {
  id: number;
  request: SearchRequest;
  /** The worker has been asked it, as its index is open. */
  isAsked: boolean;
  /** How many workers broke down that were asked it. */
  brokeDown: number;
  resolve(result: Result<SearchResult>): void;
  reject(error: unknown): void;
}

/** ms that the worker has for writing what it has taken, at the end. */
const TIME_TO_CLOSE = 3000;

/** How often a worker that broke down is followed by another, before there is another search. */
const MOST_RESTARTS = 20;

/** Workers that may break down before a search that they were asked is given up: most break down at something else. */
const MOST_TRIES = 4;

/** Starts a worker thread that keeps an index of everything, and searches in it. */
export function openSearch({ file, start: startWorker, log, onProgress = () => {} }: SearchOptions): Search {
  let worker: SearchWorker | undefined;
  /** The search of each window that is not answered yet. */
  const pending = new Map<string, Pending>();
  let lastId = 0;
  let restarts = 0;
  let isClosed = false;
  /** The worker has its index open, and can be told what there is to find. */
  let isOpen = false;
  const { promise: known, resolve: tellKnown } = Promise.withResolvers<number>();
  /** Called when the worker has ended by itself. */
  let ended = (): void => {};

  const ask = (request: SearchRequest, transfer?: ArrayBuffer[]): boolean => {
    worker?.postMessage(request, transfer);
    return worker !== undefined;
  };
  const feeder = createFeeder({ ask, log, onProgress });
  const cancelled = () => fail('cancelled', 'A newer search took the place of this one.');

  function start(): void {
    if (worker || isClosed) return;
    const started = startWorker();
    worker = started;
    started.on('message', receive);
    started.on('error', (error) => breakDown(started, error));
    started.on('exit', () => breakDown(started, new Error('The search worker ended.')));
    ask({ type: 'open', file });
    // Only a search that is not yet answered keeps the process alive.
    started.unref();
  }

  /** What the worker was at is lost with it; another goes on with the rest. One that could not even open its index is not followed by another at once. */
  function breakDown(broken: SearchWorker, error: unknown): void {
    ended();
    if (worker !== broken) return;
    worker = undefined;
    feeder.restart();
    if (isClosed) return;
    const startsAnew = isOpen && restarts < MOST_RESTARTS;
    isOpen = false;
    log.error(`Search broke down and starts anew ${startsAnew ? 'at once' : 'with the next query'}`, error);
    if (startsAnew) {
      restarts += 1;
      start();
    }
    for (const [client, waiting] of pending) {
      if (waiting.isAsked) waiting.brokeDown += 1;
      waiting.isAsked = false;
      if (worker && waiting.brokeDown < MOST_TRIES) continue;
      pending.delete(client);
      waiting.reject(error);
    }
    if (pending.size > 0) (worker as SearchWorker | undefined)?.ref();
  }

  function receive(reply: SearchReply): void {
    if (reply.type === 'warning') log.warn(reply.message);
    else if ('client' in reply) answer(reply);
    else feeder.receive(reply);
    if (reply.type === 'opened') tellKnown(reply.versions.size);
    if (reply.type === 'opened' || reply.type === 'paused') {
      isOpen = true;
      askWhatWaits();
    }
  }

  /** What was just written is found, and at a start what is known by then: it is handed over before. */
  function askWhatWaits(): void {
    if (!isOpen) return;
    feeder.hurry();
    for (const waiting of pending.values()) {
      if (!waiting.isAsked) waiting.isAsked = ask(waiting.request);
    }
  }

  function answer(reply: Extract<SearchReply, { client: string }>): void {
    const asked = pending.get(reply.client);
    if (reply.id !== asked?.id) return;
    pending.delete(reply.client);
    if (reply.type === 'failed') asked.reject(new Error(`The index could not be searched: ${reply.message}`));
    else asked.resolve(reply.type === 'result' ? ok(withNotice(reply.result)) : cancelled());
    if (pending.size === 0) worker?.unref();
  }

  function withNotice(result: SearchResult): SearchResult {
    const told = feeder.notice();
    return told === undefined ? result : { ...result, notice: [result.notice, told].filter(Boolean).join(' ') };
  }

  // Beside the start of all else: the first search finds the index open.
  start();

  return {
    ...feeder,
    known,
    run(client, query, limit, wanted = {}) {
      pending.get(client)?.resolve(cancelled());
      pending.delete(client);
      if (isClosed) return Promise.resolve(cancelled());
      restarts = 0;
      start();
      worker?.ref();
      lastId += 1;
      const id = lastId;
      const request: SearchRequest = { type: 'search', id, client, query, limit, wanted: resultsWantedSchema.parse(wanted) };
      const answered = new Promise<Result<SearchResult>>((resolve, reject) => {
        pending.set(client, { id, request, isAsked: false, brokeDown: 0, resolve, reject });
      });
      askWhatWaits();
      return answered;
    },
    async close() {
      isClosed = true;
      feeder.close();
      for (const { resolve } of pending.values()) resolve(cancelled());
      pending.clear();
      const running = worker;
      if (!running) return;
      running.ref();
      const { promise, resolve } = Promise.withResolvers<void>();
      ended = resolve;
      const timer = setTimeout(resolve, TIME_TO_CLOSE);
      ask({ type: 'close' });
      await promise;
      clearTimeout(timer);
      worker = undefined;
      await running.terminate();
    },
  };
}
