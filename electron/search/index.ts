import { Worker } from 'node:worker_threads';
import { fail, ok, type Result, type SearchResult } from '../api';
import { createFeed, type SearchSource } from './feed';
import type { SearchReply, SearchRequest } from './protocol';

export type { SearchSource } from './feed';

export interface Search {
  /**
   * The best `limit` documents for a query in the language of `parseQuery`. An empty query finds nothing, and reads
   * the texts ahead: it is what a box that opens can send. A newer run ends an older one with
   * `cancelled`. Rejects when the worker breaks down; the next run starts another.
   */
  run(query: string, limit: number): Promise<Result<SearchResult>>;
  close(): Promise<void>;
}

export interface SearchOptions {
  source: SearchSource;
  log: { error(message: string, cause?: unknown): void; warn(message: string, cause?: unknown): void };
  /** The bundle of `electron/search-worker.ts`. */
  worker: URL | string;
}

/** Searches in a worker thread, which starts at the first search and keeps the texts that it has read. */
export function openSearch({ source, log, worker: place }: SearchOptions): Search {
  let worker: Worker | undefined;
  let nextChanges = createFeed(source);
  let pending: { id: number; resolve(result: Result<SearchResult>): void; reject(error: unknown): void } | undefined;
  let lastId = 0;
  let closed = false;

  const cancelled = () => fail('cancelled', 'A newer search took the place of this one.');

  function start(): Worker {
    const started = new Worker(place);
    nextChanges = createFeed(source);
    started.on('message', (reply: SearchReply) => receive(reply));
    started.on('error', (error) => {
      log.error('Search broke down and starts anew with the next query.', error);
      breakDown(started, error);
    });
    started.on('exit', (code) => breakDown(started, new Error(`The search worker ended with code ${code}.`)));
    return started;
  }

  function breakDown(broken: Worker, error: unknown): void {
    if (worker !== broken) return;
    worker = undefined;
    pending?.reject(error);
    pending = undefined;
  }

  function receive(reply: SearchReply): void {
    if (reply.type === 'warning') {
      log.warn(reply.message);
      return;
    }
    if (reply.id !== pending?.id) return;
    pending.resolve(reply.type === 'result' ? ok(reply.result) : cancelled());
    pending = undefined;
    worker?.unref();
  }

  return {
    run(query, limit) {
      pending?.resolve(cancelled());
      pending = undefined;
      if (closed) return Promise.resolve(cancelled());
      worker ??= start();
      // Only a search that is not yet answered keeps the process alive.
      worker.ref();
      lastId += 1;
      const request: SearchRequest = { id: lastId, query, limit, ...nextChanges() };
      const answer = new Promise<Result<SearchResult>>((resolve, reject) => {
        pending = { id: request.id, resolve, reject };
      });
      worker.postMessage(request);
      return answer;
    },

    async close() {
      closed = true;
      pending?.resolve(cancelled());
      pending = undefined;
      const running = worker;
      worker = undefined;
      await running?.terminate();
    },
  };
}
