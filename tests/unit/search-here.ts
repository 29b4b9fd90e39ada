import { MessageChannel } from 'node:worker_threads';
import type { SearchWorker } from '../../electron/search';
import { type Port, serveSearch } from '../../electron/search/engine';

/** Searches in the test's own thread, which needs no bundle and no time to start. */
export function startSearchHere(retryAfter?: number): SearchWorker {
  const { port1, port2 } = new MessageChannel();
  serveSearch(port1 as Port, retryAfter);
  port1.unref();
  const exits: (() => void)[] = [];
  port2.on('close', () => {
    for (const exit of exits) exit();
  });
  const worker = {
    postMessage: port2.postMessage.bind(port2),
    on: (event: string, listener: () => void) => (event === 'exit' ? exits.push(listener) : port2.on(event, listener)),
    ref: () => port2.ref(),
    unref: () => port2.unref(),
    terminate: async () => port2.close(),
  };
  return worker as unknown as SearchWorker;
}
