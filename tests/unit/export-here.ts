import { MessageChannel } from 'node:worker_threads';
import type { ExportWorker } from '../../electron/interchange/export';
import { type ExportPort, serveExport } from '../../electron/interchange/export/serve-export';

/** Renders an export in the test's own thread, which needs no bundle and no time to start; with the kept texts, or with those that are given. */
export function startExportHere(readText?: (textHash: string) => Promise<string | undefined>): ExportWorker {
  const { port1, port2 } = new MessageChannel();
  serveExport(port1 as ExportPort, readText && (() => readText));
  port1.unref();
  return Object.assign(port2, { terminate: async () => port2.close() }) as unknown as ExportWorker;
}
