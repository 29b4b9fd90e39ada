import { MessageChannel } from 'node:worker_threads';
import { readerOf } from '../../electron/formats/registry';
import { type ReadingPort, serveReading } from '../../electron/library/reading/serve-reading';
import type { ReadingWorker } from '../../electron/library/reading/thread';

/** Reads documents in the test's own thread, which needs no bundle and no time to start. */
export function startReadingHere(): ReadingWorker {
  const { port1, port2 } = new MessageChannel();
  serveReading(port1 as ReadingPort, readerOf);
  port1.unref();
  return Object.assign(port2, { terminate: async () => port2.close() }) as unknown as ReadingWorker;
}
