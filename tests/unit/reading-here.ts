import { MessageChannel } from 'node:worker_threads';
import { readerOf } from '../../electron/formats/registry';
import type { ReadingRequest } from '../../electron/library/reading/protocol';
import { type ReadingPort, serveReading } from '../../electron/library/reading/serve-reading';
import type { ReadingWorker } from '../../electron/library/reading/thread';

/** Reads documents in the test's own thread, which needs no bundle and no time to start. */
export const startReadingHere = (): ReadingWorker => threadHere((port) => serveReading(port, readerOf));

/** What behaves like a thread in which `serve` answers. */
export function threadHere(serve: (port: ReadingPort) => void): ReadingWorker {
  const { port1, port2 } = new MessageChannel();
  serve(port1 as ReadingPort);
  port1.unref();
  const readings = new Set<number>();
  return Object.assign(port2, {
    postMessage(request: ReadingRequest) {
      if (request.type === 'read') readings.add(request.id);
      MessagePort.prototype.postMessage.call(port2, request);
    },
    async terminate() {
      // A thread that ends lets go of the files that it reads.
      for (const id of readings) MessagePort.prototype.postMessage.call(port2, { type: 'close', id });
      port2.close();
    },
  }) as unknown as ReadingWorker;
}
