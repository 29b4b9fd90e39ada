import { Worker } from 'node:worker_threads';
import { fail, ok, type Result, type SearchResult } from '#api';
import { createFeed, type SearchSource } from './feed';
import type { SearchReply, SearchRequest } from './protocol';

export type { SearchSource } from './feed';

export interface Search {
  /**
   * The best `limit` documents for a query in the language of `parseQuery`. An empty query finds nothing, and reads
   * the texts ahead: it is what a box that opens can send. A newer run of the same window (`origin`) ends its older one
   * with `cancelled`. Rejects when the worker breaks down; the next run starts another.
   */
  run(origin: string, query: string, limit: number): Promise<Result<SearchResult>>;
  close(): Promise<void>;
}

export interface SearchOptions {
  source: SearchSource;
  log: { error(message: string, cause?: unknown): void; warn(message: string, cause?: unknown): void };
  /** The bundle of `electron/search/worker.ts`. */
  worker: URL | string;
}

interface Pending {
  id: number;
  resolve(result: Result<SearchResult>): void;
  reject(error: unknown): void;
}

/** Searches in a worker thread, which starts at the first search and keeps the texts that it has read. */
export function openSearch({ source, log, worker: place }: SearchOptions): Search {
  let worker: Worker | undefined;
  let nextChanges = createFeed(source);
  /** The search of each window that is not answered yet. */
  const pending = new Map<string, Pending>();
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
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  }

  function receive(reply: SearchReply): void {
    if (reply.type === 'warning') {
      log.warn(reply.message);
      return;
    }
    const asked = pending.get(reply.origin);
    if (reply.id !== asked?.id) return;
    pending.delete(reply.origin);
    asked.resolve(reply.type === 'result' ? ok(reply.result) : cancelled());
    if (pending.size === 0) worker?.unref();
  }

  return {
    run(origin, query, limit) {
      pending.get(origin)?.resolve(cancelled());
      pending.delete(origin);
      if (closed) return Promise.resolve(cancelled());
      worker ??= start();
      // Only a search that is not yet answered keeps the process alive.
      worker.ref();
      lastId += 1;
      const request: SearchRequest = { id: lastId, origin, query, limit, ...nextChanges() };
      const answer = new Promise<Result<SearchResult>>((resolve, reject) => {
        pending.set(origin, { id: request.id, resolve, reject });
      });
      worker.postMessage(request);
      return answer;
    },

    async close() {
      closed = true;
      for (const { resolve } of pending.values()) resolve(cancelled());
      pending.clear();
      const running = worker;
      worker = undefined;
      await running?.terminate();
    },
  };
}
